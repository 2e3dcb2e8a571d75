import type { Command } from '../../domain/commands';
import type { Role } from '../../domain/parties';
import { eventually } from './eventually';
import type { Contender, Race, RacedOrder } from './races';
import { PROOF } from './supervised';

const PART = { currency: 'CNY', minor: 500_000 };

/** A command that must be taken. */
async function must(order: RacedOrder, by: Role, command: Command, data: object = {}): Promise<void> {
  const { status, body } = await order.give(by, command, data);
  expect({ command, status, code: body.code }).toEqual({ command, status: 200, code: undefined });
}

const deliver = (order: RacedOrder) => must(order, 'seller', 'deliver', { proof: PROOF });

/** The line is delivered, accepted and completed. */
async function deliverAndAccept(order: RacedOrder): Promise<'COMPLETED'> {
  await deliver(order);
  await must(order, 'buyer', 'accept');
  return 'COMPLETED';
}

/** The seller's software activates the claimed code, and its proof is accepted by the system. */
async function activateAndProve(order: RacedOrder): Promise<'COMPLETED'> {
  const [line] = (await (await order.as('buyer')).client.getOrder(order.orderId)).lines;
  await (await order.as('seller')).client.activateLicense(line!.licenseCode!);
  await must(order, 'seller', 'submit-proof', { proof: PROOF });
  return 'COMPLETED';
}

const requestUnsubscription = { amount: PART, reason: 'We need it no more' };

/** The code is claimed, or some of the money is asked back: never both (domain.md 2.4). */
export const CLAIM_OR_REFUND: Race = {
  delivery: 'license-code',
  async prepare(order) {
    await must(order, 'seller', 'deliver');
    const { client } = await order.as('operator');
    await eventually(
      async () => (await client.getOrder(order.orderId)).lines[0]!.node,
      (node) => node === 'CLAIMING',
    );
  },
  contenders: [
    {
      ...{ by: 'buyer', command: 'claim-license', data: {}, refused: ['UNSUBSCRIPTION_PENDING'] },
      finish: activateAndProve,
    },
    {
      ...{ by: 'buyer', command: 'request-unsubscription', data: requestUnsubscription },
      refused: ['LICENSE_CLAIMED'],
      async finish(order) {
        await must(order, 'seller', 'approve-unsubscription');
        return 'UNSUBSCRIBED';
      },
    },
  ],
};

/** The seller agrees to an unsubscription that the buyer takes back. */
export const APPROVE_OR_WITHDRAW: Race = {
  delivery: 'license-package',
  prepare: (order) => must(order, 'buyer', 'request-unsubscription', requestUnsubscription),
  contenders: [
    {
      ...{ by: 'seller', command: 'approve-unsubscription', data: {}, refused: ['NOT_ALLOWED_NOW'] },
      finish: () => Promise.resolve('UNSUBSCRIBED'),
    },
    {
      // The refund may be over before it comes.
      ...{ by: 'buyer', command: 'withdraw-unsubscription', data: {} },
      refused: ['REFUND_DECIDED', 'ORDER_ENDED'],
      finish: deliverAndAccept,
    },
  ],
};

const accept: Contender = {
  ...{ by: 'buyer', command: 'accept', data: {}, refused: ['ORDER_ENDED'] },
  finish: () => Promise.resolve('COMPLETED'),
};

/** The seller appeals against a buyer who accepts. */
export const APPEAL_OR_ACCEPT: Race = {
  delivery: 'license-offline',
  prepare: deliver,
  contenders: [
    {
      ...{ by: 'seller', command: 'open-appeal', data: { reason: 'Nothing is accepted', proof: PROOF } },
      refused: ['ORDER_ENDED'],
      async finish(order) {
        const refunds = order.n % 3 === 0;
        const verdict = refunds ? { verdict: 'refund', amount: PART } : { verdict: 'complete' };
        await must(order, 'operator', 'resolve-appeal', { ...verdict, reason: 'As both agree' });
        return refunds ? 'UNSUBSCRIBED' : 'COMPLETED';
      },
    },
    { ...accept, refused: ['APPEAL_OPEN'] },
  ],
};

/** The same command from two tabs, each with a key of its own. */
export const TWO_TABS: Race = {
  delivery: 'license-offline',
  prepare: deliver,
  contenders: [accept, accept],
};
