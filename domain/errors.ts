/**
 * The one catalogue of errors: a stable code, the HTTP status with which the API answers it, and a
 * message that names what to do next. `{name}` is filled from the parameters. The codes are also the
 * `type` of each `ApplicationFailure`, so a refusal keeps its code from a workflow to the caller.
 */
export const ERRORS = {
  // The caller
  UNAUTHENTICATED: { status: 401, message: 'A valid bearer token is required: {reason}' },
  FORBIDDEN: { status: 403, message: 'Role {role} may not do this; it takes {roles}' },
  NOT_FOUND: { status: 404, message: 'There is no {what} {id} that you may see' },
  RATE_LIMITED: { status: 429, message: 'Too many requests; try again in {after}' },
  // The request
  INVALID_REQUEST: { status: 400, message: '{problems}' },
  BODY_TOO_LARGE: { status: 413, message: 'The body is larger than {limit} bytes' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send application/json' },
  LINE_REQUIRED: {
    status: 400,
    message: 'Order {orderId} has several lines: use /v1/orders/{orderId}/lines/LINE/{command}',
  },
  ORDER_TYPE_NOT_SUPPORTED: { status: 400, message: 'Orders of type {orderType} are not supported yet' },
  DELIVERY_NOT_SUPPORTED: { status: 400, message: 'Delivery {delivery} cannot be {what} yet' },
  PRODUCT_NOT_READY: { status: 400, message: 'Seller {sellerId}, product {productId}: {reason}' },
  // What was said before
  ORDER_CONFLICT: { status: 409, message: 'Order {orderId} was placed before with another content' },
  ORDER_LINE_TAKEN: {
    status: 409,
    message: 'Order {orderId}: a line id is used twice, or by another order; each line needs its own',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    message: 'This Idempotency-Key came before with another request; use a fresh one',
  },
  // The state of the line
  ORDER_ENDED: {
    status: 409,
    message: 'Order line {orderLineId} has ended; nothing more can be done with it',
  },
  NOT_ALLOWED_NOW: {
    status: 409,
    message: '{command} is not possible in node {node}; possible now: {allowed}',
  },
  CALL_IN_PROGRESS: { status: 409, message: 'A call to the seller is running; wait for its answer' },
  WRONG_ACTIVITY: { status: 409, message: 'In node {node} {due} can be restarted, not {activity}' },
  TOO_MANY_RESTARTS: { status: 429, message: 'At most {n} restarts an hour; the next is possible at {at}' },
  REFUND_TOO_LARGE: { status: 409, message: 'At most {paid} was paid; {asked} cannot be refunded' },
  CURRENCY_MISMATCH: { status: 409, message: 'The order was paid in {paid}, not in {asked}' },
  // Supervision (domain.md 2, 3.1)
  NOT_SUPERVISED: {
    status: 409,
    message: 'Delivery {delivery} is not supervised: there is no negotiated unsubscription and no appeal',
  },
  APPEAL_OPEN: {
    status: 409,
    message: 'An appeal is open; the line goes on when an operator has resolved it',
  },
  UNSUBSCRIPTION_PENDING: {
    status: 409,
    message: 'Unsubscription {id} is not decided yet; {command} is possible again if it comes to nothing',
  },
  REMINDED_LATELY: { status: 429, message: 'The buyer was reminded lately; the next is possible at {at}' },
  BUNDLE_ONLY: {
    status: 409,
    message:
      'Order {orderId} is a bundle and unsubscribed as a whole: use /v1/orders/{orderId}/{command} for all its lines',
  },
  BUNDLE_DECIDING: {
    status: 409,
    message:
      'All sellers have approved, and the refund of the whole order is being decided; try again in a moment',
  },
  LICENSE_CLAIMED: {
    status: 409,
    message: 'The licence code was claimed at {at}; from then on no unsubscription can be requested',
  },
  TRIAL_NOT_REFUNDABLE: { status: 409, message: 'A trial order cannot be unsubscribed' },
  NO_FIVE_DAYS: {
    status: 409,
    message: 'Delivery {delivery}, charged {mode}, cannot be unsubscribed without reason',
  },
  FIVE_DAYS_OVER: {
    status: 409,
    message: 'The five days in which the order could be unsubscribed without reason were over at {at}',
  },
  QUOTA_SPENT: {
    status: 409,
    message: 'All {n} unsubscriptions without reason of this account in {year} are taken',
  },
  REFUND_DECIDED: { status: 409, message: 'A refund is decided already; nothing else can be asked for' },
  '92020004': {
    status: 409,
    message: 'The licence code can not be activated before its buyer has claimed it',
  },
  '92020005': { status: 404, message: 'The licence code does not exist' },
  ALREADY_ACTIVATED: { status: 409, message: 'The licence code was activated at {at}' },
  NOT_ACTIVATED: { status: 409, message: 'The licence code has not been activated yet' },
  TOO_MANY_UNKNOWN_LICENSES: {
    status: 429,
    message: 'Too many unknown licence codes; try again at {at}',
  },
  // Settlement (domain.md 5.1)
  NOT_ON_CREDIT: { status: 409, message: 'Order {orderId} was paid when it was placed, not on credit' },
  REPAID_BEFORE: { status: 409, message: 'Order {orderId} is repaid already, at {at}' },
  DEPOSIT_CONFLICT: { status: 409, message: 'Deposit {depositId} was recorded before with another content' },
  EARLIER_RUN_OPEN: {
    status: 409,
    message: 'Period {period} of site {site} is billed after {earlier}, whose run is not closed yet',
  },
  RUN_NOT_OPEN: { status: 409, message: 'There is no run of period {period} of site {site}; open it first' },
  RUN_NOT_BILLED: {
    status: 409,
    message: 'The run of period {period} of site {site} has {sellers} sellers to bill before it is closed',
  },
  // The life of a bill (domain.md 5.2, 5.3)
  BILL_ENDED: { status: 409, message: 'Bill {billId} has ended as {node}; nothing more can be done with it' },
  BILL_BUSY: { status: 409, message: '{command} is being carried out on this bill; try again in a moment' },
  BILL_CURRENCY_MISMATCH: { status: 409, message: 'The bill is in {currency}, not in {asked}' },
  ADJUSTMENT_TOO_LARGE: {
    status: 409,
    message: 'Only {payable} is payable; {asked} cannot be taken from it',
  },
  INVOICE_AMOUNT_WRONG: {
    status: 409,
    message: 'The invoice has to be of {payable}, as the bill is, and not of {asked}',
  },
  INVOICE_NUMBER_USED: {
    status: 409,
    message: 'Invoice {number} was submitted before, for this bill or another; issue a new one',
  },
  ASKED_LATELY: { status: 429, message: 'Operators were asked lately; the next is possible at {at}' },
  EXPORT_EXPIRED: {
    status: 410,
    message: 'Export {id} expired at {at}; exports are kept for three days, make a new one',
  },
  TOO_MANY_EXPORTS: {
    status: 429,
    message: 'At most {n} exports are kept for one party; the next is possible at {at}',
  },
  PERIOD_INVALID: { status: 400, message: '"{period}" is no month; one is written like 202610' },
  PERIOD_NOT_OVER: { status: 409, message: 'Month {period} can be settled when it is over, from {from} on' },
  SETTLEMENT_STOPPED: {
    status: 409,
    message:
      'The billing run {workflowId} was stopped: {reason}; started again, it goes on with what is left',
  },
  NOT_SCHEDULED: {
    status: 409,
    message: '{workflow} is started by its schedule only; use "steward settle --period YYYYMM"',
  },
  // Certification (domain.md 6.1)
  BANK_ACCOUNT_NAME_DIFFERS: {
    status: 400,
    message:
      'The bank account must be in the name of the company itself: bank.accountName is not companyName',
  },
  CERTIFICATION_LOCKED: {
    status: 409,
    message:
      'The certification was rejected {n} times in a row; an operator has to give reopen-certification before it can be submitted again',
  },
  // Agreement (domain.md 5.1)
  AGREEMENT_NOT_SIGNED: {
    status: 403,
    message:
      'Agreement {version} has to be signed first: read it at /v1/agreements/{version}, then give sign-agreement',
  },
  AGREEMENT_CONFLICT: {
    status: 409,
    message: 'Agreement {version} was published before with another text; publish a new version',
  },
  AGREEMENT_OUTDATED: { status: 409, message: 'Agreement {version} is not the newest; sign {current}' },
  // Ourselves
  TRY_AGAIN: {
    status: 503,
    message: 'The order is safe, but no answer came in time; send the same request again',
  },
  INTERNAL: { status: 500, message: 'Something went wrong on our side; the log has it under {requestId}' },
  DATABASE_UNAVAILABLE: { status: 503, message: 'The database does not answer: {reason}' },
  TEMPORAL_UNAVAILABLE: { status: 503, message: 'Temporal at {address} cannot be used: {reason}' },
  KEY_UNKNOWN: {
    status: 500,
    message: 'Setting {setting} has no key {keyId}, which stored data was encrypted with; add it again',
  },
  DECRYPTION_FAILED: {
    status: 500,
    message: '{what} was changed, moved, or encrypted with another key of the same id',
  },
  // The other parties, inside workflows
  SELLER_CALL_FAILED: { status: 502, message: '{words}' },
  REFUND_REFUSED: { status: 502, message: 'The platform refused refund {refundId}: {reason}' },
  PLATFORM_UNAVAILABLE: { status: 502, message: 'The platform did not take it: {reason}' },
  MAIL_REFUSED: { status: 502, message: 'Mail {mailId} cannot be delivered: {reason}' },
  MAIL_UNAVAILABLE: { status: 502, message: 'Mail {mailId} is not out yet: {reason}' },
  NO_PARCEL_NEWS: { status: 502, message: 'No news of parcel {trackingNumber} of {carrier}: {reason}' },
  LOGISTICS_REFUSED: { status: 502, message: 'Kuaidi100 does not answer us ({returnCode}): {reason}' },
  // Starting up
  CONFIG_INVALID: { status: 500, message: 'Setting {setting}: {reason}' },
  KEY_MISSING: { status: 500, message: 'Setting {setting} is missing: {reason}' },
  DATABASE_LOCKED: {
    status: 500,
    message: 'Process {pid} works on {folder}; end it, or give this one another folder with STEWARD_STATE',
  },
  PORT_BUSY: { status: 500, message: 'Port {port} ({what}) is in use; choose another with {option}' },
  SERVER_MISSING: { status: 500, message: '{server} was not found and could not be fetched:\n{ways}' },
  SERVER_FAILED: { status: 500, message: '{server} failed: {reason}' },
} as const;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorParams = Record<string, string | number>;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}

