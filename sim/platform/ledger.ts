import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { PlatformEvent, RefundRequest } from '../../domain/events';

interface State {
  refunds: RefundRequest[];
  events: PlatformEvent[];
}

/**
 * What the platform took, each id once. With a file it is written before each answer, so that a platform
 * that is killed knows what it paid.
 */
export class Ledger {
  private readonly state: State;

  constructor(private readonly file: string | undefined) {
    const saved = file !== undefined && existsSync(file);
    this.state = saved ? (JSON.parse(readFileSync(file, 'utf8')) as State) : { refunds: [], events: [] };
  }

  get refunds(): readonly RefundRequest[] {
    return this.state.refunds;
  }

  get events(): readonly PlatformEvent[] {
    return this.state.events;
  }

  /** The status that the platform answers with: 200, 409 for what it has, 422 for another content under an id. */
  take(path: string, id: string, content: RefundRequest | PlatformEvent): 200 | 409 | 422 {
    const kept = path === '/refunds' ? this.refund(id) : this.event(id);
    if (kept) return JSON.stringify(kept) === JSON.stringify(content) ? 409 : 422;
    if ('refundId' in content) this.state.refunds.push(content);
    else this.state.events.push(content);
    this.save();
    return 200;
  }

  private refund(id: string): RefundRequest | undefined {
    return this.refunds.find(({ refundId }) => refundId === id);
  }

  private event(id: string): PlatformEvent | undefined {
    return this.events.find((event) => event.id === id);
  }

  private save(): void {
    if (this.file === undefined) return;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state));
    renameSync(`${this.file}.new`, this.file);
  }
}
