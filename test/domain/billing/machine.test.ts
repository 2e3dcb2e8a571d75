import { BILL_COMMAND_NAMES, type BillCommand } from '../../../domain/billing/commands';
import { BILL_FLOW_NAMES, BILL_FLOWS, billFlowName, stepOf } from '../../../domain/billing/flows';
import { commandsIn, isBillEnd, next } from '../../../domain/billing/machine';
import type { BillNode } from '../../../domain/billing/nodes';

/** The flows of bills as data (domain.md 5.3). */

const FLOWS = BILL_FLOW_NAMES.map((name) => [name, BILL_FLOWS[name]] as const);
const ENDS: BillNode[] = ['PAID', 'SETTLED'];
const SUMS = [0, 9_750];

/** All that follows a node, by any command or by itself. */
function followers(flow: (typeof FLOWS)[number][1], node: BillNode): BillNode[] {
  const { passesTo } = stepOf(flow, node);
  const moves = BILL_COMMAND_NAMES.flatMap((command) =>
    SUMS.flatMap((payableMinor) => next(flow, { node, payableMinor }, command) ?? []),
  );
  return [...(passesTo ? [passesTo] : []), ...moves].filter((to) => to !== node);
}

function reachedFrom(flow: (typeof FLOWS)[number][1], start: BillNode): BillNode[] {
  const reached = [start];
  for (const node of reached) {
    reached.push(...followers(flow, node).filter((to) => !reached.includes(to)));
  }
  return [...new Set(reached)];
}

describe.each(FLOWS)('%s', (_name, flow) => {
  const nodes = Object.keys(flow) as BillNode[];

  it('reaches every node from GENERATED, and no other', () => {
    expect(reachedFrom(flow, 'GENERATED').sort()).toEqual([...nodes].sort());
  });

  it('has a way to payment from each node, and only ends are dead ends', () => {
    for (const node of nodes) {
      const end = ENDS.includes(node);
      const seen = { end: isBillEnd(flow, node), dead: followers(flow, node).length === 0 };
      const paid = reachedFrom(flow, node).includes('PAID');
      expect({ node, ...seen, paid }).toEqual({ node, end, dead: end, paid: node !== 'SETTLED' });
    }
  });

  it('takes no command in an end, and a seller may ask for progress everywhere else', () => {
    for (const node of nodes) {
      const possible = commandsIn(flow, { node, payableMinor: 1 });
      const seen = { any: possible.length > 0, asks: possible.includes('ask-progress') };
      const open = !ENDS.includes(node);
      expect({ node, ...seen }).toEqual({ node, any: open, asks: open });
    }
  });

  it('adjusts under review only: what a seller has confirmed does not change', () => {
    const adjusted = nodes.filter((node) => commandsIn(flow, { node, payableMinor: 1 }).includes('adjust'));
    expect(adjusted).toEqual(['UNDER_REVIEW']);
  });

  it('pays by record-payment alone', () => {
    const pays = nodes.flatMap((node) =>
      BILL_COMMAND_NAMES.filter((command) => next(flow, { node, payableMinor: 1 }, command) === 'PAID'),
    );
    expect(pays).toEqual(['record-payment']);
  });
});

/** The nodes through which commands lead, from the review on. */
function way(name: keyof typeof BILL_FLOWS, payableMinor: number, ...commands: BillCommand[]): string[] {
  const flow = BILL_FLOWS[name];
  let node: BillNode = 'UNDER_REVIEW';
  return commands.map((command) => {
    node = next(flow, { node, payableMinor }, command) ?? node;
    node = stepOf(flow, node).passesTo ?? node;
    return node;
  });
}

it.each([
  [
    'joint',
    ['review-pass', 'object', 'review-pass', 'confirm-bill', 'submit-invoice', 'sign-for-invoice'],
    ['AWAITING_CONFIRMATION', 'UNDER_REVIEW', 'AWAITING_CONFIRMATION'].concat(
      ...['AWAITING_INVOICE', 'INVOICE_SENT', 'INVOICE_VALIDATING'],
    ),
  ],
  [
    'international',
    ['review-pass', 'submit-invoice', 'sign-for-invoice', 'reject-invoice'],
    ['AWAITING_INVOICE', 'INVOICE_SENT', 'INVOICE_VALIDATING', 'AWAITING_INVOICE'],
  ],
  [
    'general',
    ['review-pass', 'countersign', 'payment-failed', 'record-payment'],
    ['COUNTERSIGNING', 'PAYING', 'PAYING', 'PAID'],
  ],
] as const)('%s goes its way', (name, commands, nodes) => {
  expect(way(name, 1, ...commands)).toEqual(nodes);
});

it('closes without payment, where money would come in, a bill that has nothing to pay', () => {
  expect(way('joint', 0, 'review-pass', 'confirm-bill')).toEqual(['AWAITING_CONFIRMATION', 'SETTLED']);
  expect(way('international', 0, 'review-pass')).toEqual(['SETTLED']);
  expect(way('general', 0, 'review-pass')).toEqual(['SETTLED']);
});

it('is chosen by variant and site', () => {
  expect(billFlowName({ variant: 'joint', site: 'china' })).toBe('joint');
  expect(billFlowName({ variant: 'joint', site: 'intl' })).toBe('international');
  expect(billFlowName({ variant: 'general', site: 'china' })).toBe('general');
  expect(billFlowName({ variant: 'general', site: 'intl' })).toBe('general');
});
