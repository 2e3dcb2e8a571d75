import type { BundleAsk } from '../../domain/bundle';
import type { OrderLine, Unsubscription } from '../../domain/order-line';
import { WINDOWS } from '../../domain/windows';
import { ENDED_FROM_OUTSIDE, giveBack } from '../../workflows/bundle/give-back';
import { checkAsk, isLineStanding } from '../../workflows/bundle/shape';
import { signalBundle } from '../../workflows/bundle/tell';
import { Line } from '../../workflows/line';
import { newState, type BundlePart } from '../../workflows/state';

/** A line's part in the unsubscription of its bundle, outside of any workflow: only the server's answers are stood in for. */

const signal = jest.fn<Promise<void>, []>();
jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  getExternalWorkflowHandle: () => ({ signal }),
}));

const PAID = { currency: 'CNY', minor: 990_000 };

function lineWith(part: BundlePart, status: Unsubscription['status'] = 'REQUESTED'): Line {
  const order: OrderLine = {
    ...{ orderId: 'O-1', orderLineId: 'O-1-000001', orderType: 'NEW', site: 'china', bundle: true },
    ...{ sellerId: 'seller-1', buyerId: 'buyer-1', productId: 'product-1', skuId: 'sku-1' },
    ...{ delivery: 'hardware', charging: { mode: 'ONE_TIME' }, amount: PAID, trial: false, feeRate: 0 },
  };
  const line = new Line(order, WINDOWS.standard, newState(order, Date.now()));
  line.state.bundle = part;
  line.state.unsubscription = { id: 'O-1-000001-U1', status, amount: PAID, reason: 'No use' };
  return line;
}

const partOf = (requestId: string): BundlePart => ({ requestId, step: 'ASKED', told: 'ASKED' });
const mailsOf = ({ state }: Line) => state.mails.map(({ request: { kind, to } }) => `${kind} ${to}`);

describe('the end of a request', () => {
  it.each([
    ['REQUESTED', 'WITHDRAWN', ['unsubscription-withdrawn seller']],
    ['OPERATOR_CONFIRMING', 'WITHDRAWN', ['unsubscription-withdrawn operator']],
    ['REQUESTED', 'REJECTED', ['unsubscription-rejected buyer', 'unsubscription-rejected seller']],
    ['OPERATOR_CONFIRMING', 'REFUSED', ['unsubscription-rejected buyer', 'unsubscription-rejected operator']],
  ] as const)('of a line in %s, as %s, is told to whom it was asked of', (before, outcome, mails) => {
    const line = lineWith(partOf('R-1'), before);
    giveBack(line, { outcome, because: null });
    expect(line.state.unsubscription).toMatchObject({ status: outcome });
    expect(mailsOf(line)).toEqual(mails);
  });
});

describe('a bundle that hears nothing any more', () => {
  it('ends the part of its line', async () => {
    signal.mockRejectedValueOnce(new Error('workflow execution already completed'));
    const part = partOf('R-1');
    const line = lineWith(part);
    await signalBundle(line, part);
    expect(line.state.unsubscription).toMatchObject({ status: ENDED_FROM_OUTSIDE.outcome });
  });

  it('ends nothing of a later request, which has the line by then', async () => {
    const line = lineWith(partOf('R-1'));
    const { bundle: former } = line.state;
    signal.mockImplementationOnce(() => {
      line.state.bundle = partOf('R-2');
      return Promise.reject(new Error('workflow execution already completed'));
    });
    await signalBundle(line, former!);
    expect(line.state.bundle).toEqual(partOf('R-2'));
    expect(line.state.unsubscription).toMatchObject({ status: 'REQUESTED' });
  });
});

describe('what comes past the workflow of the bundle', () => {
  const ASK: BundleAsk = {
    ...{ step: 'reserve', orderId: 'O-1', orderLineId: 'O-1-000001', requestId: 'R-1' },
    ...{ amount: PAID, reason: 'No use' },
  };

  it('is taken as the bundle asks it', () => {
    const end = { outcome: 'WITHDRAWN' as const, because: null };
    for (const ask of [ASK, { ...ASK, received: false }, { ...ASK, end }]) {
      expect(() => checkAsk('reserve', ask)).not.toThrow();
    }
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'reserve'],
    ['another step', { ...ASK, step: 'refund' }],
    ['no request id', { ...ASK, requestId: undefined }],
    ['a number as request id', { ...ASK, requestId: 1 }],
    ['no amount', { ...ASK, amount: null }],
    ['half an amount', { ...ASK, amount: { currency: 'CNY' } }],
    ['an amount in text', { ...ASK, amount: { currency: 'CNY', minor: '1' } }],
    ['a list as reason', { ...ASK, reason: ['No use'] }],
    ['received in words', { ...ASK, received: 'yes' }],
    ['an end that is none', { ...ASK, end: { outcome: 'APPROVED', because: null } }],
    ['a field that nobody knows', { ...ASK, refund: PAID }],
  ])('is refused with %s', (_name, ask) => {
    expect(() => checkAsk('reserve', ask)).toThrow('a step reserve of {step, orderId');
  });

  it('as what a line says of itself is heard only if a line can have said it', () => {
    const said = { requestId: 'R-1', orderLineId: 'O-1-000001', standing: 'AGREED', revision: 3 };
    expect(isLineStanding(said)).toBe(true);
    for (const other of [
      ...[undefined, null, 'AGREED', {}, { ...said, standing: 'PAID' }, { ...said, standing: null }],
      ...[
        { ...said, revision: '4' },
        { ...said, more: true },
      ],
    ]) {
      expect(isLineStanding(other)).toBe(false);
    }
  });
});
