/**
 * `npm run check:monitoring`: the alert rules, their tests, and every query of the dashboard, by promtool. It is taken
 * from the PATH, or built once with Go and cached.
 *
 * That each metric in them is one that Steward exposes is proven by test/live/metrics.test.ts.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, fetchOnce, type Fetched } from '../workers/servers/cache';
import { withProgress } from '../workers/servers/progress';
import { onPath, run } from '../workers/servers/run';

const DEPLOY = join(__dirname, '../deploy');
const BUILD_MS = 20 * 60_000;
const CHECK_MS = 60_000;
const VERSION = 'v0.316.0';

const PROMTOOL: Fetched = {
  server: 'promtool',
  folder: `promtool-${VERSION}`,
  executable: process.platform === 'win32' ? 'promtool.exe' : 'promtool',
  async fill(folder) {
    const go = onPath('go');
    if (go === undefined)
      throw new Error('there is neither promtool nor go on the PATH; install one of them');
    const path = `github.com/prometheus/prometheus/cmd/promtool@${VERSION}`;
    // Without the clients of all clouds, which rules do not need and which take most of the time.
    const args = ['install', '-trimpath', '-ldflags=-s -w', '-tags', 'remove_all_sd', path];
    await withProgress('promtool: building with go install (minutes, once)', () =>
      run(go, args, { cwd: folder, env: { GOBIN: folder }, signal: AbortSignal.timeout(BUILD_MS) }),
    );
  },
  async check(executable) {
    await run(executable, ['--version'], { signal: AbortSignal.timeout(CHECK_MS) });
  },
};

/** The queries of the dashboard as a file of rules: Grafana's variables are not PromQL. */
function dashboardAsRules(): string {
  const { panels } = JSON.parse(readFileSync(join(DEPLOY, 'grafana/steward.json'), 'utf8')) as {
    panels: { id: number; targets: { expr: string }[] }[];
  };
  const rules = panels.flatMap(({ id, targets }) =>
    targets.map(({ expr }, n) => ({
      record: `panel_${id}:${n}`,
      expr: expr.replaceAll('$job', '.+').replaceAll('$__rate_interval', '5m'),
    })),
  );
  return JSON.stringify({ groups: [{ name: 'dashboard', rules }] });
}

async function main(): Promise<void> {
  const promtool = onPath('promtool') ?? cached(PROMTOOL) ?? (await fetchOnce(PROMTOOL));
  const check = async (cwd: string, ...args: string[]): Promise<void> => {
    const output = await run(promtool, args, { cwd, signal: AbortSignal.timeout(CHECK_MS) });
    console.log(`promtool ${args.join(' ')}\n${output.trimEnd()}\n`);
  };
  const prometheus = join(DEPLOY, 'prometheus');
  await check(prometheus, 'check', 'rules', 'rules.yml');
  await check(prometheus, 'test', 'rules', 'rules.test.yml');
  const folder = mkdtempSync(join(tmpdir(), 'steward-dashboard-'));
  try {
    // JSON is YAML.
    writeFileSync(join(folder, 'dashboard.yml'), dashboardAsRules());
    await check(folder, 'check', 'rules', 'dashboard.yml');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
