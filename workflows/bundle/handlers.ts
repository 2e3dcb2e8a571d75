import { condition, setHandler } from '@temporalio/workflow';
import type { BundleRequest } from '../../domain/bundle';
import type { Party } from '../../domain/parties';
import { bundleQuery, requestBundleUpdate, standingSignal, withdrawBundleUpdate } from '../messages';
import { refusal } from '../refusal';
import type { Bundle } from './bundle';
import { hear, isEnd } from './machine';
import { isLineStanding } from './shape';

/** What the buyer, through the API, and the lines say to the unsubscription of a bundle. */
export function handleMessages(bundle: Bundle): void {
  const { state, request } = bundle;
  setHandler(bundleQuery, () => {
    const lines = state.lines.map(({ orderLineId, standing }) => ({ orderLineId, standing }));
    return { requestId: request.requestId, phase: state.phase, lines };
  });

  setHandler(standingSignal, (said) => {
    if (!isLineStanding(said) || said.requestId !== request.requestId) return;
    hear(state, said);
    bundle.show();
  });

  setHandler(
    requestBundleUpdate,
    async () => {
      await condition(() => bundle.over || !['RESERVING', 'ASKING'].includes(state.phase));
      if (!isEnd(state.phase)) return { phase: state.phase };
      // Those who ask again at once find all lines free.
      await condition(() => bundle.over);
      if (state.refusal) {
        const { orderLineId, code, params } = state.refusal;
        throw refusal(code, { ...params, line: orderLineId });
      }
      // A line that came to another end before its seller was asked.
      if (state.phase === 'REFUSED' && bundle.because !== null) {
        throw refusal('REFUND_DECIDED', { line: bundle.because });
      }
      return { phase: state.phase };
    },
    {
      validator: (asked: BundleRequest) => {
        if (asked.requestId === request.requestId) return;
        if (isEnd(state.phase)) throw refusal('TRY_AGAIN');
        if (sameWish(asked, request)) return;
        const params = { id: request.orderId, command: 'request-unsubscription' };
        throw refusal('UNSUBSCRIPTION_PENDING', params);
      },
    },
  );

  setHandler(
    withdrawBundleUpdate,
    async () => {
      state.withdrawnBy ??= 'buyer';
      await condition(() => bundle.over);
      if (state.phase === 'APPROVED') throw refusal('REFUND_DECIDED');
      if (state.phase === 'WITHDRAWN') return { phase: state.phase };
      const params = { node: state.phase, allowed: 'request-unsubscription' };
      throw refusal('NOT_ALLOWED_NOW', { command: 'withdraw-unsubscription', ...params });
    },
    {
      validator: ({ by }: { by: Party }) => {
        if (by.role !== 'buyer') throw refusal('FORBIDDEN', { role: by.role, roles: 'buyer' });
        if (by.sub !== request.buyerId) throw refusal('NOT_FOUND', { what: 'order', id: request.orderId });
        if (state.phase === 'APPROVED') throw refusal('REFUND_DECIDED');
      },
    },
  );
}

/** Whether two requests ask for the same, by whichever ids. */
function sameWish(one: BundleRequest, other: BundleRequest): boolean {
  const wish = ({ reason, received, lines }: BundleRequest) =>
    JSON.stringify([
      ...[reason, received ?? null],
      ...lines.map(({ orderLineId, amount }) => [orderLineId, amount.currency, amount.minor]),
    ]);
  return wish(one) === wish(other);
}
