import { listSellerCalls } from '../../db/seller-calls';
import { narrowed } from '../access';
import type { ApiContext, Routes } from '../context';
import { sellerCallQuery } from '../schemas/queries';
import { sellerCallPage } from '../schemas/seller-calls';

/** The calls to sellers' production interfaces (生产接口消息). */
export function sellerCallRoutes(app: Routes, { database }: ApiContext): void {
  app.get(
    '/seller-calls',
    {
      config: { roles: ['seller', 'operator'] },
      schema: {
        summary: 'Calls to sellers, the newest first: what was asked, what came back, what failed',
        tags: ['Seller calls'],
        querystring: sellerCallQuery,
        response: { 200: sellerCallPage },
      },
    },
    async ({ query: { cursor, limit, ...asked }, party }) => {
      const filter = narrowed(asked, party);
      if (filter === null) return { items: [], nextCursor: null };
      return listSellerCalls(database, filter, { cursor, limit });
    },
  );
}
