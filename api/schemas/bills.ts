import { z } from 'zod';
import type { BillDetails, BillSummary, Page } from '../../domain/answers';
import { BILL_COMMAND_NAMES } from '../../domain/billing/commands';
import { BILL_NODE_NAMES } from '../../domain/billing/nodes';
import { BILL_VARIANTS } from '../../domain/ledger/transaction';
import { ROLES, WAITING_FOR } from '../../domain/parties';
import { site } from '../../domain/schemas/order';
import { id } from '../../domain/schemas/primitives';

const time = z.string().describe('ISO 8601 with offset');
const signedMoney = z.object({ currency: z.string(), minor: z.int() });
const node = z.enum(BILL_NODE_NAMES);
const command = z.enum(BILL_COMMAND_NAMES);

const summaryFields = {
  billId: z.string().describe('`<seller>/<month>/<site>/<variant>/<currency>`; in URLs as it is'),
  workflowId: z.string().describe("The bill's workflow in the Temporal UI"),
  revision: z.int().describe('0 until its life has begun; it only grows'),
  sellerId: id,
  period: z.string().describe('yyyymm'),
  site,
  variant: z.enum(BILL_VARIANTS),
  transactions: z.int(),
  gross: signedMoney,
  refunds: signedMoney,
  fee: signedMoney,
  net: signedMoney,
  carriedIn: signedMoney.describe('From the bill before; never positive'),
  depositUsed: signedMoney,
  owed: signedMoney,
  carriedOut: signedMoney.describe('To the next bill; never positive'),
  adjusted: signedMoney.describe('By operators, with their reasons in the log'),
  payable: signedMoney.describe('With all adjustments'),
  node,
  nodeName: z.object({ en: z.string(), zh: z.string() }),
  waitingFor: z.enum(WAITING_FOR),
  allowed: z.array(z.object({ command, roles: z.array(z.enum(ROLES)).readonly() })),
  dueAt: time.nullable().describe('When the present step is due; null where there is no limit'),
  provisional: z.boolean().describe('`dueAt` rests on a year whose holidays are not announced yet'),
  overdue: z.boolean(),
};

const summary = z.object(summaryFields) satisfies z.ZodType<BillSummary>;

/** Answer of `GET /v1/bills/{billId}` and of every command. */
export const billDetails = z.object({
  ...summaryFields,
  invoice: z
    .object({
      number: z.string(),
      amount: signedMoney,
      taxRate: z.int().describe('Basis points'),
      courierNumber: z.string().nullable(),
      eInvoice: z.object({ name: z.string(), url: z.string(), sha256: z.string() }).nullable(),
      paymentRequestNumber: z.string().describe('申付号'),
      submittedAt: time,
      signedAt: time.nullable(),
      verdict: z.enum(['VALID', 'REJECTED']).nullable(),
      verdictAt: time.nullable(),
      late: z.boolean().describe('Its validation came after its time limit'),
    })
    .nullable()
    .describe('The latest one'),
  payment: z.object({ paymentId: z.string(), at: time }).nullable(),
  log: z.array(
    z.object({
      seq: z.int(),
      at: time,
      by: z.enum([...ROLES, 'steward']),
      command: command.nullable(),
      from: node,
      to: node,
      note: z.string(),
    }),
  ),
}) satisfies z.ZodType<BillDetails>;

/** Answer of `GET /v1/bills`. */
export const billPage = z.object({
  items: z.array(summary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<Page<BillSummary>>;
