import type { FastifyInstance, InjectOptions } from 'fastify';
import { createApi, type ApiLimits } from '../../api/app';
import type { AuthSettings } from '../../api/auth';
import { issueToken } from '../../api/token';
import type { Database } from '../../db/connect';
import { licenseStore, openLicense } from '../../db/licenses';
import { getOrder } from '../../db/order-lines';
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
  Problem,
  RepaymentAnswer,
} from '../../domain/answers';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import type { ExportAnswer } from '../../domain/ledger/transaction-export';
import type { SellerCall } from '../../domain/seller-calls';
import type { Role } from '../../domain/parties';
import { WINDOWS } from '../../domain/windows';
import { createLogger } from '../../workers/logger';
import { openTestDatabase, testKeys } from '../support/database';
import { SILENT_CERTIFICATIONS } from './stand-in-certifications';
import { StandInBills } from './stand-in-bills';
import { StandInLines } from './stand-in-lines';

export const AUTH = {
  issuer: 'https://issuer.test',
  audience: 'steward-test',
  secret: 'a-test-secret-of-more-than-32-bytes',
};

/** A running API with its database in memory and stand-in lines. */
export interface Rig {
  app: FastifyInstance;
  db: Database;
  lines: StandInLines;
  bills: StandInBills;
  /** All that was logged, as JSON lines. */
  logged: string[];
  /** Sends requests with the token of a party; `sub` is `<role>-1` unless given. */
  as(role: Role, sub?: string): Caller;
  close(): Promise<void>;
}

type Headers = Record<string, string>;
type Method = 'GET' | 'PUT' | 'POST';

/** The API as one party calls it. The type of a body is what a success has; refusals go to `expectProblem`. */
export interface Caller {
  /** `body` is anything: tests send what does not fit, too. */
  place(body: object, headers?: Headers): Promise<Answer<OrderAnswer>>;
  order(orderId: string): Promise<Answer<OrderAnswer>>;
  /** `query` begins with a question mark. */
  orders(query?: string): Promise<Answer<Page<OrderLineSummary>>>;
  sellerCalls(query?: string): Promise<Answer<Page<SellerCall>>>;
  transactions(query?: string): Promise<Answer<Page<ListedTransaction>>>;
  export(body: object): Promise<Answer<ExportAnswer>>;
  /** The file of an export is in `bytes`. */
  file(exportId: string): Promise<Answer>;
  bills(query?: string): Promise<Answer<Page<BillSummary>>>;
  bill(billId: string): Promise<Answer<BillDetails>>;
  /** The PDF is in `bytes`. */
  billStatement(billId: string): Promise<Answer>;
  /** The file is in `bytes`; `query` begins with a question mark. */
  billTransactions(billId: string, query: string): Promise<Answer>;
  billCommand(
    billId: string,
    command: string,
    data?: object,
    headers?: Headers,
  ): Promise<Answer<BillDetails>>;
  /** `path` follows `/v1/orders/`. */
  command(path: string, data?: object, headers?: Headers): Promise<Answer<OrderLineAnswer>>;
  activate(license: string, headers?: Headers): Promise<Answer<ActivationAnswer>>;
  heartbeat(license: string, headers?: Headers): Promise<Answer<HeartbeatAnswer>>;
  tellParcel(event: object, headers?: Headers): Promise<Answer<LogisticsEventAnswer>>;
  repay(orderId: string, body: object, headers?: Headers): Promise<Answer<RepaymentAnswer>>;
  deposit(sellerId: string, body: object, headers?: Headers): Promise<Answer<DepositAnswer>>;
  /** `path` follows `/v1/sellers/`. */
  put(path: string, body: object): Promise<Answer>;
}

export interface Answer<Body = unknown> {
  status: number;
  headers: Record<string, unknown>;
  body: Body;
  text: string;
  bytes: Buffer;
}

