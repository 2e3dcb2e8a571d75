import { join, posix } from 'node:path';
import type { Fetched } from './cache';
import { withProgress } from './progress';
import { onPath, run } from './run';

const BUILD_MS = 30 * 60_000;

/** Programs of one Go module, of which the first is what is wanted. */
export interface GoPrograms extends Pick<Fetched, 'server' | 'folder' | 'check'> {
  /** `example.com/module/cmd/program` */
  packages: readonly [string, ...string[]];
  /** Of the module: `v1.2.3`. */
  version: string;
}

/** Programs built from their Go module. */
export function goInstall({ packages, version, ...options }: GoPrograms): Fetched {
  return {
    ...options,
    folder: join(options.folder, `go-${version}`),
    executable: goExecutable(packages[0]),
    async fill(folder) {
      const go = onPath('go');
      if (go === undefined) throw new Error('there is no `go` on the PATH; install Go 1.25 or newer');
      const wanted = packages.map((name) => `${name}@${version}`);
      await withProgress(`${options.server}: building with go install (several minutes, once)`, () =>
        run(go, ['install', '-trimpath', '-ldflags=-s -w', ...wanted], {
          cwd: folder,
          env: { GOBIN: folder },
          signal: AbortSignal.timeout(BUILD_MS),
        }),
      );
    },
  };
}

/** The file that `go install` makes of a package: a major version at the end of its path is no name. */
export function goExecutable(name: string): string {
  return posix.basename(name.replace(/\/v\d+$/, '')) + (process.platform === 'win32' ? '.exe' : '');
}
