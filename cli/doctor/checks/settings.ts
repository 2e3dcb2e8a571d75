import { platformUrl } from '../../../activities/platform/platform-url';
import { allowedHosts, trust } from '../../../activities/production/egress-settings';
import { createAuthenticator } from '../../../api/auth';
import { StewardError } from '../../../domain/errors';
import { temporalProfile } from '../../../temporal.config';
import { codecKeys, KEY_SETTINGS, masterKeys, webhookSecret, type Environment } from '../../../workers/keys';
import { logisticsSettings } from '../../../workers/logistics-settings';
import { mailSettings } from '../../../workers/mail-settings';
import { metricsListen } from '../../../workers/metrics/settings';
import { deploymentVersion } from '../../../workers/release-settings';
import { required } from '../../../workers/required';
import { authSettings, egressSettings, windowSettings } from '../../../workers/settings';
import { tracesUrl } from '../../../workers/tracing/settings';
import type { Check, Part } from '../check';
import { ok, wrong } from '../finding';

/** What reads a group of settings, and who needs it; default: both. */
interface Reader {
  part?: Exclude<Part, 'all'>;
  read: (env: Environment) => unknown;
}

const READERS: readonly Reader[] = [
  { read: temporalProfile },
  { read: masterKeys },
  { read: codecKeys },
  { read: metricsListen },
  { read: tracesUrl },
  { part: 'api', read: (env) => createAuthenticator(authSettings(env)) },
  { part: 'api', read: windowSettings },
  { part: 'worker', read: webhookSecret },
  {
    part: 'worker',
    read: (env) => platformUrl(required(env, 'PLATFORM_URL', 'it takes refunds and events')),
  },
  { part: 'worker', read: deploymentVersion },
  { part: 'worker', read: mailSettings },
  { part: 'worker', read: logisticsSettings },
  { part: 'worker', read: (env) => allowedHosts(egressSettings(env).allow) },
  { part: 'worker', read: (env) => trust(egressSettings(env).ca) },
];

/** What `steward up` sets itself. */
const PLAYED = {
  PLATFORM_URL: 'http://127.0.0.1',
  SMTP_URL: 'smtp://127.0.0.1',
  STEWARD_ORDER_LINK: 'http://127.0.0.1/{orderId}',
};

/** Every setting that is missing or malformed, not only the first one. */
export const SETTINGS: Check = {
  name: 'settings',
  look({ env: given, local, part }) {
    const env = local ? { ...PLAYED, ...given } : given;
    const needed = READERS.filter((reader) => !reader.part || part === 'all' || reader.part === part);
    const faults = needed.flatMap(({ read }) => faultOf(() => read(env)));
    if (faults.length > 0) {
      const made = faults.some(isOfKey) ? '; "steward keys make" makes keys (docs/keys.md)' : '';
      return wrong(
        faults.map((fault) => (fault instanceof Error ? fault.message : String(fault))).join('. '),
        `set each of them in the environment, as deploy/steward.env.example has it${made}`,
      );
    }
    const who = part === 'all' ? 'worker and API need' : `${part === 'api' ? 'the API' : 'a worker'} needs`;
    return ok(`all that ${who} is set and can be read${local ? ' (of "steward up")' : ''}`);
  },
};

function faultOf(read: () => unknown): unknown[] {
  try {
    read();
    return [];
  } catch (error) {
    return [error];
  }
}

/** Whether the setting is one that is made, and not found out. */
function isOfKey(fault: unknown): boolean {
  return fault instanceof StewardError && Object.hasOwn(KEY_SETTINGS, fault.params['setting'] ?? '');
}
