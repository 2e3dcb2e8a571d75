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

const DEFAULT_TIMEOUT = 15_000;

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

/** Fetches a file: its bytes as they come. The timeout is for their first, and a file that breaks off is an error. */
export async function download(
  options: StewardClientOptions,
  request: ApiRequest,
): Promise<ReadableStream<Uint8Array>> {
  const begun = new AbortController();
  const timer = setTimeout(
    () => begun.abort(new DOMException('no answer in time', 'TimeoutError')),
    options.timeout ?? DEFAULT_TIMEOUT,
  );
  try {
    const response = await exchange(options, request, begun.signal).catch(unreachable(options));
    if (response.ok && response.body) return response.body;
    const text = await response.text().catch(unreachable(options));
    throw refusalOf(response.status, parsed(text));
  } finally {
    clearTimeout(timer);
  }
}

async function sendOnce<Answer>(options: StewardClientOptions, request: ApiRequest): Promise<Answer> {
  const signal = AbortSignal.timeout(options.timeout ?? DEFAULT_TIMEOUT);
  const { status, ok, text } = await exchange(options, request, signal)
    .then(async (response) => ({ ...statusOf(response), text: await response.text() }))
    .catch(unreachable(options));
  const answer = parsed(text);
  if (ok && answer !== undefined) return answer as Answer;
  throw refusalOf(status, answer);
}

const statusOf = ({ status, ok }: Response) => ({ status, ok });

function refusalOf(status: number, answer: unknown): StewardApiError {
  if (isProblem(answer))
    return new StewardApiError(answer.code as StewardApiErrorCode, status, answer.detail);
  return new StewardApiError('UNEXPECTED_ANSWER', status, `HTTP ${status}, and not as Steward answers`);
}

function unreachable({ baseUrl }: StewardClientOptions) {
  return (cause: unknown): never => {
    const detail = `No answer from ${baseUrl}: ${reasonOf(cause)}`;
    throw new StewardApiError('UNREACHABLE', 0, detail, { cause });
  };
}

/** What `fetch` hides behind "fetch failed": a refused connection, an unknown host. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error ? inner.message : error.message;
}

function exchange(
  options: StewardClientOptions,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(urlOf(options.baseUrl, request), {
    method: request.method,
    headers: {
      authorization: `Bearer ${options.token}`,
      accept: 'application/json, application/problem+json',
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    redirect: 'error',
    signal,
  });
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
