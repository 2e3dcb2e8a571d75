import { CERTIFICATION_NODES, type CertificationNode } from '../../../domain/certification/certification';
import {
  CERTIFICATION_COMMAND_NAMES,
  isLocked,
  MAX_REJECTIONS,
  moverOf,
  next,
  possible,
  type CertificationCommand,
  type CertificationStanding,
} from '../../../domain/certification/machine';

const START: CertificationStanding = { node: 'UNCERTIFIED', rejections: 0 };

/** Where commands lead one after the other; null as soon as one is not possible. */
function after(...commands: CertificationCommand[]): CertificationStanding | null {
  return commands.reduce<CertificationStanding | null>((at, command) => at && next(at, command), START);
}

/** All that can be reached. */
function reachable(): CertificationStanding[] {
  const found: CertificationStanding[] = [START];
  for (const standing of found) {
    for (const command of possible(standing)) {
      const to = next(standing, command)!;
      if (!found.some((one) => JSON.stringify(one) === JSON.stringify(to))) found.push(to);
    }
  }
  return found;
}

test('each node is reached, none is a dead end, and there are no more than that', () => {
  const all = reachable();
  expect(new Set(all.map(({ node }) => node))).toEqual(new Set(Object.keys(CERTIFICATION_NODES)));
  for (const standing of all) expect(possible(standing)).not.toEqual([]);
  expect(Math.max(...all.map(({ rejections }) => rejections))).toBe(MAX_REJECTIONS);
});

test('what is possible leads somewhere, and nothing else does', () => {
  for (const standing of reachable()) {
    const leads = CERTIFICATION_COMMAND_NAMES.filter((command) => next(standing, command) !== null);
    expect(possible(standing).sort()).toEqual(leads.sort());
  }
});

test.each<[CertificationCommand[], CertificationNode | null]>([
  [['submit-certification'], 'UNDER_REVIEW'],
  [['submit-certification', 'approve-certification'], 'CERTIFIED'],
  [['submit-certification', 'reject-certification'], 'REJECTED'],
  [['submit-certification', 'approve-certification', 'update-certification'], 'UNDER_REVIEW'],
  [['submit-certification', 'approve-certification', 'update-finance-contact'], 'UNDER_REVIEW'],
  [['submit-certification', 'reject-certification', 'update-finance-contact'], 'UNDER_REVIEW'],
  [['update-certification'], null],
  [['approve-certification'], null],
  // What is being reviewed does not change meanwhile.
  [['submit-certification', 'update-certification'], null],
  [['submit-certification', 'submit-certification'], null],
  [['submit-certification', 'approve-certification', 'reject-certification'], null],
  [['submit-certification', 'reject-certification', 'reopen-certification'], null],
])('%j leads to %s', (commands, node) => {
  expect(after(...commands)?.node ?? null).toBe(node);
});

const rejected = (times: number) =>
  Array.from({ length: times }, () => ['submit-certification', 'reject-certification'] as const).flat();

test('after three rejections in a row only an operator goes on, and the count starts again', () => {
  expect(isLocked(after(...rejected(2))!)).toBe(false);
  const locked = after(...rejected(3))!;
  expect(isLocked(locked)).toBe(true);
  expect(possible(locked)).toEqual(['reopen-certification']);
  expect(moverOf(locked)).toBe('operator');
  const reopened = after(...rejected(3), 'reopen-certification')!;
  expect(reopened).toEqual({ node: 'REJECTED', rejections: 0 });
  expect(moverOf(reopened)).toBe('seller');
  expect(isLocked(after(...rejected(3), 'reopen-certification', ...rejected(2))!)).toBe(false);
});

test('an approval ends a row of rejections', () => {
  const again = ['update-certification', 'reject-certification'] as const;
  const standing = after(...rejected(2), 'submit-certification', 'approve-certification', ...again)!;
  expect(standing).toEqual({ node: 'REJECTED', rejections: 1 });
});

test('it is whose move', () => {
  expect(moverOf(START)).toBe('seller');
  expect(moverOf(after('submit-certification')!)).toBe('operator');
  expect(moverOf(after('submit-certification', 'approve-certification')!)).toBe('nobody');
});
