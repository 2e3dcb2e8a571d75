import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { StewardApiError } from '../client';
import { StewardError } from '../domain/errors';

/**
 * Writes a file as its bytes come; it is there only once it is whole. Rejects with `UNREACHABLE` when it breaks off, and
 * leaves none then.
 */
export async function save(bytes: ReadableStream<Uint8Array>, out: string): Promise<void> {
  const part = `${out}.part`;
  try {
    await pipeline(Readable.fromWeb(bytes), createWriteStream(part));
    await rename(part, out);
  } catch (cause) {
    await rm(part, { force: true });
    throw failure(cause, out);
  }
}

function failure(cause: unknown, out: string): Error {
  const { message, syscall } = cause as NodeJS.ErrnoException;
  // Of the file, or else of what was to go into it.
  if (syscall !== undefined) return new StewardError('INVALID_REQUEST', { problems: message });
  return new StewardApiError('UNREACHABLE', 0, `${out} was not written: the file broke off (${message})`, {
    cause,
  });
}
