import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { messageId } from '../../activities/mail/send';
import { StewardClient, type BillBody, type BillCommand } from '../../client';
import { invoiceNumbers } from '../../db/billing/schema';
import { checkLedger } from '../../db/ledger/check';
import { billMailId, billWorkflowId } from '../../domain/ids';
import type { Trade } from '../../domain/schemas/order';
import { steward } from '../cli/steward';
import { complete, entryOf, everything } from '../db/ledger/world';
import { eventually } from '../support/eventually';
import { expectSound, secretsIn, testDataConverter, workflowBundle } from '../support/history-checks';
import { TEST_CODEC_KEYS } from '../support/keys';
import { SECRETS } from '../support/orders';
import { tokenOf } from '../support/parties';
import { quietRuntime } from '../support/quiet';
import { endAllHomes } from '../support/up-home';
import { withDatabase } from './database';
import { killAmid, type Step } from './kill-amid';
import { inWorld, type World } from './world';

/**
 * kill −9 of the process that owns database, workers and API, at each step of the lives of bills (domain.md 5.2, 5.3).
 * In each kill one bill's step was answered just before, and those of others were cut off.
 */

const MINUTES = 600_000;
const PERIOD = '202610';
/** The default of `MAIL_FROM`. */
const FROM = 'steward@localhost';
const SELLER = 'seller@seller.example';
const OPERATOR = 'operators@localhost';
const amount = { currency: 'CNY', minor: 9_750 };

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
});
afterAll(endAllHomes);

/** A command of a life, with its data. */
type Given = { [C in BillCommand]: [C, BillBody<C>] }[BillCommand];

/** An invoice is rejected and issued again, a payment fails and is made again. */
const joint = (id: string): Given[] => [
  ['review-pass', {}],
  ['confirm-bill', {}],
  ['submit-invoice', invoice(`${id}-1`)],
  ['sign-for-invoice', {}],
  ['reject-invoice', { reason: 'Torn.' }],
  ['submit-invoice', invoice(`${id}-2`)],
  ['sign-for-invoice', {}],
  ['validate-invoice', {}],
  ['payment-failed', { reason: 'The account is closed.' }],
  ['record-payment', { paymentId: `PAY-${id}` }],
];
const JOINT_MAILS = [
  ...[SELLER, SELLER, OPERATOR, OPERATOR, SELLER, OPERATOR, OPERATOR, OPERATOR, SELLER],
  ...[OPERATOR, SELLER, SELLER],
];

const general = (id: string): Given[] => [
  ['review-pass', {}],
  ['countersign', {}],
  ['payment-failed', { reason: 'The account is closed.' }],
  ['record-payment', { paymentId: `PAY-${id}` }],
];
const GENERAL_MAILS = [OPERATOR, OPERATOR, OPERATOR, SELLER, SELLER];

function invoice(number: string): BillBody<'submit-invoice'> {
  return { number, amount, taxRate: 600, courierNumber: 'SF1', paymentRequestNumber: 'PR1' };
}

/** A bill, and what its parties do with it. */
class Life {
  readonly id: string;
  private done = 0;

  constructor(
    private readonly world: World,
    private readonly temporal: Client,
    private readonly seller: StewardClient,
    { sellerId, trade }: { sellerId: string; trade: Trade },
    readonly steps: Given[],
    readonly mailed: string[],
  ) {
    this.id = `${sellerId}/${PERIOD}/china/${trade}/CNY`;
  }

  /** The next command, under one key. */
  next(): Step {
    const [command, data] = this.steps[this.done++]!;
    const by = ['confirm-bill', 'submit-invoice'].includes(command) ? this.seller : this.world.api.operator;
    const idempotencyKey = crypto.randomUUID();
    return () => by.billCommand(this.id, command, data, { idempotencyKey });
  }

  get handle() {
    return this.temporal.workflow.getHandle(billWorkflowId(this.id));
  }

  async events(): Promise<number> {
    return (await this.handle.fetchHistory()).events?.length ?? 0;
  }

  /** Its mails as they were made, however often each came. */
  mails() {
    const ids = Array.from({ length: 30 }, (_, n) => messageId(billMailId(this.id, n + 1), FROM));
    return ids.flatMap((id) => this.world.mailbox.mails.filter((mail) => mail.messageId === id));
  }
}

