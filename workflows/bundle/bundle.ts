import { proxyActivities, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { BundleActivities } from '../../activities/contracts';
import type { BundlePhase, BundleRequest, BundleStep } from '../../domain/bundle';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { ASK_LINE } from '../policies';
import { details, PHASES } from './details';
import { endedBy, hear, isEnd, type BundleState } from './machine';

const { askLine } = proxyActivities<BundleActivities>(ASK_LINE);

/** How steps read in the Temporal UI. */
const SUMMARIES: Record<BundleStep, string> = {
  reserve: 'Reserve',
  ask: 'Ask the seller of',
  lock: 'Lock',
  unlock: 'Unlock',
  refund: 'Refund',
  free: 'Free',
};

/** One request to unsubscribe a bundle: what it knows, and the few ways in which it moves. */
export class Bundle {
  readonly state: BundleState;
  /** The line that ended it; null when none did. */
  because: string | null = null;
  /** Every line knows the end. */
  over = false;

  constructor(readonly request: BundleRequest) {
    const lines = request.lines.map(({ orderLineId }) => ({ orderLineId, standing: null, revision: 0 }));
    this.state = { phase: 'RESERVING', lines, refusal: null, withdrawnBy: null, repeated: false };
  }

  enter(phase: BundlePhase): void {
    this.state.phase = phase;
    if (isEnd(phase)) this.because = endedBy(this.state);
    this.show();
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.node, value: phase },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: PHASES[phase].waitingFor },
      { key: SEARCH_ATTRIBUTES.orderStatus, value: isEnd(phase) ? phase : 'PROCESSING' },
    ]);
  }

  show(): void {
    setCurrentDetails(details(this.request, this.state));
  }

  /** Asks a step of every line, at the same time; returns when all have answered. */
  async askAll(step: BundleStep): Promise<void> {
    await Promise.all(this.request.lines.map((line) => this.ask(step, line)));
  }

  private async ask(step: BundleStep, { orderLineId, amount }: BundleRequest['lines'][number]) {
    const { state, request } = this;
    const { requestId, orderId, reason, received } = request;
    const { phase } = state;
    const ask = { step, requestId, orderId, orderLineId, amount, reason };
    const about = received === undefined ? {} : { received };
    const end =
      isEnd(phase) && phase !== 'APPROVED' ? { end: { outcome: phase, because: this.because } } : {};
    const summary = `${SUMMARIES[step]} line ${orderLineId}`;
    const reply = await askLine.executeWithOptions({ summary }, [{ ...ask, ...about, ...end }]);
    if (reply.kind === 'stands') {
      if (step === 'reserve' && reply.standing === 'OVER') state.repeated = true;
      hear(state, reply);
    } else if (step === 'reserve') {
      // Not started yet, or ended so lately that the API does not know: it finds out when it is asked again.
      const { code, params } = reply.kind === 'refused' ? reply : { code: 'TRY_AGAIN' as const, params: {} };
      state.refusal ??= { orderLineId, code, params };
    } else {
      hear(state, { requestId, orderLineId, standing: 'REFUSED', revision: Number.MAX_SAFE_INTEGER });
    }
    this.show();
  }
}
