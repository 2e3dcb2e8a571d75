import type { ViewStore } from '../../activities/registry/ports';
import type { OpenDatabase } from '../../db/connect';
import { getOrder, listLines, unstartedLines } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import { openTestDatabase, testKeys } from '../support/database';
import { logEntry, sampleOrder, sampleView } from './samples';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const lineOf = async (orderId: string) => (await getOrder(database.db, orderId))[0]!;
const save = (orderId: string, view: LineView) => {
  const store: ViewStore = viewStore(database.db);
  return store.save(orderId, `${orderId}-000001`, view);
};
const register = (orderId: string) => registerOrder(database.db, testKeys, sampleOrder(orderId));

test('the newest revision is shown, whatever the order of arrival', async () => {
  await register('V-1');
  await save('V-1', sampleView(2, [1, 2]));
  await save('V-1', { ...sampleView(1, [1]), node: 'POLLING' });
  expect((await lineOf('V-1')).view).toEqual(sampleView(2, [1, 2]));
});

test('50 views at once, in any order, leave the newest one and the whole log', async () => {
  await register('V-2');
  const shuffled = Array.from({ length: 50 }, (_, i) => ((i * 37) % 50) + 1);
  // Each view has the three newest entries, as a workflow forgets the old ones.
  const views = shuffled.map((r) =>
    sampleView(
      r,
      [r - 2, r - 1, r].filter((seq) => seq > 0),
    ),
  );
  await Promise.all(views.map((view) => save('V-2', view)));
  const { view } = await lineOf('V-2');
  expect(view.revision).toBe(50);
  expect(view.dueAt).toBe(sampleView(50).dueAt);
  expect(view.log).toEqual(shuffled.sort((a, b) => a - b).map((seq) => logEntry(seq, `call ${seq}`)));
});

test('a late older view fills gaps of the log and changes no entry of it', async () => {
  await register('V-3');
  await save('V-3', { ...sampleView(3), log: [logEntry(2, 'as the newest view tells it')] });
  await save('V-3', {
    ...sampleView(2),
    log: [logEntry(1, 'missing'), logEntry(2, 'as it was told before')],
  });
  const notes = (await lineOf('V-3')).view.log.map((entry) => entry.note);
  expect(notes).toEqual(['missing', 'as the newest view tells it']);
});

test('a newer view corrects an entry', async () => {
  await register('V-4');
  await save('V-4', { ...sampleView(1), log: [logEntry(1, 'before')] });
  await save('V-4', { ...sampleView(2), log: [logEntry(1, 'after')] });
  expect((await lineOf('V-4')).view.log).toEqual([logEntry(1, 'after')]);
});

test('a saved line is found under its new node, and the sweep no longer starts it', async () => {
  await register('V-5');
  const unstarted = async () => (await unstartedLines(database.db, 100)).map((line) => line.orderId);
  expect(await unstarted()).toContain('V-5');
  await save('V-5', {
    ...sampleView(1),
    status: 'UNSUBSCRIBED',
    node: 'RELEASING',
    waitingFor: 'operator',
    dueAt: null,
  });
  expect(await unstarted()).not.toContain('V-5');
  const { items } = await listLines(database.db, {
    status: 'UNSUBSCRIBED',
    node: 'RELEASING',
    waitingFor: 'operator',
  });
  expect(items.map((line) => line.orderId)).toEqual(['V-5']);
});

test('text that PostgreSQL cannot keep does not stop a view', async () => {
  await register('V-6');
  await save('V-6', { ...sampleView(1), log: [logEntry(1, 'broken \ud83d emoji and \0, 完整的😀')] });
  expect((await lineOf('V-6')).view.log[0]!.note).toBe('broken \ufffd emoji and \ufffd, 完整的😀');
});

test('the view of a line that was never registered is left alone', async () => {
  await expect(save('V-unknown', sampleView(1, [1]))).resolves.toBeUndefined();
  expect(await getOrder(database.db, 'V-unknown')).toEqual([]);
});
