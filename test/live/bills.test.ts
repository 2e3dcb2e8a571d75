import { checkLedger } from '../../db/ledger/check';
import { billWorkflowId } from '../../domain/ids';
import { steward } from '../cli/steward';
import { complete } from '../db/ledger/world';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { TEST_CODEC_KEYS } from '../support/keys';
import { LiveRig } from '../support/live-rig';
import { recordHistory } from '../support/record';
import { startSettlementWorker } from '../support/settlement-worker';

/** A bill from its billing run to its payment, over HTTP and on a real server. */

let rig: LiveRig;
let stop: () => Promise<void>;
beforeAll(async () => {
  rig = await LiveRig.start();
  stop = await startSettlementWorker(rig.runtime);
});
afterAll(async () => {
  await stop();
  await rig.end();
});

const ID = 'seller-1/202609/china/joint/CNY';
const amount = { currency: 'CNY', minor: 9_750 };

async function settle(): Promise<void> {
  const { connection, namespace } = rig.runtime.settings.temporal;
  const env = {
    TEMPORAL_ADDRESS: connection.address!,
    TEMPORAL_NAMESPACE: namespace,
    STEWARD_CODEC_KEYS: TEST_CODEC_KEYS,
  };
  const { exitCode } = await steward(['settle', '--period', '202609', '--site', 'china'], { env });
  expect(exitCode).toBe(0);
}

test('a run starts the life of its bills, which parties move until they are paid', async () => {
  const { database, client } = rig.runtime;
  const sold = { sellerId: 'seller-1', trade: 'joint' } as const;
  await complete(database.db, 'LIVE-1', Date.parse('2026-09-05T00:00:00+08:00'), sold);
  await settle();

  const operator = rig.as('operator').client;
  const seller = rig.as('seller').client;
  await eventually(
    () => operator.bill(ID),
    ({ node }) => node === 'UNDER_REVIEW',
  );
  await operator.billCommand(ID, 'review-pass', {});
  const confirmed = await seller.billCommand(ID, 'confirm-bill', {});
  expect(confirmed).toMatchObject({ node: 'AWAITING_INVOICE', waitingFor: 'seller', payable: amount });
  expect(confirmed.dueAt).not.toBeNull();

  const found = async () => {
    const ids: string[] = [];
    const query = `WorkflowType = 'bill' and SellerId = 'seller-1' and Node = 'AWAITING_INVOICE'`;
    for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
    return ids;
  };
  expect(await eventually(found, (ids) => ids.length > 0)).toEqual([billWorkflowId(ID)]);

  const papers = { courierNumber: 'SF1', paymentRequestNumber: 'PR1' };
  const invoice = { number: 'LIVE1', amount, taxRate: 600, ...papers };
  const wrong = { ...invoice, amount: { ...amount, minor: 1 } };
  await expect(seller.billCommand(ID, 'submit-invoice', wrong)).rejects.toMatchObject({
    code: 'INVOICE_AMOUNT_WRONG',
  });
  await seller.billCommand(ID, 'submit-invoice', invoice);
  await operator.billCommand(ID, 'sign-for-invoice', {});
  // Ten seconds in this profile: nobody decides it but an operator.
  await eventually(
    () => operator.bill(ID),
    ({ overdue }) => overdue,
  );
  const valid = await operator.billCommand(ID, 'validate-invoice', {});
  expect(valid).toMatchObject({ node: 'PAYING', invoice: { verdict: 'VALID', late: true } });
  const paid = await operator.billCommand(ID, 'record-payment', { paymentId: 'PAY-1' });
  expect(paid).toMatchObject({ node: 'PAID', payment: { paymentId: 'PAY-1' } });

  const handle = client.workflow.getHandle(billWorkflowId(ID));
  expect(await handle.result()).toEqual({ node: 'PAID' });
  await expect(operator.billCommand(ID, 'record-payment', { paymentId: 'PAY-2' })).rejects.toMatchObject({
    code: 'BILL_ENDED',
  });
  expect(await checkLedger(database.db)).toEqual([]);
  const history = await handle.fetchHistory();
  await expectSound(history, billWorkflowId(ID));
  recordHistory(history, billWorkflowId(ID));
});
