import type { Problem } from '../domain/answers';
import { StewardApiError, type StewardApiErrorCode } from './error';

/** Where Steward is and who asks. */
export interface StewardClientOptions {
  /** For example `https://steward.example`; a path in it is kept. */
  baseUrl: string;
  /** Bearer token of one of the roles. */
  token: string;
  /** Milliseconds for one request; default 15 s, longer than Steward itself waits for a worker. */
  timeout?: number;
}

export interface ApiRequest {
  method: 'GET' | 'PUT' | 'POST';
  /** Path segments after `/v1`, not escaped yet. */
  path: readonly string[];
  query?: Record<string, string | undefined>;
  body?: unknown;
  /** Makes the request repeatable: without it nothing is sent twice. */
  idempotencyKey?: string;
}

/** Milliseconds before the second and third attempt of a request that has an idempotency key. */
const RETRY_DELAYS = [500, 1_500];

/** Sends one request; repeats it under its idempotency key while the trouble may pass. */
export async function send<Answer>(options: StewardClientOptions, request: ApiRequest): Promise<Answer> {
  const delays = request.idempotencyKey === undefined ? [] : RETRY_DELAYS;
  for (const delay of delays) {
    try {
      return await sendOnce<Answer>(options, request);
    } catch (error) {
      if (!(error instanceof StewardApiError) || !PASSING.includes(error.status)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return sendOnce<Answer>(options, request);
}

/** No answer, one of a gateway without Steward behind it, or Steward's own `TRY_AGAIN`. */
const PASSING = [0, 502, 503, 504];

async function sendOnce<Answer>(options: StewardClientOptions, request: ApiRequest): Promise<Answer> {
  const { status, ok, text } = await exchange(options, request).catch((cause: unknown) => {
    throw new StewardApiError('UNREACHABLE', 0, `No answer from ${options.baseUrl}: ${reasonOf(cause)}`, {
      cause,
    });
  });
  const answer = parsed(text);
  if (ok && answer !== undefined) return answer as Answer;
  if (isProblem(answer)) {
    throw new StewardApiError(answer.code as StewardApiErrorCode, status, answer.detail);
  }
  throw new StewardApiError('UNEXPECTED_ANSWER', status, `HTTP ${status}, and not as Steward answers`);
}

/** What `fetch` hides behind "fetch failed": a refused connection, an unknown host. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error ? inner.message : error.message;
}

async function exchange(options: StewardClientOptions, request: ApiRequest) {
  const response = await fetch(urlOf(options.baseUrl, request), {
    method: request.method,
    headers: {
      authorization: `Bearer ${options.token}`,
      accept: 'application/json, application/problem+json',
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeout ?? 15_000),
  });
  return { status: response.status, ok: response.ok, text: await response.text() };
}

function urlOf(baseUrl: string, { path, query = {} }: ApiRequest): URL {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/v1/${path.map(encodeURIComponent).join('/')}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer;
}