/** What a line or a bill refuses a command with that it had taken, and asked elsewhere about. */
const FOUND_OUT: readonly ErrorCode[] = ['QUOTA_SPENT', 'INVOICE_NUMBER_USED'];

/** Whether a refusal is remembered like an answer: the same request gets it again (design §5). */
export function isRemembered(code: ErrorCode): boolean {
  return FOUND_OUT.includes(code);
}

/** The catalogue's message with its parameters filled in. Parameter `line` names that one of several which refuses. */
export function errorMessage(code: ErrorCode, params: ErrorParams = {}): string {
  const message = ERRORS[code].message.replace(/\{(\w+)\}/g, (hole, name: string) =>
    String(params[name] ?? hole),
  );
  return params['line'] === undefined ? message : `Order line ${params['line']}: ${message}`;
}

/** An error of the catalogue, outside workflows (inside: `workflows/refusal.ts`). */
export class StewardError extends Error {
  override readonly name = 'StewardError';
  readonly status: number;
  /** Whether it is the answer for good under an `Idempotency-Key`; default: as its code is. */
  readonly remembered: boolean;

  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    { cause, remembered = isRemembered(code) }: { cause?: unknown; remembered?: boolean } = {},
  ) {
    super(errorMessage(code, params), { cause });
    this.status = ERRORS[code].status;
    this.remembered = remembered;
  }
}
