import { findShipments } from '../db/shipments';
import type { LogisticsEventAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import { CARRIER_AHEAD } from '../domain/logistics';
import type { Party } from '../domain/parties';
import type { LogisticsEventBody } from '../domain/schemas/logistics';
import type { LogisticsEvent } from '../workflows/messages';
import type { ApiContext } from './context';

/** A carrier with what it tells. */
export interface GivenLogisticsEvent {
  party: Party;
  event: LogisticsEventBody;
}

/**
 * Hands on what a carrier tells of a parcel to all lines that have it now (design §5); what is news, each decides
 * itself. The same `updateId` takes effect once.
 *
 * @returns how many were told, and nothing else of them: carriers see no orders
 * @throws `NOT_FOUND` when no line has the parcel (yet), `INVALID_REQUEST` for what has not happened yet, and
 * `TRY_AGAIN` when a line did not answer: told again, the others take it as what it is
 */
export async function takeLogisticsEvent(
  api: Pick<ApiContext, 'database' | 'lines'>,
  { party, event }: GivenLogisticsEvent,
  updateId: string,
): Promise<LogisticsEventAnswer> {
  const { carrier, trackingNumber, state } = event;
  const at = Date.parse(event.at);
  if (at > Date.now() + CARRIER_AHEAD) {
    throw new StewardError('INVALID_REQUEST', { problems: 'at: it lies in the future' });
  }
  const lines = await findShipments(api.database, carrier, trackingNumber);
  if (lines.length === 0) {
    throw new StewardError('NOT_FOUND', { what: 'parcel', id: `${carrier} ${trackingNumber}` });
  }
  const news: LogisticsEvent = { by: party, carrier, trackingNumber, state, at };
  const told = await Promise.allSettled(lines.map((line) => api.lines.learn(line, news, updateId)));
  const fault = told.find((one): one is PromiseRejectedResult => isFault(one));
  if (fault) throw fault.reason;
  return { lines: told.filter(wasTold).length };
}

/** A refusal is the line's last word; whatever else went wrong may go well the next time. */
function isFault(one: PromiseSettledResult<unknown>): boolean {
  if (one.status === 'fulfilled') return false;
  return !(one.reason instanceof StewardError) || one.reason.status >= 500;
}

/** Null: the line runs no more. */
function wasTold(one: PromiseSettledResult<unknown>): boolean {
  return one.status === 'fulfilled' && one.value !== null;
}
