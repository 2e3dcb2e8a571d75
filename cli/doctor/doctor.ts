import { StewardError } from '../../domain/errors';
import type { Environment } from '../../workers/keys';
import { withStateKeys } from '../environment';
import { nextStep } from '../next-step';
import type { Check, Part } from './check';
import { CHECKS } from './checks';
import { notChecked, NotChecked, wrong, type Finding } from './finding';
import { groundOf, type Ground } from './ground';
import { hideSecrets } from './hide-secrets';

/** What `steward doctor` tells. */
export interface Diagnosis {
  /** Nothing is wrong; there may be warnings. */
  ok: boolean;
  checks: (Finding & { name: string })[];
}

/**
 * Looks at all that Steward stands on, changes nothing, and never rejects for what it finds. The checks run beside
 * each other, each within its time.
 *
 * @param part whose settings; those that only the other part needs are not checked
 * @param limit milliseconds for each check
 */
export async function diagnose(environment: Environment, part: Part, limit: number): Promise<Diagnosis> {
  const env = withoutEmpty(await withStateKeys(environment));
  const ground = groundOf(env, part, limit);
  try {
    const found = await Promise.all(CHECKS.map((check) => look(check, ground)));
    const hide = hideSecrets(env);
    const checks = CHECKS.map(({ name }, n) => ({ name, ...hide(found[n] as Finding) }));
    return { ok: checks.every(({ state }) => state !== 'wrong'), checks };
  } finally {
    await ground.close();
  }
}

async function look(check: Check, ground: Ground): Promise<Finding> {
  const { part } = ground;
  if (check.part && part !== 'all' && check.part !== part) {
    return notChecked(`only ${check.part === 'api' ? 'the API needs' : 'workers need'} it`);
  }
  const time = new AbortController();
  const seconds = Math.round(ground.limit / 1_000);
  const late = new Promise<Finding>((resolve) => {
    const timer = setTimeout(() => {
      time.abort();
      resolve(wrong(`no answer within ${seconds} s`, 'look what keeps it, or give it longer with --timeout'));
    }, ground.limit);
    time.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const looked = seen(check, ground, time.signal).catch((error: unknown) => explained(error));
  return Promise.race([looked, late]).finally(() => time.abort());
}

async function seen(check: Check, ground: Ground, signal: AbortSignal): Promise<Finding> {
  const { needs } = check;
  try {
    if (needs) await ground[needs]();
  } catch {
    return notChecked(`see ${needs}`);
  }
  return check.look(ground, signal);
}

/** An empty setting is none, wherever Steward reads one. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value));
}

/** What a check rejected with. */
function explained(error: unknown): Finding {
  if (error instanceof NotChecked) return notChecked(error.message);
  if (!(error instanceof StewardError)) {
    const words = error instanceof Error ? error.message : String(error);
    return wrong(words, 'look at the log of whatever answered');
  }
  if (error.code === 'CONFIG_INVALID' || error.code === 'KEY_MISSING') {
    return notChecked(`see settings: ${error.message}`);
  }
  return wrong(`${error.code}: ${error.message}`, nextStep(error.code) ?? 'look at the log');
}
