import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StewardError } from '../domain/errors';
import { WINDOW_PROFILES, type WindowProfile } from '../domain/windows';
import { temporalProfile, type TemporalProfile } from '../temporal.config';
import { loadKeys, type Environment, type Keys } from './keys';

/** Everything that a Steward process reads from its environment (design §5, "Settings"). */
export interface Settings {
  /** `STEWARD_STATE`: where `steward up` keeps what it needs; default `.steward` in the working folder. */
  stateFolder: string;
  /** `DATABASE_URL`: PostgreSQL. Without it, `steward up` keeps PGlite in the state folder. */
  databaseUrl: string | undefined;
  /** `STEWARD_WINDOWS`: the rules that new orders begin with; default `standard`. */
  windows: WindowProfile;
  temporal: TemporalProfile;
  /** `PLATFORM_URL`: takes refunds and events. */
  platformUrl: string;
  egress: {
    /** `STEWARD_EGRESS_ALLOW`: `host:port` list of sellers that may have non-public addresses. */
    allow: string[];
    /** Content of the PEM file `STEWARD_EGRESS_CA`. */
    ca: string | undefined;
  };
  /** `JWT_ISSUER`, `JWT_AUDIENCE` (both default `steward`), and `JWT_SECRET` or `JWT_JWKS_URL`. */
  auth: { issuer: string; audience: string; secret: string | undefined; jwksUrl: string | undefined };
  keys: Keys;
}

/** The state folder alone, for what runs before keys are there. */
export function stateFolder(env: Environment): string {
  return resolve(env['STEWARD_STATE'] || '.steward');
}

/** Reads and checks the settings. Throws `CONFIG_INVALID` or `KEY_MISSING` with the setting's name. */
export function readSettings(env: Environment): Settings {
  return {
    stateFolder: stateFolder(env),
    databaseUrl: env['DATABASE_URL'] || undefined,
    windows: windowProfile(env['STEWARD_WINDOWS'] || 'standard'),
    temporal: temporalProfile(env),
    platformUrl: required(env, 'PLATFORM_URL', 'it takes refunds and events'),
    egress: {
      allow: (env['STEWARD_EGRESS_ALLOW'] ?? '').split(',').filter(Boolean),
      ca: env['STEWARD_EGRESS_CA'] ? readPem(env['STEWARD_EGRESS_CA']) : undefined,
    },
    auth: authSettings(env),
    keys: loadKeys(env),
  };
}

/** The settings of bearer tokens alone, for those who issue them. */
export function authSettings(env: Environment): Settings['auth'] {
  return {
    issuer: env['JWT_ISSUER'] || 'steward',
    audience: env['JWT_AUDIENCE'] || 'steward',
    secret: env['JWT_SECRET'] || undefined,
    jwksUrl: env['JWT_JWKS_URL'] || undefined,
  };
}

function required(env: Environment, setting: string, reason: string): string {
  const value = env[setting];
  if (!value) throw new StewardError('CONFIG_INVALID', { setting, reason: `is missing: ${reason}` });
  return value;
}

function windowProfile(text: string): WindowProfile {
  const profile = WINDOW_PROFILES.find((known) => known === text);
  if (profile) return profile;
  const reason = `"${text}" is none of ${WINDOW_PROFILES.join(', ')}`;
  throw new StewardError('CONFIG_INVALID', { setting: 'STEWARD_WINDOWS', reason });
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = `the file ${file} cannot be read`;
    throw new StewardError('CONFIG_INVALID', { setting: 'STEWARD_EGRESS_CA', reason }, { cause });
  }
}
