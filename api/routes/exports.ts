import { z } from 'zod';
import { exportedPages, findExport, makeExport, type Export } from '../../db/exports/exports';
import { StewardError } from '../../domain/errors';
import { EXPORT_KEPT, type ExportAnswer } from '../../domain/ledger/transaction-export';
import { transactionExport } from '../../domain/schemas/transactions';
import { iso } from '../../domain/time';
import type { ApiContext, Routes } from '../context';
import { transactionFileAnswer } from '../schemas/files';
import { exportAnswer } from '../schemas/transactions';
import { TRANSACTION_FILES } from '../transaction-file';
import { TRANSACTION_READERS, transactionsAsked } from './transactions';

/** Transactions as files, kept for three days (domain.md 5.1). */
export function exportRoutes(app: Routes, { database }: ApiContext): void {
  app.post(
    '/transactions/exports',
    {
      config: { roles: TRANSACTION_READERS },
      schema: {
        summary: 'Keep transactions as they are now, to be fetched as a file for three days',
        tags: ['Settlement'],
        body: transactionExport,
        response: { 201: exportAnswer },
      },
    },
    async ({ body: { format, filters = {} }, party }, reply) => {
      const filter = transactionsAsked(filters, party);
      if (filter === null) {
        throw new StewardError('NOT_FOUND', { what: 'seller', id: filters.sellerId ?? '' });
      }
      const answer = answerOf(await makeExport(database, party, { format, filter }));
      return reply.status(201).header('location', answer.url).send(answer);
    },
  );

  app.get(
    '/exports/:exportId',
    {
      config: { roles: TRANSACTION_READERS },
      schema: {
        summary: 'The file of an export, for whoever had it made; the same each time',
        tags: ['Settlement'],
        params: z.object({ exportId: z.uuid() }),
        response: { 200: transactionFileAnswer },
      },
    },
    async ({ params: { exportId }, party }, reply) => {
      const made = await findExport(database, party, exportId);
      const { contentType, write } = TRANSACTION_FILES[made.format];
      return reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename="${fileNameOf(made)}"`)
        .send(write(exportedPages(database, made)));
    },
  );
}

function answerOf({ id, format, transactions, createdAt }: Export): ExportAnswer {
  return {
    ...{ exportId: id, format, transactions, createdAt: iso(createdAt) },
    expiresAt: iso(createdAt + EXPORT_KEPT),
    url: `/v1/exports/${id}`,
  };
}

/** `transactions-20261128-152043.csv`: of when it was made, in the business zone. */
function fileNameOf({ createdAt, format }: Export): string {
  const [day = '', time = ''] = iso(createdAt).slice(0, 19).split('T');
  return `transactions-${day.replaceAll('-', '')}-${time.replaceAll(':', '')}.${format}`;
}
