import type { Hand } from '../../cli/up/hand';
import { closingJson, describe as lineOf, seen, unseen } from '../../cli/up/progress';
import type { Sample } from '../../cli/up/samples';
import type { LogEntryAnswer, OrderLineAnswer } from '../../client';
import { orderBody } from '../support/orders';

/** How far a sample is, as a line on the screen. */

const SAMPLE: Sample = {
  title: 'A title that is much too long for the small window of a terminal',
  expected: 'COMPLETED',
  end: 'ENDED',
  seller: ['open'],
  hands: [],
  order: orderBody('CS2611-LONG'),
};

test('it keeps to the width of a terminal, and is whole elsewhere', () => {
  expect(lineOf(unseen(SAMPLE), 80)).toMatch(/^CS2611-LONG +PLACED +0 calls A title that is mu/);
  expect(lineOf(unseen(SAMPLE), 80).length).toBeLessThanOrEqual(80);
  expect(lineOf(unseen(SAMPLE))).toMatch(/ of a terminal$/);
});

test('calls are counted where a seller opens by them, and not where people deliver', () => {
  const service = { ...SAMPLE, order: orderBody('CS2611-SERVICE', { delivery: 'service' }) };
  expect(lineOf(unseen(SAMPLE))).toContain('0 calls');
  expect(lineOf(unseen(service))).not.toContain('call');
});

const entry = (by: 'operator' | 'steward', command: LogEntryAnswer['command']): LogEntryAnswer => ({
  ...{ at: '2026-11-23T10:00:00.000+08:00', by, command, note: '' },
  ...{ from: 'OPENING', to: 'OPENING' },
});

describe('an order that ended otherwise', () => {
  const CLOSED = { node: 'ENDED', status: 'CLOSED', dueAt: null } as OrderLineAnswer;
  const hand: Hand = {
    ...{ when: { node: 'RELEASE_UNCONFIRMED' }, by: 'operator', command: 'confirm-release' },
    data: { note: 'Removed' },
  };
  const sample = { ...SAMPLE, hands: [hand] };
  const own = entry('operator', 'confirm-release');
  const others = entry('operator', 'restart-call');
  const at = (log: LogEntryAnswer[], isTold = false) => seen(unseen(sample), { ...CLOSED, log }, [], isTold);

  test.each([
    ['nobody had a hand in it', at([entry('steward', null), own])],
    ['the demo itself gave its commands', at([own])],
  ])('is wrong where %s', (_why, progress) => {
    expect(lineOf(progress)).toContain('✗ expected COMPLETED, CLOSED: A title');
    expect(closingJson([progress]).ok).toBe(false);
  });

  test.each([
    ['gave a command', at([own, others])],
    ['gave one of the demo’s once more', at([own, own])],
    ['told the seller what to do', at([own], true)],
  ])('was mended where somebody %s', (_how, progress) => {
    expect(lineOf(progress)).toContain('• CLOSED, mended by hand, else COMPLETED: A title');
    expect(lineOf(progress)).not.toContain('✗');
  });

  test('is marked as expected where it came to that all the same', () => {
    const progress = seen(unseen(sample), { ...CLOSED, status: 'COMPLETED', log: [others] }, [], true);
    expect(lineOf(progress)).toContain('✓ COMPLETED: A title');
  });
});

test('time limits have their date where that is not today’s, in UTC+8', () => {
  const line = { node: 'OPENING', status: 'PROCESSING', waitingFor: 'seller', log: [] } as unknown;
  const until = (dueAt: string) =>
    lineOf(
      seen(unseen(SAMPLE), { ...(line as OrderLineAnswer), dueAt }, [], false),
      undefined,
      Date.parse('2026-11-23T17:00:00Z'),
    );
  expect(until('2026-11-24T02:20:49.000+08:00')).toMatch(/waits for seller until 02:20:49$/);
  expect(until('2026-11-23T23:59:59.000+08:00')).toMatch(/ until 2026-11-23 23:59:59$/);
  expect(until('2026-12-01T01:00:00.000+08:00')).toMatch(/ until 2026-12-01 01:00:00$/);
});
