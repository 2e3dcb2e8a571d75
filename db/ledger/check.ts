import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../connect';
import { BALANCES } from './check-balances';

/** What is wrong with the ledger, and with what. */
export interface Finding {
  kind: FindingKind;
  /** A key, an id, or the account of a seller. */
  of: string;
}

/**
 * How long one statement of a check may take, in ms: each reads all of a table or two, which takes minutes of a ledger of
 * years, and only who asked for the check waits for it.
 */
export const CHECK_STATEMENT_LIMIT = 3_600_000;

/** How many findings of a kind are told: more of them say nothing new. */
const SHOWN = 100;

/** Each names what is wrong by one column `of`. */
const CHECKS = {
  /** An entry whose amounts do not sum up to zero. */
  UNBALANCED_ENTRY: sql`
    select key || ' ' || currency as of
    from journal_postings join journal_entries on id = entry_id
    group by key, currency having sum(amount_minor) <> 0`,
  /** A transaction that is not in the journal, or with other amounts. */
  TRANSACTION_NOT_POSTED: sql`
    select key as of from transactions
    left join (${posted('FEES')}) as fees using (key)
    left join (${posted('UNBILLED')}) as unbilled using (key)
    where not exists (select from journal_entries as entry where entry.key = transactions.key)
      or coalesce(fees.amount, 0) <> -fee_minor or coalesce(unbilled.amount, 0) <> -net_minor`,
  /** An entry for a transaction that is not there. */
  ENTRY_WITHOUT_TRANSACTION: sql`
    select key as of from journal_entries left join transactions using (key)
    where journal_entries.kind in ('SALE', 'REFUND') and transactions.key is null`,
  /** A line that was sold twice. */
  SOLD_TWICE: sql`
    select order_line_id as of from transactions where kind = 'SALE'
    group by order_line_id having count(*) > 1`,
  /** More was refunded of a line than its sale. */
  REFUNDED_TOO_MUCH: sql`
    select order_line_id as of from transactions group by order_line_id having sum(gross_minor) < 0`,
  /** A line whose completion, or a refund after it, the ledger has seen and has not. */
  LINE_NOT_POSTED: sql`
    select id as of from order_lines
    where status <> 'PROCESSING' and ledger_revision = revision and not (start -> 'line' ->> 'trial')::boolean
      and (status = 'COMPLETED' or jsonb_typeof(view -> 'completion') = 'object')
      and not exists (select from transactions where order_line_id = id and kind = 'SALE')
    union all
    select id from order_lines
    where status in ('UNSUBSCRIBED', 'CLOSED') and ledger_revision = revision and not (start -> 'line' ->> 'trial')::boolean
      and jsonb_typeof(view -> 'completion') = 'object'
      and not exists (select from transactions where order_id = order_lines.order_id and order_line_id = id
        and kind = 'REFUND')`,
  /** A bill that is not the sum of its transactions. */
  BILL_DISAGREES: sql`
    select id as of from bills left join (
      select bill_id, count(*) as n, sum(net_minor) as net, sum(fee_minor) as fee,
        sum(gross_minor) filter (where kind = 'SALE') as gross,
        sum(gross_minor) filter (where kind = 'REFUND') as refunds
      from transactions where bill_id is not null group by bill_id
    ) as found on bill_id = id
    where bills.transactions <> coalesce(n, 0) or net_minor <> coalesce(net, 0) or fee_minor <> coalesce(fee, 0)
      or gross_minor <> coalesce(gross, 0) or refunds_minor <> coalesce(refunds, 0)`,
  /** A transaction in the bill of another seller, variant, currency or site, or in one that is not there. */
  IN_WRONG_BILL: sql`
    select key as of from transactions as t left join bills as b on b.id = t.bill_id
    where t.bill_id is not null and (b.id is null
      or (b.site, b.seller_id, b.variant, b.currency) <> (t.site, t.seller_id, t.variant, t.currency))`,
  /** A line whose sale is in more than one bill. */
  BILLED_TWICE: sql`
    select order_line_id as of from transactions where kind = 'SALE' and bill_id is not null
    group by order_line_id having count(*) > 1`,
  /** A sale that is void without its refund, or the other way round. */
  VOID_ALONE: sql`
    select order_line_id as of from transactions where billing_state = 'VOID'
    group by order_line_id having sum(net_minor) <> 0 or count(*) <> 2`,
  /** What was carried over and is in no later bill, or in one with another sum. */
  CARRIED_WRONG: sql`
    select b.id as of from bills as b left join (
      select carried_to, sum(carried_out_minor) as carried from bills where carried_to is not null group by carried_to
    ) as c on c.carried_to = b.id
    where b.carried_in_minor <> coalesce(carried, 0)`,
  /** A bill that was paid another sum than it pays with its adjustments. */
  PAID_WRONG: sql`
    select p.bill_id as of from bill_payments as p join bills on id = p.bill_id
    where p.amount_minor <> payable_minor
      + (select coalesce(sum(amount_minor), 0) from bill_adjustments as a where a.bill_id = p.bill_id)`,
  /** A bill that is said to be paid and was not, or was although there was nothing to pay. */
  PAID_ALONE: sql`
    select bill_id as of from bill_lives left join bill_payments using (bill_id)
    where node = 'PAID' and payment_id is null or node = 'SETTLED' and payment_id is not null`,
  ...BALANCES,
} satisfies Record<string, SQL>;

export type FindingKind = keyof typeof CHECKS;

/**
 * Checks the whole ledger: that everything balances, nothing is missing and nothing is there twice. At most 100
 * findings of each kind; none when all is well. Reads one state of the database, however long it takes: open a large one
 * with `CHECK_STATEMENT_LIMIT`.
 */
export function checkLedger(db: Database): Promise<Finding[]> {
  return db.transaction(
    async (tx) => {
      const findings: Finding[] = [];
      for (const [kind, check] of Object.entries(CHECKS) as [FindingKind, SQL][]) {
        const found = await tx.execute(sql`select of from (${check}) as found order by of limit ${SHOWN}`);
        const { rows } = found as { rows: { of: string }[] };
        findings.push(...rows.map(({ of }) => ({ kind, of })));
      }
      return findings;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** What entries of transactions have in an account. */
function posted(account: 'FEES' | 'UNBILLED'): SQL {
  return sql`
    select key, sum(amount_minor) as amount from journal_postings join journal_entries on id = entry_id
    where account = ${sql.raw(`'${account}'`)} group by key`;
}