export async function startRig(
  options: { auth?: AuthSettings; limits?: Partial<ApiLimits> } = {},
): Promise<Rig> {
  const { db, close } = await openTestDatabase();
  const lines = new StandInLines(db);
  const bills = new StandInBills();
  const logged: string[] = [];
  const app = await createApi({
    database: db,
    keyring: testKeys,
    lines,
    certifications: SILENT_CERTIFICATIONS,
    bills,
    windows: WINDOWS.fast,
    auth: options.auth ?? AUTH,
    logger: createLogger({ level: 'debug', destination: { write: (line) => void logged.push(line) } }),
    ...(options.limits && { limits: options.limits }),
  });

  const as = (role: Role, sub = `${role}-1`): Caller => {
    const call = async <Body>(method: Method, url: string, payload?: object, headers?: Headers) => {
      const authorization = `Bearer ${await tokenOf(role, sub)}`;
      const body = payload && { payload };
      return send<Body>(app, { method, url: `/v1${url}`, headers: { authorization, ...headers }, ...body });
    };
    return {
      place: (body, headers) => call('POST', '/orders', body, headers),
      order: (orderId) => call('GET', `/orders/${orderId}`),
      orders: (query = '') => call('GET', `/orders${query}`),
      sellerCalls: (query = '') => call('GET', `/seller-calls${query}`),
      transactions: (query = '') => call('GET', `/transactions${query}`),
      export: (body) => call('POST', '/transactions/exports', body),
      file: (exportId) => call('GET', `/exports/${exportId}`),
      bills: (query = '') => call('GET', `/bills${query}`),
      bill: (billId) => call('GET', `/bills/${billId}`),
      billStatement: (billId) => call('GET', `/bills/${billId}/statement`),
      billTransactions: (billId, query) => call('GET', `/bills/${billId}/transactions${query}`),
      billCommand: (billId, command, data, headers) =>
        call('POST', `/bills/${billId}/${command}`, data, headers),
      command: (path, data, headers) => call('POST', `/orders/${path}`, data, headers),
      activate: (license, headers) => call('POST', '/licenses/activate', { license }, headers),
      heartbeat: (license, headers) => call('POST', '/licenses/heartbeat', { license }, headers),
      tellParcel: (event, headers) => call('POST', '/logistics-events', event, headers),
      repay: (orderId, body, headers) => call('POST', `/orders/${orderId}/record-repayment`, body, headers),
      deposit: (sellerId, body, headers) =>
        call('POST', `/sellers/${sellerId}/record-deposit`, body, headers),
      put: (path, body) => call('PUT', `/sellers/${path}`, body),
    };
  };
  const shutDown = async (): Promise<void> => {
    await app.close();
    await close();
  };
  return { app, db, lines, bills, logged, as, close: shutDown };
}

export function tokenOf(role: Role, sub = `${role}-1`): Promise<string> {
  return issueToken({ ...AUTH, role, sub, ttl: 60 });
}

/** One request as it is, for what a well-behaved client would not send. */
export async function send<Body>(app: FastifyInstance, request: InjectOptions): Promise<Answer<Body>> {
  const { statusCode: status, headers, body: text, rawPayload: bytes } = await app.inject(request);
  const json = String(headers['content-type']).includes('json');
  return { status, headers, body: (json ? JSON.parse(text) : undefined) as Body, text, bytes };
}

/** Registers seller `S1` with product `P1`, open to orders. */
export async function registerSeller(rig: Rig, sellerId = 'S1'): Promise<void> {
  const platform = rig.as('platform');
  await platform.put(sellerId, SELLER);
  await platform.put(`${sellerId}/products/P1`, PRODUCT);
}

/** Makes the licence code of the only line of an order of seller `S1`, as its workflow does. */
export async function giveLicense({ db }: Rig, orderId: string, sellerId = 'S1'): Promise<string> {
  await licenseStore(db, testKeys).issue({ orderId, orderLineId: `${orderId}-000001`, sellerId });
  const [line] = await getOrder(db, orderId);
  return openLicense(testKeys, line!)!;
}

export const SELLER = {
  name: '示例软件',
  email: 'ops@seller.example',
  language: 'zh',
  accessKey: 'the-access-key-of-the-seller',
};

export const PRODUCT = { name: 'CRM', productionUrl: 'https://seller.example/api', feeRate: 250 };

/** To whom the goods of an order go. */
export const RECIPIENT = { name: '李小红', phone: '+86 13787654321', address: '上海市张江路 1000 号' };

/** A paid order of seller S1 for buyer B1; each line may differ. */
export function orderBody(orderId: string, lines: object[] = [{}]) {
  return {
    orderId,
    orderType: 'NEW',
    site: 'china',
    buyer: {
      id: 'B1',
      name: '王小明',
      email: 'wang@buyer.example',
      phone: '+86 13800138000',
      language: 'zh',
    },
    lines: lines.map((line) => ({
      sellerId: 'S1',
      productId: 'P1',
      skuId: 'K1',
      delivery: 'saas',
      charging: { mode: 'PERIOD', period: { unit: 'MONTH', n: 12 } },
      amount: { currency: 'CNY', minor: 9_900 },
      ...('delivery' in line && line.delivery === 'hardware' && { recipient: RECIPIENT }),
      ...line,
    })),
  };
}

/** Checks that an answer is a whole RFC 9457 problem with this code. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  const problem = answer.body as Problem;
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Object.keys(problem).sort()).toEqual(
    ['type', 'title', 'status', 'detail', 'code', 'instance', 'requestId'].sort(),
  );
  expect(problem).toMatchObject({ type: `urn:steward:error:${code}`, status, code });
  expect(problem.instance).toMatch(/^\//);
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.status).toBe(status);
  expect(problem.detail).not.toMatch(/\{\w+\}/);
  return problem;
}
