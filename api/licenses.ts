import { findLicense, recordHeartbeat } from '../db/licenses';
import type { LineKey, RegisteredLine } from '../db/order-lines';
import type { ActivationAnswer, HeartbeatAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import type { Party } from '../domain/parties';
import { formatTime, iso } from '../domain/time';
import { goneError } from './command';
import type { ApiContext } from './context';
import { lineAfter, linesOf } from './read-order';
import type { UnknownLicenses } from './unknown-licenses';

/** What the routes of licence codes work with. */
export interface LicenseContext extends ApiContext {
  unknown: UnknownLicenses;
}

/** A seller with the code that its software was given. */
export interface GivenLicense {
  party: Party;
  /** As it was typed. */
  license: string;
}

/**
 * Activates a licence code (domain.md 2.4): its line allows or refuses it, in one turn with the buyer's
 * commands. The same `updateId` takes effect once.
 *
 * @throws `92020005`, `TOO_MANY_UNKNOWN_LICENSES`, `ORDER_ENDED`, `TRY_AGAIN`, and whatever the line refuses with
 */
export async function activateLicense(
  api: LicenseContext,
  given: GivenLicense,
  updateId: string,
): Promise<ActivationAnswer> {
  const key = await findLine(api, given);
  const activated = await api.lines.activate(key, { by: given.party }, updateId);
  if (activated === null) throw goneOrActivated(await registered(api, given, key));
  await lineAfter(api, given.party, key, activated);
  return { ...key, activatedAt: iso(activated.activatedAt) };
}

/**
 * Notes that the software behind an activated code is in use (domain.md 2.4: at the first use each day).
 *
 * @throws `92020005`, `TOO_MANY_UNKNOWN_LICENSES`, `92020004`, `NOT_ACTIVATED`, `APPEAL_OPEN`, `ORDER_ENDED`
 */
export async function takeHeartbeat(api: LicenseContext, given: GivenLicense): Promise<HeartbeatAnswer> {
  const key = await findLine(api, given);
  const refusal = refusalOf(await registered(api, given, key));
  if (refusal) throw refusal;
  const at = Date.now();
  await recordHeartbeat(api.database, key, at);
  return { ...key, at: iso(at) };
}

/** The line of a code of this seller. Another seller's code is as unknown as one that does not exist. */
async function findLine(
  { database, keyring, unknown }: LicenseContext,
  { party: { sub: sellerId }, license }: GivenLicense,
): Promise<LineKey> {
  const key = await findLicense(database, keyring, sellerId, license);
  // Not before the look-up: of many requests at once others have been counted meanwhile.
  unknown.refuseLimited(sellerId);
  if (key) return key;
  unknown.count(sellerId);
  throw new StewardError('92020005');
}

async function registered(
  api: ApiContext,
  { party }: GivenLicense,
  { orderId, orderLineId }: LineKey,
): Promise<RegisteredLine> {
  const line = (await linesOf(api, party, orderId)).find((one) => one.orderLineId === orderLineId);
  if (!line) throw new StewardError('92020005');
  return line;
}

function goneOrActivated(line: RegisteredLine): StewardError {
  const activatedAt = line.view.license?.activatedAt;
  return typeof activatedAt === 'number'
    ? new StewardError('ALREADY_ACTIVATED', { at: formatTime(activatedAt) })
    : goneError(line);
}

function refusalOf({ orderLineId, view }: RegisteredLine): StewardError | null {
  const { status, appeal, license } = view;
  if (status === 'UNSUBSCRIBED' || status === 'CLOSED')
    return new StewardError('ORDER_ENDED', { orderLineId });
  if (appeal?.status === 'OPEN') return new StewardError('APPEAL_OPEN');
  if (typeof license?.claimedAt !== 'number') return new StewardError('92020004');
  return license.activatedAt === null ? new StewardError('NOT_ACTIVATED') : null;
}
