import type { Dispatcher } from 'undici';
import { SellerCallError, type FailureCode } from './exceptions';

/** Longest answer that is read, counted as it comes in (design §6). */
export const ANSWER_LIMIT = 64 * 1024;

/** Of these a gateway may be the author, with the seller's server still at work behind it. */
const UNCLEAR_STATUS: readonly number[] = [408, 502, 504];

/**
 * Reads the JSON of a seller's answer, or refuses it with a `SellerCallError`. Only HTTP 200 in plain JSON
 * is read (domain.md 1.10); nothing is ever decompressed, and a refused answer's body is not looked at.
 *
 * @param anyContentType it is JSON whatever it is declared as
 */
export async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  anyContentType = false,
): Promise<unknown> {
  const refuse = (code: FailureCode, detail: string): never => {
    throw new SellerCallError(code, detail, { httpStatus: statusCode });
  };
  const status = `HTTP ${statusCode}`;
  if (statusCode >= 300 && statusCode < 400) refuse('REDIRECTED', status);
  if (UNCLEAR_STATUS.includes(statusCode) || (statusCode < 300 && statusCode !== 200)) {
    refuse('HTTP_STATUS_UNCLEAR', status);
  }
  if (statusCode !== 200) refuse('HTTP_STATUS', status);

  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding.toLowerCase() !== 'identity') refuse('ANSWER_COMPRESSED', encoding);
  const contentType = String(headers['content-type'] ?? 'none');
  if (!anyContentType && !/^application\/json\s*(;|$)/i.test(contentType)) {
    refuse('ANSWER_WRONG_CONTENT_TYPE', contentType);
  }

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_LIMIT) refuse('ANSWER_TOO_LARGE', `more than ${ANSWER_LIMIT} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return refuse('ANSWER_NOT_JSON', '');
  }
}
