import type { BillService } from '../../api/bill-service';
import type { BillCommand } from '../../domain/billing/commands';
import type { BillAnswer, BillRequest } from '../../domain/billing/life';

/** Bills that answer what a test says; null for those that do not run. */
export class StandInBills implements BillService {
  readonly given: { billId: string; command: BillCommand; request: BillRequest; updateId: string }[] = [];
  answer: () => Promise<BillAnswer | null> = () => Promise.resolve(null);

  command(billId: string, command: BillCommand, request: BillRequest, updateId: string) {
    this.given.push({ billId, command, request, updateId });
    return this.answer();
  }
}
