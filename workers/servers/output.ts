import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a server's output goes, with a view of its end. */
export interface Output {
  readonly fd: number;
  /** What was written since this was opened, at most its last 4 KB. */
  tail(): string;
  close(): void;
}

const TAIL_BYTES = 4096;

/** Opens a log file to append to. Without one the output goes to an unnamed file that leaves nothing behind. */
export function openOutput(logFile?: string): Output {
  const fd = logFile === undefined ? openUnnamed() : openSync(logFile, 'a+', 0o600);
  const begin = fstatSync(fd).size;
  return {
    fd,
    tail() {
      const end = fstatSync(fd).size;
      const from = Math.max(begin, end - TAIL_BYTES);
      const bytes = Buffer.alloc(Math.max(0, end - from));
      return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, from));
    },
    close: () => closeSync(fd),
  };
}

function openUnnamed(): number {
  const folder = mkdtempSync(join(tmpdir(), 'steward-server-'));
  const fd = openSync(join(folder, 'output'), 'a+');
  rmSync(folder, { recursive: true });
  return fd;
}
