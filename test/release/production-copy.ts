import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** A build outside of the checkout, as a machine of production has it. */
export interface ProductionCopy {
  /** Where it is. */
  folder: string;
  /** Runs Node in it and gives what it prints. Throws when that fails. */
  node(args: readonly string[], env?: Record<string, string>): string;
  remove(): void;
}

/** Builds into a new folder and gives it the libraries that `npm ci --omit=dev` would, and no others. */
export function productionCopy(): ProductionCopy {
  const folder = mkdtempSync(join(tmpdir(), 'steward-build-'));
  execFileSync(process.execPath, ['scripts/build.mjs', folder], { cwd: ROOT, stdio: 'pipe' });
  for (const path of productionPackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path));
  }
  return {
    folder,
    node: (args, env) =>
      execFileSync(process.execPath, ['--preserve-symlinks', ...args], {
        cwd: folder,
        encoding: 'utf8',
        // Else a library would be looked for beside the one it is linked to, in the checkout.
        env: { PATH: process.env['PATH'], NODE_OPTIONS: '--preserve-symlinks', ...env },
        stdio: 'pipe',
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The folders of `package-lock.json` that production needs, below `node_modules` itself; theirs come along. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path.lastIndexOf('node_modules/') === 0 && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => existsSync(join(ROOT, path)));
}
