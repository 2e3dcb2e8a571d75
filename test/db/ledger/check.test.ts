import { sql } from 'drizzle-orm';
import type { Database, OpenDatabase } from '../../../db/connect';
import { checkLedger, type FindingKind } from '../../../db/ledger/check';
import { recordDeposit } from '../../../db/ledger/deposits';
import { putSeller } from '../../../db/sellers';
import { openTestDatabase, testKeys } from '../../support/database';
import { at, complete, completedView, publish, refundedView, run, sell } from './world';

/** The check of the ledger is clean after a life of two months, and goes red for each kind of damage. */

let database: OpenDatabase;
let db: Database;
beforeEach(async () => {
  database = await openTestDatabase();
  db = database.db;
  await live();
});
afterEach(() => database.close());

/** A bill, one that carries over, one that is pending, on credit, a five-day refund, a deposit. */
async function live(): Promise<void> {
  await putSeller(db, testKeys, 'S1', {
    ...{ name: 'Seller', email: 'ops@seller.example', language: 'zh', accessKey: 'a-key-of-the-seller' },
  });
  const amount = { currency: 'CNY', minor: 5_000 };
  await recordDeposit(db, { depositId: 'D-1', sellerId: 'S1', amount });
  const first = await complete(db, 'C-1', at('09-05T00:00:00'));
  await complete(db, 'C-2', at('09-06T00:00:00'), { sellerId: 'S2' });
  await run(db, { site: 'china', period: '202609' });
  await publish(db, 'C-1', refundedView(first, 'C-1', 10_000, at('10-05T00:00:00')));
  await run(db, { site: 'china', period: '202610' });
  await complete(db, 'C-3', at('10-07T00:00:00'), { sellerId: 'S2' });
  await complete(db, 'C-4', at('10-08T00:00:00'), { sellerId: 'S2', credit: true });
  await sell(db, 'C-5', { sellerId: 'S2' });
  const view = completedView(at('10-09T00:00:00'), { fiveDaysUntil: at('10-14T00:00:00') });
  await publish(db, 'C-5', refundedView(view, 'C-5', 10_000, at('10-10T00:00:00')));
  await complete(db, 'C-6', at('10-09T00:00:00'), { sellerId: 'S2', trial: true });
  await sell(db, 'C-7', { sellerId: 'S2' });
}

test('a ledger that nobody damaged is clean', async () => {
  expect(await checkLedger(db)).toEqual([]);
  await run(db, { site: 'china', period: '202611' });
  expect(await checkLedger(db)).toEqual([]);
});

