import { randomUUID } from 'node:crypto';
import { messageId } from '../../activities/mail/send';
import { temporalBills } from '../../api/temporal-bills';
import type { BillDetails, Problem } from '../../domain/answers';
import { BILL_COMMANDS, type BillCommand } from '../../domain/billing/commands';
import type { BillView } from '../../domain/billing/life';
import { billMailId, billWorkflowId } from '../../domain/ids';
import type { BillBody } from '../../domain/schemas/bills';
import type { Trade } from '../../domain/schemas/order';
import { WORKFLOW_TASK_TIMEOUT } from '../../domain/task-timeout';
import { checkLedger } from '../../db/ledger/check';
import { historiesOf } from '../../bench/histories';
import { activitiesOf } from '../../workers/runtime';
import { billViewQuery } from '../../workflows/messages';
import { complete, entryOf, run } from '../db/ledger/world';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { recordHistory } from '../support/record';
import { startSettlementWorker } from '../support/settlement-worker';
import { watch } from '../support/watch';

/** Bills whose histories grow long: they go on in fresh ones, and nothing is lost, asked or told twice. */

let rig: LiveRig;
let stop: () => Promise<void>;
let months = 0;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '20',
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ server: { dynamicConfig } });
  stop = await startSettlementWorker(rig.runtime);
});
afterAll(async () => {
  await stop();
  await rig.end();
});

/** A bill of a month of its own, as its billing run draws it. */
async function draw(trade: Trade): Promise<string> {
  const { db } = rig.runtime.database;
  months += 1;
  const month = String(months).padStart(2, '0');
  const key = { site: 'china', period: `2026${month}` } as const;
  const at = Date.parse(`2026-${month}-05T00:00:00+08:00`);
  await complete(db, `LONG-${months}`, at, { sellerId: 'seller-1', trade });
  await run(db, key);
  await activitiesOf(rig.runtime).startBills({ ...key, after: null });
  return `seller-1/${key.period}/${key.site}/${trade}/CNY`;
}

const handleOf = (id: string) => rig.runtime.client.workflow.getHandle(billWorkflowId(id));
const runsOf = (id: string) => historiesOf(rig.runtime.client, billWorkflowId(id));

const roleOf = (command: BillCommand) => BILL_COMMANDS[command][0];

/** Gives a command once, over HTTP: nothing is sent again. */
async function give<C extends BillCommand>(id: string, command: C, data: BillBody<C>) {
  const path = `/bills/${id}/${command}`;
  const answer = await rig.as(roleOf(command)).post<BillDetails & Problem>(path, data, randomUUID());
  return answer.status === 200 ? answer.body.node : answer.body.code;
}

/** The same under an update id, past what the API remembers. */
function update(id: string, command: BillCommand, data: unknown, updateId: string) {
  const role = roleOf(command);
  const request = { by: { role, sub: `${role}-1` }, data };
  return temporalBills(rig.runtime.client).command(id, command, request, updateId);
}

/** The mails of a bill, as they were made: to whom, their subjects, and how often each came. */
const mailsOf = (id: string) =>
  Array.from({ length: 100 }, (_, n) => messageId(billMailId(id, n + 1), 'x@market.example'))
    .flatMap((one) => rig.mailbox.mails.filter((mail) => mail.messageId === one))
    .map(({ subject, times }) => ({ about: subject.replace(/^.*CNY[:：] ?/, ''), times }));

const amount = { currency: 'CNY', minor: 9_750 };
const invoice = (number: string) => ({
  ...{ number, amount, taxRate: 600, courierNumber: `SF-${number}`, paymentRequestNumber: `PR-${number}` },
});

/** After a life: every run is short and replays, and the last view is whole, in SQL too. */
async function expectWhole(id: string): Promise<BillView> {
  expect(await handleOf(id).result()).toEqual({ node: 'PAID' });
  const view = await handleOf(id).query<BillView>(billViewQuery);
  const runs = await runsOf(id);
  expect(runs.length).toBeGreaterThan(3);
  expect(Math.max(...runs.map(({ events }) => events!.length))).toBeLessThan(120);
  // A task that a worker has lost costs no command its answer, in a later run neither.
  const patience = runs.map(
    ({ events }) => events![0]!.workflowExecutionStartedEventAttributes!.workflowTaskTimeout,
  );
  expect(patience.map((time) => Number(time?.seconds) * 1_000)).toEqual(
    runs.map(() => WORKFLOW_TASK_TIMEOUT),
  );
  for (const history of runs) await expectSound(history, billWorkflowId(id));
  recordHistory(runs[1]!, billWorkflowId(id));
  const { node, log, payment } = await rig.as('operator').client.bill(id);
  expect({ node, payment: payment?.paymentId }).toEqual({
    node: view.node,
    payment: view.payment?.paymentId,
  });
  expect(log).toHaveLength(view.log.length);
  expect(view.log.map(({ seq }) => seq)).toEqual(view.log.map((_, n) => n + 1));
  expect(await checkLedger(rig.runtime.database.db)).toEqual([]);
  const mails = mailsOf(id);
  expect(mails.filter(({ times }) => times > 1)).toEqual([]);
  return view;
}

/** Looks at a bill all the time, as the Temporal UI and people do, until told to stop. */
const watchBill = (id: string) => watch(() => handleOf(id).query(billViewQuery));

