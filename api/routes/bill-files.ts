import { z } from 'zod';
import { transactionPages } from '../../db/ledger/transaction-pages';
import { billId } from '../../domain/ledger/draw-bills';
import { EXPORT_FORMATS } from '../../domain/ledger/transaction-export';
import { billKey } from '../../domain/schemas/bills';
import { billStatement } from '../bill-statement';
import type { ApiContext, Routes } from '../context';
import { BILL_READERS, billFor } from '../read-bill';
import { pdfAnswer, transactionFileAnswer } from '../schemas/files';
import { TRANSACTION_FILES } from '../transaction-file';
import { BILL_PATH } from './bills';

/** A bill on paper: what it comes to as a PDF, and what it is made of as a table (domain.md 5.2). */
export function billFileRoutes(app: Routes, api: ApiContext): void {
  app.get(
    `${BILL_PATH}/statement`,
    {
      config: { roles: BILL_READERS },
      schema: {
        summary: 'The statement of a bill as a PDF: its sums, by product too, and how far it is',
        tags: ['Settlement'],
        params: billKey,
        response: { 200: pdfAnswer },
      },
    },
    async ({ params, party }, reply) => {
      const found = await billFor(api, party, billId(params, params));
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', attachment('statement', found.bill.id, 'pdf'))
        .send(await billStatement(api.database, found));
    },
  );

  app.get(
    `${BILL_PATH}/transactions`,
    {
      config: { roles: BILL_READERS },
      schema: {
        summary: 'The transactions of a bill as a file',
        tags: ['Settlement'],
        params: billKey,
        querystring: z.strictObject({ format: z.enum(EXPORT_FORMATS) }),
        response: { 200: transactionFileAnswer },
      },
    },
    async ({ params, query: { format }, party }, reply) => {
      const { id, sellerId } = (await billFor(api, party, billId(params, params))).bill;
      const { contentType, write } = TRANSACTION_FILES[format];
      return (
        reply
          .header('content-type', contentType)
          .header('content-disposition', attachment('transactions', id, format))
          // What is billed stays as it is: pages read one after the other are those of one moment.
          .send(write(transactionPages(api.database, { billId: id, sellerId })))
      );
    },
  );
}

/** `statement-S1-202610-china-joint-CNY.pdf`: ids have nothing in them that a file's name must not have. */
function attachment(what: string, id: string, type: string): string {
  return `attachment; filename="${what}-${id.replaceAll('/', '-')}.${type}"`;
}
