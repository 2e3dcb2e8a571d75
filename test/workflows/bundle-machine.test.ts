import type { BundlePhase, Standing } from '../../domain/bundle';
import { endedBy, hear, next, type BundleState } from '../../workflows/bundle/machine';

/** The pure machine of a bundle's unsubscription (domain.md 3.1): two lines say how they stand, the buyer may withdraw. */

const STANDINGS = [
  ...['RESERVED', 'ASKED', 'AGREED', 'FROZEN', 'LOCKED', 'REJECTED', 'REFUSED', 'OVER', null],
] as (Standing | null)[];
const ENDS: BundlePhase[] = ['APPROVED', 'REJECTED', 'REFUSED', 'WITHDRAWN'];
const OPEN: BundlePhase[] = ['RESERVING', 'ASKING', 'WAITING', 'LOCKING', 'UNLOCKING'];

function stateIn(
  phase: BundlePhase,
  standings: (Standing | null)[],
  more: Partial<BundleState> = {},
): BundleState {
  const lines = standings.map((standing, n) => ({ orderLineId: `L${n + 1}`, standing, revision: 1 }));
  return { phase, lines, refusal: null, withdrawnBy: null, repeated: false, ...more };
}

const PAIRS = STANDINGS.flatMap((one) => STANDINGS.map((other) => [one, other]));

test('only lines that are all locked are refunded, and only while nobody has taken the request back', () => {
  for (const phase of OPEN) {
    for (const pair of PAIRS) {
      for (const withdrawnBy of [null, 'buyer', 'operator'] as const) {
        const locked = phase === 'LOCKING' && pair.every((standing) => standing === 'LOCKED');
        const approved = next(stateIn(phase, pair, { withdrawnBy })) === 'APPROVED';
        expect({ phase, pair, withdrawnBy, approved }).toEqual({
          ...{ phase, pair, withdrawnBy },
          approved: locked && withdrawnBy === null,
        });
      }
    }
  }
});

test('an end is an end, whatever comes after it', () => {
  for (const end of ENDS) {
    for (const pair of PAIRS) expect(next(stateIn(end, pair, { withdrawnBy: 'buyer' }))).toBe(end);
  }
});

test('one line that says no ends it for all, in every phase', () => {
  for (const phase of OPEN) {
    for (const other of STANDINGS) {
      expect(next(stateIn(phase, ['REJECTED', other]))).toBe('REJECTED');
      const first = other === 'REJECTED' ? 'REJECTED' : 'REFUSED';
      expect(next(stateIn(phase, [other, 'REFUSED']))).toBe(first);
    }
    const refusal = { orderLineId: 'L2', code: 'LICENSE_CLAIMED' as const, params: {} };
    expect(next(stateIn(phase, ['RESERVED', null], { refusal }))).toBe('REFUSED');
  }
});

test('every phase is reached, and from every phase each end', () => {
  const reached = new Set<BundlePhase>(['RESERVING']);
  const follows = new Map<BundlePhase, Set<BundlePhase>>();
  const all = OPEN.flatMap((phase) =>
    PAIRS.flatMap((pair) => ([null, 'buyer'] as const).map((withdrawnBy) => ({ phase, pair, withdrawnBy }))),
  );
  for (const { phase, pair, withdrawnBy } of all) {
    const onward = follows.get(phase) ?? new Set();
    follows.set(phase, onward.add(next(stateIn(phase, pair, { withdrawnBy }))));
  }
  const from = (phase: BundlePhase, seen = new Set<BundlePhase>()): Set<BundlePhase> => {
    if (seen.has(phase)) return seen;
    seen.add(phase);
    for (const to of follows.get(phase) ?? []) from(to, seen);
    return seen;
  };
  for (const phase of from('RESERVING')) reached.add(phase);
  expect([...reached].sort()).toEqual([...OPEN, ...ENDS].sort());
  for (const phase of OPEN) for (const end of ENDS) expect([...from(phase)]).toContain(end);
});

test('once every line has answered, a request never goes on reserving, however far its lines are', () => {
  for (const pair of PAIRS.filter((standings) => !standings.includes(null))) {
    const onward = next(stateIn('RESERVING', pair));
    expect({ pair, onward }).not.toEqual({ pair, onward: 'RESERVING' });
  }
  expect(next(stateIn('RESERVING', ['RESERVED', null]))).toBe('RESERVING');
});

test('while sellers are waited for no line is locked: those that a former run locked are unlocked first', () => {
  expect(next(stateIn('RESERVING', ['LOCKED', 'ASKED']))).toBe('ASKING');
  expect(next(stateIn('ASKING', ['LOCKED', 'ASKED']))).toBe('UNLOCKING');
  expect(next(stateIn('UNLOCKING', ['AGREED', 'ASKED']))).toBe('WAITING');
});

test('an appeal over an approved line holds all up, and nothing is refunded meanwhile', () => {
  expect(next(stateIn('WAITING', ['AGREED', 'FROZEN']))).toBe('WAITING');
  // It was opened after the last approval, before this line was locked.
  expect(next(stateIn('LOCKING', ['LOCKED', 'FROZEN']))).toBe('UNLOCKING');
  expect(next(stateIn('UNLOCKING', ['AGREED', 'FROZEN']))).toBe('WAITING');
  expect(next(stateIn('WAITING', ['AGREED', 'AGREED']))).toBe('LOCKING');
});

test('what a line says late, or twice, takes back nothing newer', () => {
  const state = stateIn('WAITING', ['ASKED', 'ASKED']);
  const say = (standing: Standing, revision: number) =>
    hear(state, { requestId: 'R', orderLineId: 'L1', standing, revision });
  say('AGREED', 5);
  say('ASKED', 4);
  say('AGREED', 5);
  expect(state.lines[0]).toEqual({ orderLineId: 'L1', standing: 'AGREED', revision: 5 });
  hear(state, { requestId: 'R', orderLineId: 'of another order', standing: 'REJECTED', revision: 9 });
  expect(next(state)).toBe('WAITING');
});

test('it is known which line ended it', () => {
  expect(endedBy(stateIn('WAITING', ['AGREED', 'REJECTED']))).toBe('L2');
  expect(endedBy(stateIn('WAITING', ['REFUSED', 'AGREED']))).toBe('L1');
  expect(endedBy(stateIn('WAITING', ['ASKED', 'AGREED'], { withdrawnBy: 'buyer' }))).toBeNull();
});