/** What somebody with the superuser's rights does, past the triggers. */
const DAMAGES: [FindingKind, string, string][] = [
  [
    'UNBALANCED_ENTRY',
    'sale/C-1-000001 CNY',
    `update journal_postings set amount_minor = amount_minor + 1
    where account = 'CASH' and entry_id = (select id from journal_entries where key = 'sale/C-1-000001')`,
  ],
  ['TRANSACTION_NOT_POSTED', 'sale/C-3-000001', `delete from journal_entries where key = 'sale/C-3-000001'`],
  [
    'TRANSACTION_NOT_POSTED',
    'sale/C-3-000001',
    `update transactions set fee_minor = 0, net_minor = 10000
    where key = 'sale/C-3-000001'`,
  ],
  ['ENTRY_WITHOUT_TRANSACTION', 'sale/C-3-000001', `delete from transactions where key = 'sale/C-3-000001'`],
  ['LINE_NOT_POSTED', 'C-3-000001', `delete from transactions where key = 'sale/C-3-000001'`],
  ['LINE_NOT_POSTED', 'C-1-000001', `delete from transactions where key like 'refund/C-1-%'`],
  [
    'SOLD_TWICE',
    'C-3-000001',
    `drop index transactions_sale; insert into transactions select * from
    jsonb_populate_record(null::transactions, (select to_jsonb(t) || '{"key": "sale/again"}' from transactions t
    where key = 'sale/C-3-000001'))`,
  ],
  [
    'BILLED_TWICE',
    'C-1-000001',
    `drop index transactions_sale; insert into transactions select * from
    jsonb_populate_record(null::transactions, (select to_jsonb(t) || '{"key": "sale/again"}' from transactions t
    where key = 'sale/C-1-000001'))`,
  ],
  [
    'REFUNDED_TOO_MUCH',
    'C-1-000001',
    `update transactions set gross_minor = -20000, net_minor = -20000 - fee_minor
    where key like 'refund/C-1-%'`,
  ],
  [
    'BILL_DISAGREES',
    'S2/202609/china/general/CNY',
    `update bills set net_minor = net_minor + 1,
    payable_minor = payable_minor + 1 where seller_id = 'S2'`,
  ],
  [
    'BILL_DISAGREES',
    'S2/202609/china/general/CNY',
    `update transactions set bill_id = 'S1/202609/china/general/CNY'
    where key = 'sale/C-2-000001'`,
  ],
  [
    'IN_WRONG_BILL',
    'sale/C-2-000001',
    `update transactions set bill_id = 'S1/202609/china/general/CNY'
    where key = 'sale/C-2-000001'`,
  ],
  [
    'IN_WRONG_BILL',
    'sale/C-3-000001',
    `update transactions set billing_state = 'BILLED', bill_id = 'nowhere'
    where key = 'sale/C-3-000001'`,
  ],
  [
    'VOID_ALONE',
    'C-5-000001',
    `update transactions set billing_state = 'PENDING' where key = 'sale/C-5-000001'`,
  ],
  [
    'CARRIED_WRONG',
    'S1/202609/china/general/CNY',
    `update bills set carried_to = 'S1/202609/china/general/CNY'
    where period = '202610'`,
  ],
  [
    'UNBILLED_DISAGREES',
    'UNBILLED S2 CNY',
    `update transactions set billing_state = 'BILLED', bill_id = 'nowhere'
    where key = 'sale/C-3-000001'`,
  ],
  [
    'CREDIT_DISAGREES',
    'CREDIT S2 CNY',
    `update transactions set repaid_at = now() where key = 'sale/C-4-000001'`,
  ],
  [
    'PAYABLE_DISAGREES',
    'PAYABLE S2 CNY',
    `update bills set net_minor = net_minor + 1,
    payable_minor = payable_minor + 1 where seller_id = 'S2'`,
  ],
  [
    'PAYABLE_DISAGREES',
    'PAYABLE S2 CNY',
    `insert into bill_adjustments values ('S2/202609/china/general/CNY', 1, 5, now())`,
  ],
  [
    'PAID_WRONG',
    'S2/202609/china/general/CNY',
    `insert into bill_payments values ('S2/202609/china/general/CNY', 'P-1', 9749, now())`,
  ],
  [
    'PAID_ALONE',
    'S2/202609/china/general/CNY',
    `insert into bill_lives values ('S2/202609/china/general/CNY', 1, 'PAID', 'nobody', false, null, '{}')`,
  ],
  [
    'OWED_DISAGREES',
    'OWED S1 CNY',
    `update bills set owed_minor = 5, payable_minor = payable_minor + 5
    where period = '202609' and seller_id = 'S1'`,
  ],
  ['CARRIED_DISAGREES', 'CARRIED S1 CNY', `update bills set carried_to = 'nowhere' where period = '202610'`],
  ['DEPOSIT_DISAGREES', 'DEPOSIT S1 CNY', `update deposits set amount_minor = 1`],
];

test.each(DAMAGES)('%s of %s', async (kind, of, damage) => {
  for (const table of ['journal_entries', 'journal_postings']) {
    await db.execute(sql.raw(`alter table ${table} disable trigger user`));
  }
  await db.execute(
    sql`alter table journal_postings drop constraint ${sql.identifier('journal_postings_entry_id_journal_entries_id_fk')}`,
  );
  for (const statement of damage.split(';')) await db.execute(sql.raw(statement));
  expect(await checkLedger(db)).toContainEqual({ kind, of });
});

describe('the journal', () => {
  const refusal = (statement: string) =>
    db.execute(sql.raw(statement)).then(
      () => 'taken',
      (error: unknown) => (error as { cause: Error }).cause.message,
    );

  it.each([
    `update journal_entries set key = 'other'`,
    `delete from journal_entries`,
    `update journal_postings set amount_minor = 0`,
    `delete from journal_postings`,
    `truncate journal_postings`,
    `truncate journal_entries, journal_postings`,
  ])('is append-only: %s', async (statement) => {
    expect(await refusal(statement)).toMatch(/the journal is append-only/);
  });

  it('takes no entry that is not balanced, in each currency by itself', async () => {
    const add = (amounts: string) => `with entry as (insert into journal_entries (key, kind, posted_at)
        values ('by-hand', 'SALE', now()) returning id)
      insert into journal_postings select entry.id, account, 'S1', currency, amount
      from entry, (values ${amounts}) as posting (account, currency, amount)`;
    expect(await refusal(add(`('CASH', 'CNY', 5), ('FEES', 'CNY', -4)`))).toMatch(/is not balanced/);
    expect(await refusal(add(`('CASH', 'CNY', 5), ('FEES', 'USD', -5)`))).toMatch(/is not balanced/);
    expect(await refusal(add(`('CASH', 'CNY', 5), ('FEES', 'CNY', -5)`))).toBe('taken');
  });

  it('adds nothing to an entry that would leave it unbalanced', async () => {
    expect(
      await refusal(
        `insert into journal_postings select min(id), 'OWED', 'S1', 'CNY', 1 from journal_entries`,
      ),
    ).toMatch(/is not balanced/);
  });
});
