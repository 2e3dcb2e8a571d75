import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { replay } from '../support/history-checks';
import { quietRuntime } from '../support/quiet';
import { readRecorded, recordedHistories } from '../support/recorded';

const names = recordedHistories();

beforeAll(quietRuntime);

test('there are recorded histories', () => {
  expect(names.length).toBeGreaterThan(0);
});

test.each(names)('%s replays on the code of today', async (name) => {
  const { history, workflowId } = readRecorded(name);
  await expect(replay(history, workflowId)).resolves.toBeUndefined();
});

test('none replays on a broken twin', async () => {
  const twin = bundleWorkflowCode({
    workflowsPath: require.resolve('./broken-twin'),
    failureConverterPath: require.resolve('../../workflows/failure-converter'),
    logger: new DefaultLogger('ERROR'),
  });
  const outcomes = await Promise.all(
    names.map(async (name) => {
      const { history, workflowId } = readRecorded(name);
      return replay(history, workflowId, twin).then(
        () => `${name} replayed`,
        (error: unknown) => (error as Error).name,
      );
    }),
  );
  expect(new Set(outcomes)).toEqual(new Set(['DeterminismViolationError']));
});
