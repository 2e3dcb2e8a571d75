import { join } from 'node:path';
import type { Fetched } from './cache';
import { withProgress } from './progress';
import { onPath, run } from './run';

/** The last version whose module can be installed by `go install`. */
const VERSION = 'v1.5.1';
const BUILD_MS = 30 * 60_000;

/** The Temporal CLI, built from its Go module. */
export function goInstall(options: Pick<Fetched, 'server' | 'folder' | 'check'>): Fetched {
  return {
    ...options,
    folder: join(options.folder, `go-${VERSION}`),
    executable: process.platform === 'win32' ? 'temporal.exe' : 'temporal',
    async fill(folder) {
      const go = onPath('go');
      if (go === undefined) throw new Error('there is no `go` on the PATH; install Go 1.25 or newer');
      const args = [
        'install',
        '-trimpath',
        '-ldflags=-s -w',
        `github.com/temporalio/cli/cmd/temporal@${VERSION}`,
      ];
      await withProgress(`${options.server}: building with go install (several minutes, once)`, () =>
        run(go, args, { cwd: folder, env: { GOBIN: folder }, signal: AbortSignal.timeout(BUILD_MS) }),
      );
    },
  };
}
