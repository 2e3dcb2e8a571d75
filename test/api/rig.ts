import type { FastifyInstance, InjectOptions } from 'fastify';
import { createApi, type ApiLimits } from '../../api/app';
import type { AuthSettings } from '../../api/auth';
import { issueToken } from '../../api/token';
import type { Database } from '../../db/connect';
import type { Problem } from '../../domain/answers';
import type { Role } from '../../domain/parties';
import { WINDOWS } from '../../domain/windows';
import { createLogger } from '../../workers/logger';
import { openTestDatabase, testKeys } from '../support/database';
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
  /** All that was logged, as JSON lines. */
  logged: string[];
  /** Sends a request as a party; without one, without a token. */
  as(role: Role, sub?: string): Caller;
  close(): Promise<void>;
}

type Call = (url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
export interface Caller {
  get: Call;
  put: Call;
  post: Call;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  /** The parsed body; tests name what they look at. */
  body: any;
  text: string;
}

export async function startRig(
  options: { auth?: AuthSettings; limits?: Partial<ApiLimits> } = {},
): Promise<Rig> {
  const { db, close } = await openTestDatabase();
  const lines = new StandInLines();
  const logged: string[] = [];
  const app = await createApi({
    database: db,
    keyring: testKeys,
    lines,
    windows: WINDOWS.fast,
    auth: options.auth ?? AUTH,
    logger: createLogger({ level: 'debug', destination: { write: (line) => void logged.push(line) } }),
    ...(options.limits && { limits: options.limits }),
  });

  const as = (role: Role, sub = `${role}-1`): Caller => {
    const call =
      (method: 'GET' | 'PUT' | 'POST'): Call =>
      async (url, body, headers = {}) => {
        const token = await tokenOf(role, sub);
        const payload = body === undefined ? {} : { payload: body as object };
        return send(app, {
          method,
          url,
          headers: { authorization: `Bearer ${token}`, ...headers },
          ...payload,
        });
      };
    return { get: call('GET'), put: call('PUT'), post: call('POST') };
  };
  const shutDown = async (): Promise<void> => {
    await app.close();
    await close();
  };
  return { app, db, lines, logged, as, close: shutDown };
}

export function tokenOf(role: Role, sub = `${role}-1`): Promise<string> {
  return issueToken({ ...AUTH, role, sub, ttl: 60 });
}

/** One request as it is, for what a well-behaved client would not send. */
export async function send(app: FastifyInstance, request: InjectOptions): Promise<Answer> {
  const response = await app.inject(request);
  const json = /json/.test(String(response.headers['content-type']));
  return {
    status: response.statusCode,
    headers: response.headers,
    body: json ? response.json() : undefined,
    text: response.body,
  };
}

/** Registers seller `S1` with product `P1`, open to orders. */
export async function registerSeller(rig: Rig, sellerId = 'S1'): Promise<void> {
  const platform = rig.as('platform');
  await platform.put(`/v1/sellers/${sellerId}`, SELLER);
  await platform.put(`/v1/sellers/${sellerId}/products/P1`, PRODUCT);
}

export const SELLER = {
  name: '示例软件',
  email: 'ops@seller.example',
  language: 'zh',
  accessKey: 'the-access-key-of-the-seller',
};

export const PRODUCT = { name: 'CRM', productionUrl: 'https://seller.example/api', feeRate: 250 };

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
      ...line,
    })),
  };
}

/** Checks that an answer is a whole RFC 9457 problem with this code. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toEqual({
    type: `urn:steward:error:${code}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    code,
    instance: expect.stringMatching(/^\//),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(answer.status).toBe(status);
  expect(answer.body.detail).not.toMatch(/\{\w+\}/);
  return answer.body as Problem;
}
