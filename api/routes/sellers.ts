import { z } from 'zod';
import { putProduct } from '../../db/products';
import { putSeller } from '../../db/sellers';
import { product, seller } from '../../domain/schemas/catalog';
import { id } from '../../domain/schemas/primitives';
import type { ApiContext, Routes } from '../context';
import { productAnswer, sellerAnswer } from '../schemas/catalog';

/** Who sells what, and where Steward opens it. */
export function sellerRoutes(app: Routes, { database, keyring }: ApiContext): void {
  app.put(
    '/sellers/:sellerId',
    {
      config: { roles: ['platform'] },
      schema: {
        summary: 'Register a seller, or change it',
        tags: ['Sellers'],
        params: z.object({ sellerId: id }),
        body: seller,
        response: { 200: sellerAnswer },
      },
    },
    async ({ params: { sellerId }, body }) => {
      await putSeller(database, keyring, sellerId, body);
      const { name, email, language } = body;
      return { sellerId, name, email, language };
    },
  );

  app.put(
    '/sellers/:sellerId/products/:productId',
    {
      config: { roles: ['platform'] },
      schema: {
        summary: 'Register a product of a seller, or change it',
        tags: ['Sellers'],
        params: z.object({ sellerId: id, productId: id }),
        body: product,
        response: { 200: productAnswer },
      },
    },
    async ({ params: { sellerId, productId }, body }) => {
      await putProduct(database, sellerId, productId, body);
      const { name, productionUrl = null, feeRate } = body;
      return { sellerId, productId, name, productionUrl, feeRate };
    },
  );
}
