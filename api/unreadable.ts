import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../domain/answers';
import { errorMessage } from '../domain/errors';

/** What HTTP itself says of a request that could not be read, by the code of Node's parser. */
const REASONS: Record<string, [status: number, problems: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'the headers are larger than 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request did not arrive in time'],
};

/** Answers what is no HTTP request as a problem too, and ends its connection: nothing else can be read there. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const [status, problems] = REASONS[error.code ?? ''] ?? [400, 'not an HTTP request'];
  const title = STATUS_CODES[status] ?? 'Error';
  const problem: Problem = {
    type: 'urn:steward:error:INVALID_REQUEST',
    ...{ title, status, code: 'INVALID_REQUEST', instance: '/', requestId: randomUUID() },
    detail: errorMessage('INVALID_REQUEST', { problems }),
  };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
