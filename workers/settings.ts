import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { LogisticsAccess } from '../activities/logistics/ports';
import type { MailAccess } from '../activities/mail/ports';
import { BILL_WINDOWS, type BillWindows } from '../domain/billing/windows';
import { StewardError } from '../domain/errors';
import { WINDOW_PROFILES, WINDOWS, type WindowProfile, type Windows } from '../domain/windows';
import { temporalProfile, type TemporalProfile } from '../temporal.config';
import {
  jwtSecret,
  sharedKeys,
  workerKeys,
  type Environment,
  type SharedKeys,
  type WorkerKeys,
} from './keys';
import { logisticsSettings } from './logistics-settings';
import { mailSettings } from './mail-settings';
import { metricsListen, type ListenAddress } from './metrics/settings';
import { deploymentVersion } from './release-settings';
import { required } from './required';
import { tracesUrl } from './tracing/settings';

/** What every Steward process reads from its environment (design §5, "Settings"). */
export interface SharedSettings {
  temporal: TemporalProfile;
  keys: SharedKeys;
  /** `STEWARD_METRICS_LISTEN`: where those who operate the process find it; without it nothing is measured. */
  metricsListen?: ListenAddress | undefined;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`: the URL that takes spans; without it there are none. */
  tracesUrl?: string | undefined;
}

/** What a worker needs. */
export interface WorkerSettings extends SharedSettings {
  /** `PLATFORM_URL`: takes refunds and events. */
  platformUrl: string;
  /** `SMTP_URL`, `MAIL_FROM`, `OPERATOR_EMAIL`, `OPERATOR_LANGUAGE` and `STEWARD_ORDER_LINK`. */
  mail: MailAccess;
  /** `KUAIDI100_URL`, `KUAIDI100_CUSTOMER` and `KUAIDI100_KEY`. */
  logistics: LogisticsAccess;
  egress: {
    /** `STEWARD_EGRESS_ALLOW`: `host:port` list of hosts that may have non-public addresses. */
    allow: string[];
    /** Content of the PEM file `STEWARD_EGRESS_CA`. */
    ca: string | undefined;
  };
  keys: WorkerKeys;
  /** No setting: only the demo of `steward up` may close a month before it is over. */
  closesEarly?: boolean;
  /** `STEWARD_BUILD_ID` and `STEWARD_DEPLOYMENT_NAME`: which build this worker is; none takes part in no releases. */
  deployment?: WorkerDeploymentVersion | undefined;
  /** `STEWARD_WINDOWS`: the rules that new bills begin with; default `standard`. */
  billWindows: BillWindows;
}

/** What the API needs. */
export interface ApiSettings extends SharedSettings {
  /** `STEWARD_WINDOWS`: the rules that new orders begin with; default `standard`. */
  windows: Windows;
  /** `JWT_ISSUER`, `JWT_AUDIENCE` (both default `steward`), and `JWT_SECRET` or `JWT_JWKS_URL`. */
  auth: { issuer: string; audience: string; secret: string | undefined; jwksUrl: string | undefined };
}

/** Worker and API in one. */
export type Settings = WorkerSettings & ApiSettings;

/** `STEWARD_STATE`: where `steward up` keeps what it needs; default `.steward` in the working folder. */
export function stateFolder(env: Environment): string {
  return resolve(env['STEWARD_STATE'] || '.steward');
}

/** Reads and checks all settings. Throws `CONFIG_INVALID` or `KEY_MISSING` with the setting's name. */
export function readSettings(env: Environment): Settings {
  return { ...apiSettings(env), ...workerSettings(env) };
}

/** Reads and checks what a worker needs. Throws as `readSettings` does. */
export function workerSettings(env: Environment): WorkerSettings {
  return {
    ...sharedSettings(env),
    platformUrl: required(env, 'PLATFORM_URL', 'it takes refunds and events'),
    mail: mailSettings(env),
    logistics: logisticsSettings(env),
    egress: egressSettings(env),
    keys: workerKeys(env),
    deployment: deploymentVersion(env),
    billWindows: BILL_WINDOWS[windowProfile(env)],
  };
}

/** Reads and checks what the API needs. Throws as `readSettings` does. */
export function apiSettings(env: Environment): ApiSettings {
  return {
    ...sharedSettings(env),
    windows: windowSettings(env),
    auth: { ...authSettings(env), secret: jwtSecret(env) },
  };
}

function sharedSettings(env: Environment): SharedSettings {
  return {
    temporal: temporalProfile(env),
    keys: sharedKeys(env),
    metricsListen: metricsListen(env),
    tracesUrl: tracesUrl(env),
  };
}

/** The settings of bearer tokens alone, for those who issue them. */
export function authSettings(env: Environment): ApiSettings['auth'] {
  return {
    issuer: env['JWT_ISSUER'] || 'steward',
    audience: env['JWT_AUDIENCE'] || 'steward',
    secret: env['JWT_SECRET'] || undefined,
    jwksUrl: env['JWT_JWKS_URL'] || undefined,
  };
}

/** Where sellers may be. Throws `CONFIG_INVALID` when the file of authorities cannot be read. */
export function egressSettings(env: Environment): WorkerSettings['egress'] {
  return {
    allow: (env['STEWARD_EGRESS_ALLOW'] ?? '').split(',').filter(Boolean),
    ca: env['STEWARD_EGRESS_CA'] ? readPem(env['STEWARD_EGRESS_CA']) : undefined,
  };
}

/** The rules that new orders begin with. Throws `CONFIG_INVALID`. */
export function windowSettings(env: Environment): Windows {
  return WINDOWS[windowProfile(env)];
}

function windowProfile(env: Environment): WindowProfile {
  const text = env['STEWARD_WINDOWS'] || 'standard';
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
