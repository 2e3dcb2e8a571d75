import type {
  ActivationAnswer,
  BillDetails,
  BillSummary,
  DepositAnswer,
  HeartbeatAnswer,
  LogisticsEventAnswer,
  OrderAnswer,
  OrderLineAnswer,
  OrderLineSummary,
  Page,
  ProductAnswer,
  RepaymentAnswer,
  SellerAnswer,
} from '../domain/answers';
import type { AgreementAnswer, SignatureAnswer } from '../domain/agreement';
import type { CertificationAnswer } from '../domain/certification/answer';
import type { CertificationCommand } from '../domain/certification/machine';
import type { BillCommand } from '../domain/billing/commands';
import type { Command } from '../domain/commands';
import type { ListedTransaction } from '../domain/ledger/listed-transaction';
import type { ExportAnswer, ExportFormat } from '../domain/ledger/transaction-export';
import type { BillBody } from '../domain/schemas/bills';
import type { ProductBody, SellerBody } from '../domain/schemas/catalog';
import type { AgreementBody } from '../domain/schemas/agreement';
import type { CertificationBody } from '../domain/schemas/certification';
import type { BundleRequestBody, CommandBody } from '../domain/schemas/commands';
import type { LogisticsEventBody } from '../domain/schemas/logistics';
import type { OrderBody, Site } from '../domain/schemas/order';
import type { DepositBody, RepaymentBody } from '../domain/schemas/settlement';
import type { SellerCall } from '../domain/seller-calls';
import type { BillFilter, OrderFilter, SellerCallFilter, TransactionFilter } from './filters';
import { download, send, type StewardClientOptions } from './http';

export type * from '../domain/answers';
export type { AppInfo } from '../domain/app-info';
export type { CertificationAnswer } from '../domain/certification/answer';
export type { CertificationCommand } from '../domain/certification/machine';
export type { Command } from '../domain/commands';
export type { ListedTransaction } from '../domain/ledger/listed-transaction';
export type { ExportAnswer, ExportFormat } from '../domain/ledger/transaction-export';
export type { CertificationBody } from '../domain/schemas/certification';
export type { BillCommand } from '../domain/billing/commands';
export type { BillNode } from '../domain/billing/nodes';
export type { BillBody } from '../domain/schemas/bills';
export type { BundleRequestBody, CommandBody } from '../domain/schemas/commands';
export type { ProductBody, SellerBody } from '../domain/schemas/catalog';
export type { LogisticsEventBody } from '../domain/schemas/logistics';
export type { OrderBody } from '../domain/schemas/order';
export type { DepositBody, RepaymentBody } from '../domain/schemas/settlement';
export type { SellerCall } from '../domain/seller-calls';
export { StewardApiError, type StewardApiErrorCode } from './error';
export type * from './filters';
export type { StewardClientOptions } from './http';

/** An export is answered when all of it is kept: after about 15 s for each 100,000 transactions. */
const EXPORT_TIMEOUT = 10 * 60_000;

/** How something is asked for that takes effect once. */
export interface KeyOptions {
  /** Default: a fresh one for each call of the method, so that its own repetitions take effect once. */
  idempotencyKey?: string;
}

/** How a command is given. */
export interface CommandOptions extends KeyOptions {
  /** Needed when the order has several lines. */
  orderLineId?: string;
}

/**
 * The typed client of Steward's HTTP API. Every method rejects with `StewardApiError`.
 *
 * @example
 * const steward = new StewardClient({ baseUrl: 'http://127.0.0.1:8080', token });
 * const { lines } = await steward.placeOrder(order);
 * for await (const line of steward.eachOrder({ waitingFor: 'operator' })) console.log(line.orderLineId);
 */
export class StewardClient {
  constructor(private readonly options: StewardClientOptions) {}

  /** Registers a seller or changes it; a new access key signs from now on. For role `platform`. */
  putSeller(sellerId: string, body: SellerBody): Promise<SellerAnswer> {
    return send(this.options, { method: 'PUT', path: ['sellers', sellerId], body });
  }

  /** Registers a product of a seller or changes it. For role `platform`. */
  putProduct(sellerId: string, productId: string, body: ProductBody): Promise<ProductAnswer> {
    return send(this.options, { method: 'PUT', path: ['sellers', sellerId, 'products', productId], body });
  }

  /** Hands over a paid order; the same order again changes nothing. For role `platform`. */
  placeOrder(body: OrderBody): Promise<OrderAnswer> {
    return send(this.options, {
      method: 'POST',
      path: ['orders'],
      body,
      idempotencyKey: crypto.randomUUID(),
    });
  }

