import { describe as lineOf, unseen } from '../../cli/up/progress';
import type { Sample } from '../../cli/up/samples';
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
