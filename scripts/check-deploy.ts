/**
 * `npm run check:deploy`: the manifests for Kubernetes as kustomize builds them, by their schemas and by kube-score's
 * rules; the Compose file by its schema; the Dockerfile by hadolint. The tools are fetched once and cached.
 *
 * It builds no image and needs no cluster. That settings exist and that tags are of this version is proven by
 * test/docs/deployment.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDeployTools, KUBERNETES, type Tool } from './deploy-tools';

const DEPLOY = join(__dirname, '../deploy');

/** What kube-score asks for by default and we do not want, and why. */
const IGNORED = {
  'container-image-pull-policy': 'tags of releases stay as they are; pods start while the registry is away',
  'container-security-context-user-group-id': 'user 1000 is that of the base image',
  'deployment-has-host-podantiaffinity': 'topologySpreadConstraints spread the pods',
};
const SCORE = [
  ...['score', '--kubernetes-version', `v${KUBERNETES}`, '--exit-one-on-warning'],
  // Limits of CPU make what is late later; requests share it out.
  '--ignore-container-cpu-limit',
  ...Object.keys(IGNORED).flatMap((name) => ['--ignore-test', name]),
];

/** Runs a check in deploy/ to its end, and shows what it says where something is wrong. */
function check(name: string, { command, args = [], env }: Tool, ...more: string[]): boolean {
  const { status, error, stdout, stderr } = spawnSync(command, [...args, ...more], {
    cwd: DEPLOY,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error) throw error;
  const good = status === 0;
  console.log(good ? `${name}: good` : `${name}: wrong\n${(stdout + stderr).trimEnd()}`);
  if (!good) process.exitCode = 1;
  return good;
}

async function main(): Promise<void> {
  const tools = await findDeployTools();
  const folder = mkdtempSync(join(tmpdir(), 'steward-deploy-'));
  const manifests = join(folder, 'kubernetes.yaml');
  const compose = join(folder, 'compose.yaml');
  try {
    check('hadolint', tools.hadolint, 'Dockerfile');
    // compose-go's program takes no settings: what must be given is put in their places.
    writeFileSync(
      compose,
      readFileSync(join(DEPLOY, 'compose.yaml'), 'utf8').replace(/\$\{\w+:\?\}/g, 'given'),
    );
    check('compose-go', tools.composeGo, compose);
    if (check('kustomize', tools.kustomize, 'build', '--output', manifests, 'kubernetes')) {
      const example = 'kubernetes/secret.example.yaml';
      check('kubernetes-validate', tools.kubernetesValidate, '--strict', manifests, example);
      check('kube-score', tools.kubeScore, ...SCORE, manifests);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
