import { execFileSync } from 'node:child_process';
import type { Owner } from './supervised';

/**
 * As whom a server runs that refuses to run as root.
 *
 * @returns undefined when this process is not root
 * @throws Error when there is no such user
 */
export function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((what) =>
        Number(execFileSync('id', [what, user], { stdio: 'pipe' })),
      );
      return { uid: uid as number, gid: gid as number };
    } catch {
      // There is no such user: try the next.
    }
  }
  throw new Error('it does not run as root, and there is no user postgres or nobody; be another user');
}
