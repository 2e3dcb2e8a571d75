import { z } from 'zod';
import type {
  AppealAnswer,
  LogEntryAnswer,
  OrderAnswer,
  OrderLineAnswer,
  OrderLineSummary,
  Page,
  ShipmentAnswer,
} from '../../domain/answers';
import { AUTO_ACCEPTANCE_STATES } from '../../domain/auto-acceptance';
import { COMMAND_NAMES } from '../../domain/commands';
import { LOGISTICS_INFO, PARCEL_STATES } from '../../domain/logistics';
import { NODE_NAMES, STATUSES } from '../../domain/nodes';
import { UNSUBSCRIPTION_STATUSES, VERDICTS } from '../../domain/order-line';
import { ROLES, WAITING_FOR } from '../../domain/parties';
import { charging, delivery } from '../../domain/schemas/order';
import { id, language } from '../../domain/schemas/primitives';

/** What leaves Steward about orders: a field that is not named here is never sent. */
const time = z.string().describe('ISO 8601 with offset');
const command = z.enum(COMMAND_NAMES);
const role = z.enum(ROLES);
const node = z.enum(NODE_NAMES);

const attachment = z.object({ name: z.string(), url: z.string(), sha256: z.string() });

const logEntry = z.object({
  at: time,
  by: z.enum([...ROLES, 'steward']),
  command: command.nullable(),
  from: node,
  to: node,
  note: z.string(),
  attachments: z.array(attachment).optional(),
}) satisfies z.ZodType<LogEntryAnswer>;

const appeal = z.object({
  status: z.enum(['OPEN', 'RESOLVED']),
  by: role,
  reason: z.string(),
  proof: z.array(attachment),
  openedAt: time,
  resolution: z.object({ verdict: z.enum(VERDICTS), reason: z.string() }).nullable(),
}) satisfies z.ZodType<AppealAnswer>;

const shipment = z.object({
  n: z.int(),
  carrier: z.string(),
  trackingNumber: z.string(),
  shippedAt: time,
  info: z.enum(LOGISTICS_INFO),
  state: z.enum(PARCEL_STATES).nullable(),
  stateAt: time.nullable().describe("By the carrier's clock"),
  learnedAt: time.nullable(),
}) satisfies z.ZodType<ShipmentAnswer>;

/** Wider than in requests: a line keeps what it began with, also under an older release. */
const money = z.object({ currency: z.string(), minor: z.int() });
const term = z.union([z.object({ workingDays: z.int() }), z.object({ ms: z.int() })]);
const windows = z
  .record(z.string(), z.union([z.number(), term]))
  .describe('The rules that the line began with; milliseconds, apart from counts and working days');

const summaryFields = {
  orderId: id,
  orderLineId: id,
  workflowId: z.string().describe("The line's workflow in the Temporal UI"),
  revision: z.int().describe('0 until the line has begun; it only grows'),
  sellerId: id,
  buyerId: id,
  productId: id,
  skuId: id,
  amount: money,
  charging,
  delivery,
  status: z.enum(STATUSES),
  node,
  nodeName: z.object({ en: z.string(), zh: z.string() }),
  waitingFor: z.enum(WAITING_FOR),
  allowed: z.array(z.object({ command, roles: z.array(role).readonly() })),
  dueAt: time.nullable(),
  provisional: z.boolean().describe('`dueAt` rests on a year whose holidays are not announced yet'),
  instanceId: z.string().nullable(),
  unsubscription: z
    .object({
      ...{ id: z.string(), status: z.enum(UNSUBSCRIPTION_STATUSES), amount: money, reason: z.string() },
      agreed: z.boolean().optional().describe("In a bundle: approved, waiting for the other lines' sellers"),
    })
    .nullable(),
  appeal: appeal.nullable(),
  license: z.object({ claimedAt: time.nullable(), activatedAt: time.nullable() }).nullable(),
  shipment: shipment.nullable(),
  autoAcceptance: z
    .object({ state: z.enum(AUTO_ACCEPTANCE_STATES), at: time.nullable() })
    .nullable()
    .describe('Whether the system will accept the parcel, and when; null while there is none'),
  addressChanges: z.int(),
  completedAt: time.nullable(),
  validFrom: time.nullable(),
  validUntil: time.nullable(),
  fiveDaysUntil: time.nullable().describe('Until then its buyer may unsubscribe without reason'),
  assetVersion: z.string().nullable().describe('Of an image, the version that was bought'),
};

const summary = z.object(summaryFields) satisfies z.ZodType<OrderLineSummary>;

const orderLine = z.object({
  ...summaryFields,
  log: z.array(logEntry),
  windows,
  buyer: z
    .object({ name: z.string(), email: z.string(), phone: z.string(), language })
    .optional()
    .describe("In the seller's copy only"),
  recipient: z
    .object({ name: z.string(), phone: z.string(), address: z.string() })
    .optional()
    .describe('To whom goods go now; in the copies of seller and buyer only'),
  appInfo: z
    .object({
      frontEndUrl: z.string(),
      adminUrl: z.string().optional(),
      userName: z.string().optional(),
      password: z.string().optional(),
      memo: z.string().optional(),
    })
    .optional()
    .describe("In the buyer's copy only, once the line is completed"),
  licenseCode: z.string().optional().describe("In the buyer's copy only, once it is claimed"),
}) satisfies z.ZodType<OrderLineAnswer>;

/** Answer of `POST /v1/orders` and `GET /v1/orders/{orderId}`. */
export const orderAnswer = z.object({
  orderId: id,
  lines: z.array(orderLine),
}) satisfies z.ZodType<OrderAnswer>;

/** Answer of every command. */
export const orderLineAnswer = orderLine;

/** Answer of `GET /v1/orders`. */
export const orderLinePage = z.object({
  items: z.array(summary),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<Page<OrderLineSummary>>;
