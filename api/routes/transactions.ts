import { listTransactions } from '../../db/ledger/list-transactions';
import type { TransactionFilter } from '../../domain/ledger/listed-transaction';
import type { Party, Role } from '../../domain/parties';
import type { TransactionFilterBody } from '../../domain/schemas/transactions';
import { narrowed } from '../access';
import type { ApiContext, Routes } from '../context';
import { transactionQuery } from '../schemas/queries';
import { transactionPage } from '../schemas/transactions';

/** Who sees transactions: sellers only their own. */
export const TRANSACTION_READERS: readonly Role[] = ['platform', 'seller', 'operator'];

/** What sellers have earned, and what of it is billed (交易明细, domain.md 5.1). */
export function transactionRoutes(app: Routes, { database }: ApiContext): void {
  app.get(
    '/transactions',
    {
      config: { roles: TRANSACTION_READERS },
      schema: {
        summary: 'Transactions, the newest orders first: amounts, fee, bill, or why there is none yet',
        tags: ['Settlement'],
        querystring: transactionQuery,
        response: { 200: transactionPage },
      },
    },
    async ({ query: { cursor, limit, ...asked }, party }) => {
      const filter = transactionsAsked(asked, party);
      if (filter === null) return { items: [], nextCursor: null };
      return listTransactions(database, filter, { cursor, limit });
    },
  );
}

/** What a party asks for, within what it sees; null when it asks for another's. */
export function transactionsAsked(
  { completedFrom, completedBefore, ...asked }: TransactionFilterBody,
  party: Party,
): TransactionFilter | null {
  return narrowed(
    {
      ...asked,
      ...(completedFrom !== undefined && { completedFrom: Date.parse(completedFrom) }),
      ...(completedBefore !== undefined && { completedBefore: Date.parse(completedBefore) }),
    },
    party,
  );
}