/** A month of two sellers, and its billing run. */
async function bill(world: World): Promise<void> {
  const about = { name: 'Seller', email: SELLER, language: 'zh' as const };
  await world.api.platform.putSeller('seller-3', { ...about, accessKey: SECRETS.accessKey });
  await world.killSteward();
  await withDatabase(world, async ({ db }) => {
    const at = Date.parse('2026-10-20T12:00:00+08:00');
    await complete(db, 'CS-ONE', at, { sellerId: 'seller-2', trade: 'joint' });
    await complete(db, 'CS-TWO', at, { sellerId: 'seller-3', trade: 'joint' });
    await complete(db, 'CS-GENERAL', at, { sellerId: 'seller-3', trade: 'general' });
  });
  await world.startSteward();
  const env = { TEMPORAL_ADDRESS: world.server.address, STEWARD_CODEC_KEYS: TEST_CODEC_KEYS };
  const { exitCode } = await steward(['settle', '--period', PERIOD, '--site', 'china'], { env });
  expect(exitCode).toBe(0);
}

/** It was paid, each of its steps took effect once, all that was to be told was, and SQL and history agree. */
async function expectPaid(world: World, life: Life): Promise<void> {
  const { id, handle, steps, mailed } = life;
  expect(await handle.result()).toEqual({ node: 'PAID' });
  await expectSound(await handle.fetchHistory(), handle.workflowId);
  const { node, log, payment, dueAt } = await world.api.operator.bill(id);
  expect({ node, dueAt }).toEqual({ node: 'PAID', dueAt: null });
  expect(log.flatMap(({ command }) => command ?? [])).toEqual(steps.map(([command]) => command));
  expect(payment?.paymentId).toMatch(/^PAY-/);
  expect(life.mails().map(({ to }) => to)).toEqual(mailed);
  // Cut off while it was sent, a mail comes again with the same Message-ID.
  expect(life.mails().filter(({ times }) => times > 2)).toEqual([]);
}

test(
  'each step takes effect once: one invoice of a number, one payment, each mail, and books that balance',
  () =>
    inWorld(async (world) => {
      await bill(world);
      const connection = await Connection.connect({ address: world.server.address });
      const temporal = new Client({ connection, dataConverter: testDataConverter });
      const life = async (sellerId: string, trade: Trade, steps: Given[], mailed: string[]) => {
        const seller = new StewardClient({
          baseUrl: world.home.apiUrl,
          token: await tokenOf('seller', sellerId),
        });
        return new Life(world, temporal, seller, { sellerId, trade }, steps, mailed);
      };
      const one = await life('seller-2', 'joint', joint('ONE'), JOINT_MAILS);
      const two = await life('seller-3', 'joint', joint('TWO'), JOINT_MAILS);
      const third = await life('seller-3', 'general', general('THREE'), GENERAL_MAILS);
      const all = [one, two, third];
      for (const { id } of all) {
        await eventually(
          () => world.api.operator.bill(id),
          ({ node }) => node === 'UNDER_REVIEW',
        );
      }

      const alsoGeneral = [1, 3, 6, 9];
      for (const n of one.steps.keys()) {
        const cutOff = alsoGeneral.includes(n) ? [two, third] : [two];
        const before = await two.events();
        await killAmid(world, {
          answered: [one.next()],
          cutOff: cutOff.map((each) => each.next()),
          // Every other time the step is under way, or just done.
          ...(n % 2 === 1 && {
            when: () =>
              eventually(
                () => two.events(),
                (events) => events > before,
              ),
          }),
        });
      }

      for (const each of all) await expectPaid(world, each);
      await connection.close();
      expect(secretsIn(readFileSync(join(world.home.folder, 'steward.log'), 'utf8'))).toEqual([]);

      await world.steward?.ctrlC();
      world.steward = null;
      await withDatabase(world, async (open) => {
        expect(await checkLedger(open.db)).toEqual([]);
        const { entries } = await everything(open);
        for (const { id } of all) {
          const ours = entries.filter(({ key }) => key.startsWith(`bill/${id}/`)).map(({ key }) => key);
          expect(ours).toEqual([`bill/${id}/payment`]);
          expect(await entryOf(open.db, `bill/${id}/payment`)).toEqual({ PAYABLE: 9_750, CASH: -9_750 });
        }
        const numbers = (await open.db.select().from(invoiceNumbers)).map(({ number }) => number);
        expect(numbers.sort()).toEqual(['ONE-1', 'ONE-2', 'TWO-1', 'TWO-2']);
      });
    }, 'standard'),
  MINUTES,
);
