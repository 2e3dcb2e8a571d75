import type { BillDetails } from '../domain/answers';
import type { BillCommand } from '../domain/billing/commands';
import { StewardError } from '../domain/errors';
import type { Party } from '../domain/parties';
import type { ApiContext } from './context';
import { billAnswer, billFor, hasEnded } from './read-bill';
import { readAfter } from './registry-read';

/** A command of a party for one bill. */
export interface GivenBillCommand {
  party: Party;
  billId: string;
  command: BillCommand;
  /** Checked against the command's schema. */
  data: unknown;
  /** The same id takes effect once. */
  updateId: string;
}

/**
 * Gives a command to a bill and answers with it as it is then. The bill itself allows or refuses it.
 *
 * @throws `NOT_FOUND`, `BILL_ENDED`, `TRY_AGAIN`, and whatever the bill refuses with
 */
export async function giveBillCommand(
  api: Pick<ApiContext, 'database' | 'bills'>,
  { party, billId, command, data, updateId }: GivenBillCommand,
): Promise<BillDetails> {
  const before = await billFor(api, party, billId);
  const taken = await api.bills.command(billId, command, { by: party, data }, updateId);
  if (taken === null) {
    const { view } = before;
    throw hasEnded(before)
      ? new StewardError('BILL_ENDED', { billId, node: view.node })
      : new StewardError('TRY_AGAIN');
  }
  return billAnswer(await readAfter(taken, () => billFor(api, party, billId)));
}
