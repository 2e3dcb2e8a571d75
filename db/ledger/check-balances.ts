import { sql, type SQL } from 'drizzle-orm';
import type { Account } from '../../domain/ledger/journal';

/**
 * A balance of the journal that is not what the tables beside it say, for each seller and currency.
 *
 * @param expected rows of seller_id, currency, amount, as the journal writes it: debits positive
 */
function balance(account: Account, expected: SQL): SQL {
  return sql`
    select ${sql.raw(`'${account}'`)} || ' ' || seller_id || ' ' || currency as of from (
      select seller_id, currency, amount_minor as amount from journal_postings
      where account = ${sql.raw(`'${account}'`)}
      union all
      select seller_id, currency, -amount from (${expected}) as expected
    ) as both_sides
    group by seller_id, currency having sum(amount) <> 0`;
}

const ofBills = (amount: SQL) => sql`select seller_id, currency, ${amount} as amount from bills`;

/** The accounts that the tables beside the journal know too. */
export const BALANCES = {
  UNBILLED_DISAGREES: balance(
    'UNBILLED',
    sql`select seller_id, currency, -net_minor as amount from transactions where billing_state <> 'BILLED'`,
  ),
  CREDIT_DISAGREES: balance(
    'CREDIT',
    sql`select seller_id, currency, gross_minor as amount from transactions where credit and repaid_at is null`,
  ),
  PAYABLE_DISAGREES: balance(
    'PAYABLE',
    sql`
      ${ofBills(sql`-payable_minor`)}
      union all select seller_id, currency, -amount_minor from bill_adjustments join bills on id = bill_id
      union all select seller_id, currency, amount_minor from bill_payments join bills on id = bill_id`,
  ),
  OWED_DISAGREES: balance('OWED', ofBills(sql`owed_minor`)),
  CARRIED_DISAGREES: balance('CARRIED', sql`${ofBills(sql`-carried_out_minor`)} where carried_to is null`),
  DEPOSIT_DISAGREES: balance(
    'DEPOSIT',
    sql`
      select seller_id, currency, -amount_minor as amount from deposits
      union all ${ofBills(sql`deposit_used_minor`)}`,
  ),
} satisfies Record<string, SQL>;