  /** The lines of an order that the caller may see, newest state. */
  getOrder(orderId: string): Promise<OrderAnswer> {
    return send(this.options, { method: 'GET', path: ['orders', orderId] });
  }

  /** One page of order lines, the newest first. */
  listOrders(filter: OrderFilter = {}): Promise<Page<OrderLineSummary>> {
    return send(this.options, { method: 'GET', path: ['orders'], query: { ...filter } });
  }

  /** All order lines of a filter, page by page. */
  eachOrder(filter: OrderFilter = {}): AsyncGenerator<OrderLineSummary> {
    return each((cursor) => this.listOrders({ ...filter, ...cursor }));
  }

  /** Gives a command to a line and answers with its new view; which are possible is in `allowed`. */
  command<C extends Command>(
    orderId: string,
    command: C,
    data: CommandBody<C>,
    { orderLineId, idempotencyKey = crypto.randomUUID() }: CommandOptions = {},
  ): Promise<OrderLineAnswer> {
    const line = orderLineId === undefined ? [] : ['lines', orderLineId];
    const path = ['orders', orderId, ...line, command];
    return send(this.options, { method: 'POST', path, body: data, idempotencyKey });
  }

  /**
   * Asks to unsubscribe a bundle as a whole, every line of it named, and answers with all lines: refunded when the last
   * seller has approved, or not at all. For role `buyer`.
   */
  requestBundleUnsubscription(
    orderId: string,
    body: BundleRequestBody,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<OrderAnswer> {
    const path = ['orders', orderId, 'request-unsubscription'];
    return send(this.options, { method: 'POST', path, body, idempotencyKey });
  }

  /** Takes that request back, as long as not every seller has approved. For role `buyer`. */
  withdrawBundleUnsubscription(
    orderId: string,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<OrderAnswer> {
    const path = ['orders', orderId, 'withdraw-unsubscription'];
    return send(this.options, { method: 'POST', path, body: {}, idempotencyKey });
  }

  /** Activates the code that a buyer has claimed; for the software of its seller. For role `seller`. */
  activateLicense(license: string, options: KeyOptions = {}): Promise<ActivationAnswer> {
    return this.license('activate', license, options);
  }

  /** Tells that the software behind an activated code is in use: at the first use each day. For role `seller`. */
  licenseHeartbeat(license: string, options: KeyOptions = {}): Promise<HeartbeatAnswer> {
    return this.license('heartbeat', license, options);
  }

  /**
   * Tells how far a parcel is; answers with how many lines were told. It counts once the carrier, asked with the
   * recipient's phone, has confirmed the parcel. For role `carrier`.
   */
  logisticsEvent(
    event: LogisticsEventBody,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<LogisticsEventAnswer> {
    return send(this.options, { method: 'POST', path: ['logistics-events'], body: event, idempotencyKey });
  }

  /**
   * Tells that the buyer has repaid an order that was on credit; the same again changes nothing. For role `platform`.
   */
  recordRepayment(
    orderId: string,
    body: RepaymentBody,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<RepaymentAnswer> {
    const path = ['orders', orderId, 'record-repayment'];
    return send(this.options, { method: 'POST', path, body, idempotencyKey });
  }

  /** Tells that a seller has paid a deposit, once for its id. For role `platform`. */
  recordDeposit(
    sellerId: string,
    body: DepositBody,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<DepositAnswer> {
    const path = ['sellers', sellerId, 'record-deposit'];
    return send(this.options, { method: 'POST', path, body, idempotencyKey });
  }

  /** How the certification of a seller stands. For operators, and the seller itself. */
  certification(sellerId: string, site: Site): Promise<CertificationAnswer> {
    return send(this.options, {
      method: 'GET',
      path: ['sellers', sellerId, 'certification'],
      query: { site },
    });
  }

  /** Gives a command to a certification and answers with its new view; which are possible is in `allowed`. */
  certificationCommand<C extends CertificationCommand>(
    sellerId: string,
    command: C,
    body: CertificationBody<C>,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<CertificationAnswer> {
    const path = ['sellers', sellerId, 'certification', command];
    return send(this.options, { method: 'POST', path, body, idempotencyKey });
  }

  /** Publishes a version of the agreement; the same again changes nothing. For role `operator`. */
  publishAgreement(body: AgreementBody): Promise<AgreementAnswer> {
    return send(this.options, { method: 'POST', path: ['agreements'], body });
  }

  /** The text of a version of the agreement, and its hash. For sellers and operators. */
  agreement(version: string): Promise<AgreementAnswer> {
    return send(this.options, { method: 'GET', path: ['agreements', version] });
  }

  /** Signs the current version of the agreement; the same again changes nothing. For role `seller`. */
  signAgreement(version: string): Promise<SignatureAnswer> {
    return send(this.options, { method: 'POST', path: ['agreements', version, 'sign-agreement'], body: {} });
  }

  /** One page of calls to sellers (生产接口消息), the newest first. For roles `seller` and `operator`. */
  sellerCalls(filter: SellerCallFilter = {}): Promise<Page<SellerCall>> {
    return send(this.options, { method: 'GET', path: ['seller-calls'], query: { ...filter } });
  }

  /** All calls of a filter, page by page. */
  eachSellerCall(filter: SellerCallFilter = {}): AsyncGenerator<SellerCall> {
    return each((cursor) => this.sellerCalls({ ...filter, ...cursor }));
  }

  /** One page of transactions, those of the newest orders first. For roles `seller`, `operator` and `platform`. */
  transactions(filter: TransactionFilter & { cursor?: string } = {}): Promise<Page<ListedTransaction>> {
    return send(this.options, { method: 'GET', path: ['transactions'], query: { ...filter } });
  }

  /** All transactions of a filter, page by page. */
  eachTransaction(filter: TransactionFilter & { cursor?: string } = {}): AsyncGenerator<ListedTransaction> {
    return each((cursor) => this.transactions({ ...filter, ...cursor }));
  }

  /**
   * Has transactions kept as they are now, to be fetched as a file for three days. For roles `seller`, `operator` and
   * `platform`.
   */
  exportTransactions(format: ExportFormat, filters: TransactionFilter = {}): Promise<ExportAnswer> {
    const { timeout = EXPORT_TIMEOUT } = this.options;
    const request = { method: 'POST', path: ['transactions', 'exports'], body: { format, filters } } as const;
    return send({ ...this.options, timeout }, request);
  }

  /** The file of an export, as its bytes come; for whoever had it made. */
  downloadExport(exportId: string): Promise<ReadableStream<Uint8Array>> {
    return download(this.options, { method: 'GET', path: ['exports', exportId] });
  }

  /** One page of bills, those of the newest months first. For roles `seller` and `operator`. */
  bills(filter: BillFilter = {}): Promise<Page<BillSummary>> {
    return send(this.options, { method: 'GET', path: ['bills'], query: { ...filter } });
  }

  /** All bills of a filter, page by page. */
  eachBill(filter: BillFilter = {}): AsyncGenerator<BillSummary> {
    return each((cursor) => this.bills({ ...filter, ...cursor }));
  }

  /** A bill as it is now: what it pays, whom it waits for and until when. For roles `seller` and `operator`. */
  bill(billId: string): Promise<BillDetails> {
    return send(this.options, { method: 'GET', path: billPath(billId) });
  }

  /** The statement of a bill, a PDF, as its bytes come. For roles `seller` and `operator`. */
  downloadBillStatement(billId: string): Promise<ReadableStream<Uint8Array>> {
    return download(this.options, { method: 'GET', path: billPath(billId, 'statement') });
  }

  /** The transactions of a bill as a file, as its bytes come. For roles `seller` and `operator`. */
  downloadBillTransactions(billId: string, format: ExportFormat): Promise<ReadableStream<Uint8Array>> {
    const path = billPath(billId, 'transactions');
    return download(this.options, { method: 'GET', path, query: { format } });
  }

  /** Gives a command to a bill and answers with it; which are possible is in `allowed`. */
  billCommand<C extends BillCommand>(
    billId: string,
    command: C,
    data: BillBody<C>,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions = {},
  ): Promise<BillDetails> {
    const path = billPath(billId, command);
    return send(this.options, { method: 'POST', path, body: data, idempotencyKey });
  }

  private license<Answer>(
    what: 'activate' | 'heartbeat',
    license: string,
    { idempotencyKey = crypto.randomUUID() }: KeyOptions,
  ): Promise<Answer> {
    return send(this.options, {
      method: 'POST',
      path: ['licenses', what],
      body: { license },
      idempotencyKey,
    });
  }
}

async function* each<Item>(page: (cursor: { cursor?: string }) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let next: string | null | undefined;
  do {
    const { items, nextCursor } = await page(next ? { cursor: next } : {});
    yield* items;
    next = nextCursor;
  } while (next !== null);
}

/** A bill's id has slashes, which its address has too. */
function billPath(billId: string, ...more: string[]): string[] {
  return ['bills', ...billId.split('/'), ...more];
}
