import type { BillCommand } from '../domain/billing/commands';
import type { BillAnswer, BillRequest } from '../domain/billing/life';

/**
 * All that the API asks of the lives of bills. `api/temporal-bills.ts` does it with workflows; tests of the API bring a
 * stand-in.
 */
export interface BillService {
  /**
   * Gives a command; the same `updateId` takes effect once. Null when no such bill runs. Rejects with the catalogue's
   * code when it is refused, with `TRY_AGAIN` when no answer came in time.
   */
  command(
    billId: string,
    command: BillCommand,
    request: BillRequest,
    updateId: string,
  ): Promise<BillAnswer | null>;
}
