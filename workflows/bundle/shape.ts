import { STANDINGS, type BundleAsk, type BundleStep, type LineStanding } from '../../domain/bundle';
import { refusal } from '../refusal';

/** What bundles and their lines say to each other may come from the Temporal UI and CLI too. */
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isMoney: Check = (value) => fits(value, { currency: isText, minor: Number.isSafeInteger });

const ASK: Record<keyof BundleAsk, Check> = {
  step: isText,
  orderId: isText,
  orderLineId: isText,
  requestId: isText,
  amount: isMoney,
  reason: isText,
  received: (value) => value === undefined || typeof value === 'boolean',
  end: (value) => value === undefined || fits(value, { outcome: isOutcome, because: isTextOrNull }),
};

const STANDING: Record<keyof LineStanding, Check> = {
  requestId: isText,
  orderLineId: isText,
  standing: (value) => STANDINGS.some((standing) => standing === value),
  revision: Number.isSafeInteger,
};

/** @throws `INVALID_REQUEST` unless it has all that a step has, and nothing else */
export function checkAsk(step: BundleStep, ask: unknown): void {
  if (fits(ask, { ...ASK, step: (value) => value === step })) return;
  const problems = `a step ${step} of {${Object.keys(ASK).join(', ')}} is needed`;
  throw refusal('INVALID_REQUEST', { problems });
}

/** Whether a line can have said this of itself. */
export function isLineStanding(said: unknown): said is LineStanding {
  return fits(said, STANDING);
}

function isOutcome(value: unknown): boolean {
  return value === 'REJECTED' || value === 'REFUSED' || value === 'WITHDRAWN';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

/** Whether a value is an object of these fields, each as it is to be, and of no others. */
function fits(value: unknown, fields: Record<string, Check>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  if (Object.keys(given).some((name) => !Object.hasOwn(fields, name))) return false;
  return Object.entries(fields).every(([name, check]) => check(given[name]));
}
