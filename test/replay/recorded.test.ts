import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { replayAll } from '../support/history-checks';
import { quietRuntime } from '../support/quiet';
import { readRecorded, recordedHistories } from '../support/recorded';

const names = recordedHistories();
const recorded = names.map(readRecorded);
let outcomes: (Error | undefined)[];

/** Hundreds of histories, on a busy machine. */
const MINUTES = 600_000;

beforeAll(async () => {
  quietRuntime();
  outcomes = await replayAll(recorded);
}, MINUTES);

test('there are recorded histories', () => {
  expect(names.length).toBeGreaterThan(0);
  expect(outcomes).toHaveLength(names.length);
});

test.each(names.map((name, n) => [name, n] as const))('%s replays on the code of today', (_name, n) => {
  expect(outcomes[n]).toBeUndefined();
});

test(
  'none replays on a broken twin',
  async () => {
    const twin = bundleWorkflowCode({
      workflowsPath: require.resolve('./broken-twin'),
      failureConverterPath: require.resolve('../../workflows/failure-converter'),
      logger: new DefaultLogger('ERROR'),
    });
    const broken = await replayAll(recorded, twin);
    expect(broken).toHaveLength(names.length);
    expect(new Set(broken.map((error) => error?.name))).toEqual(new Set(['DeterminismViolationError']));
  },
  MINUTES,
);
