import type { Check } from '../check';
import { CALENDAR } from './calendar';
import { CLOCK } from './clock';
import { DATABASE } from './database';
import { EGRESS_CA } from './egress-ca';
import { KEYS } from './keys';
import { MAIL } from './mail';
import { MIGRATIONS } from './migrations';
import { NAMESPACE } from './namespace';
import { PLATFORM } from './platform';
import { SCHEDULES } from './schedules';
import { SEARCH_ATTRIBUTES } from './search-attributes';
import { SETTINGS } from './settings';
import { STATE_FOLDER } from './state-folder';
import { STORED_KEYS } from './stored-keys';
import { TEMPORAL } from './temporal';
import { TEMPORAL_TLS } from './temporal-tls';
import { TOKEN_KEYS } from './token-keys';

/** All checks, in the order in which `steward doctor` tells of them. */
export const CHECKS: readonly Check[] = [
  SETTINGS,
  KEYS,
  STATE_FOLDER,
  DATABASE,
  MIGRATIONS,
  STORED_KEYS,
  TEMPORAL,
  TEMPORAL_TLS,
  NAMESPACE,
  SEARCH_ATTRIBUTES,
  SCHEDULES,
  EGRESS_CA,
  PLATFORM,
  TOKEN_KEYS,
  MAIL,
  CLOCK,
  CALENDAR,
];