test('a joint bill: commands, adjustments, objections and invoices over many runs, each once', async () => {
  const id = await draw('joint');
  const unwatch = watchBill(id);
  const plus = { amount: { ...amount, minor: 100 }, reason: 'One more.' };
  const minus = { amount: { ...amount, minor: -100 }, reason: 'One less.' };
  const first = await update(id, 'adjust', plus, 'first');
  expect(await give(id, 'adjust', minus)).toBe('UNDER_REVIEW');
  for (let n = 0; n < 6; n += 1) {
    expect(await give(id, 'adjust', n % 2 === 0 ? plus : minus)).toBe('UNDER_REVIEW');
    expect(await give(id, 'review-pass', {})).toBe('AWAITING_CONFIRMATION');
    expect(await give(id, 'object', { reason: `Not yet, ${n}.` })).toBe('UNDER_REVIEW');
  }
  expect(await give(id, 'review-pass', {})).toBe('AWAITING_CONFIRMATION');
  expect(await give(id, 'confirm-bill', {})).toBe('AWAITING_INVOICE');
  // Now so long ago that the server has forgotten it, and the bill has not.
  expect(await update(id, 'adjust', plus, 'first')).toEqual(first);

  for (const n of [1, 2, 3]) {
    expect(await give(id, 'submit-invoice', invoice(`LONG${n}`))).toBe('INVOICE_SENT');
    expect(await give(id, 'sign-for-invoice', {})).toBe('INVOICE_VALIDATING');
    expect(await give(id, 'reject-invoice', { reason: 'Torn.' })).toBe('AWAITING_INVOICE');
    const again = update(id, 'submit-invoice', invoice('LONG1'), 'refused');
    await expect(again).rejects.toMatchObject({ code: 'INVOICE_NUMBER_USED' });
  }
  expect(await give(id, 'submit-invoice', invoice('LONG4'))).toBe('INVOICE_SENT');
  await give(id, 'sign-for-invoice', {});
  expect(await give(id, 'validate-invoice', {})).toBe('PAYING');
  for (let n = 0; n < 5; n += 1) {
    expect(await give(id, 'payment-failed', { reason: `Closed, ${n}.` })).toBe('PAYING');
  }
  expect(await give(id, 'record-payment', { paymentId: 'PAY-1' })).toBe('PAID');
  await unwatch();

  const { log, adjustedMinor } = await expectWhole(id);
  const commands = log.flatMap(({ command }) => command ?? []);
  const count = (name: BillCommand) => commands.filter((command) => command === name).length;
  expect(adjustedMinor).toBe(0);
  expect({ adjusted: count('adjust'), objected: count('object'), rejected: count('reject-invoice') }).toEqual(
    { adjusted: 8, objected: 6, rejected: 3 },
  );
  expect(log.filter(({ note }) => note.startsWith('The bill was drawn'))).toHaveLength(1);
  expect(await entryOf(rig.runtime.database.db, `bill/${id}/payment`)).toEqual({
    PAYABLE: 9_750,
    CASH: -9_750,
  });
  const claims = (await runsOf(id))
    .flatMap(({ events }) => events ?? [])
    .filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'claimInvoice');
  expect(claims).toHaveLength(5);
});

test('reminders and time limits go on where they were, and are told once', async () => {
  const id = await draw('joint');
  const unwatch = watchBill(id);
  await give(id, 'review-pass', {});
  expect(await give(id, 'confirm-bill', {})).toBe('AWAITING_INVOICE');
  const { dueAt } = await rig.as('operator').client.bill(id);
  await eventually(
    () => rig.as('operator').client.bill(id),
    ({ overdue }) => overdue,
    60_000,
  );
  expect((await rig.as('operator').client.bill(id)).dueAt).toBe(dueAt);
  expect((await runsOf(id)).length).toBeGreaterThan(1);
  await give(id, 'submit-invoice', invoice('REMINDED'));
  await give(id, 'sign-for-invoice', {});
  // The end of the window, and twice after it.
  const overdue = () => Promise.resolve(mailsOf(id).filter(({ about }) => about === 'overdue').length);
  await eventually(overdue, (count) => count >= 4, 60_000);
  expect(await give(id, 'validate-invoice', {})).toBe('PAYING');
  expect(await give(id, 'record-payment', { paymentId: 'PAY-2' })).toBe('PAID');
  await unwatch();

  const { invoice: paid, log } = await expectWhole(id);
  expect(paid).toMatchObject({ late: true });
  const about = (subject: string) => mailsOf(id).filter((mail) => mail.about === subject).length;
  expect([about('即将到期'), about('已超期')]).toEqual([4, 1]);
  // Two steps ran out; that one is told again goes to no log.
  expect(log.filter(({ note }) => note === 'The time limit of this step is over.')).toHaveLength(2);
});

test('two dozen at once to a bill that goes on all the time: each is answered, none has to be sent again', async () => {
  const id = await draw('general');
  const unwatch = watchBill(id);
  await give(id, 'review-pass', {});
  expect(await give(id, 'countersign', {})).toBe('PAYING');
  for (let n = 0; n < 3; n += 1) {
    const failed = Array.from({ length: 8 }, (_, m) =>
      give(id, 'payment-failed', { reason: `Closed, ${n}-${m}.` }),
    );
    expect(new Set(await Promise.all(failed))).toEqual(new Set(['PAYING']));
  }
  expect(await give(id, 'record-payment', { paymentId: 'PAY-3' })).toBe('PAID');
  await unwatch();
  const { log } = await expectWhole(id);
  const failed = log.filter(({ command }) => command === 'payment-failed');
  expect(new Set(failed.map(({ note }) => note)).size).toBe(24);
  expect(failed).toHaveLength(24);
});
