import type { StewardApiErrorCode } from '../client';

/** What to do at a terminal after an error whose message speaks of the API in general. */
const NEXT_STEPS: Partial<Record<StewardApiErrorCode, string>> = {
  UNREACHABLE: 'start Steward with "steward up", or say where it is with --api URL or STEWARD_API',
  UNEXPECTED_ANSWER: 'something else answers there; say where Steward is with --api URL or STEWARD_API',
  UNAUTHENTICATED:
    'make a token with "steward token --role ROLE --party ID", give it with --token or STEWARD_TOKEN',
  FORBIDDEN: 'make a token of the right role with "steward token --role ROLE --party ID"',
  NOT_FOUND: '"steward order list" shows the orders that this token may see',
  LINE_REQUIRED: 'name the line with --line ID; "steward order show" lists them',
  NOT_ALLOWED_NOW: '"steward order show" tells whose move it is and until when',
  CALL_IN_PROGRESS: '"steward calls --order ID" shows it; then give the command again',
  ORDER_ENDED: '"steward order show" tells how it ended',
  '92020004': 'the buyer claims it with "steward order do ORDER claim-license"',
  '92020005': 'compare it with what its buyer sees; only the seller of the order may use it',
  NOT_ACTIVATED: 'activate it with "steward license activate CODE"',
  IDEMPOTENCY_KEY_REUSED: 'leave --idempotency-key out for a fresh one',
  TRY_AGAIN: 'look whether a worker runs, and give the same command again',
  RATE_LIMITED: 'wait, and give the same command again',
  INVALID_REQUEST: 'correct it; --help shows an example',
  PRODUCT_NOT_READY: 'register it with "steward seller put" and "steward product put"',
  EARLIER_RUN_OPEN: 'bill the earlier month first, with "steward settle"',
  PERIOD_INVALID: 'name the month as in "--period 202610"',
  SETTLEMENT_STOPPED: 'give the same command again: it goes on with what is left',
  KEY_MISSING: 'set it in the environment, or let "steward up" make one in its state folder (STEWARD_STATE)',
  DATABASE_UNAVAILABLE: 'look whether PostgreSQL runs and DATABASE_URL names it, and try again',
  TEMPORAL_UNAVAILABLE:
    'look whether Temporal runs and TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE name it, and try again',
  SERVER_MISSING: 'make one of these ways possible, or name a running server with TEMPORAL_ADDRESS',
  CONFIG_INVALID: 'correct the setting in the environment',
};

export function nextStep(code: StewardApiErrorCode): string | undefined {
  return NEXT_STEPS[code];
}
