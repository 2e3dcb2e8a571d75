import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names all settings there are. */
const EXAMPLE = join(__dirname, '../../deploy/steward.env.example');

/**
 * Writes the settings of a shape for a shell that is to work on it, readable by its owner only: of an environment those
 * that are Steward's. It goes with the shape: another start has other ports.
 *
 * @returns the command that takes them into a shell
 */
export function writeEnvFile(file: string, env: NodeJS.ProcessEnv): string {
  const names = [...readFileSync(EXAMPLE, 'utf8').matchAll(/^#?([A-Z0-9_]+)=/gm)].map(
    ([, name = '']) => name,
  );
  const lines = names.flatMap((name) => (env[name] ? [`${name}=${quoted(env[name])}\n`] : []));
  // A file that is there keeps its mode.
  rmSync(file, { force: true });
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  return `set -a; . ${quoted(file)}; set +a`;
}

/** One word to a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
