import type { Bill } from './bill';
import type { Transaction } from './transaction';

/**
 * The accounts of the journal, each of one seller and in one currency. Debits are positive, credits negative: what the
 * marketplace has, or is owed, stands positive, what it owes, or has earned, negative.
 */
export const ACCOUNTS = [
  /** Received from buyers, and from sellers as deposits. */
  'CASH',
  /** Owed by buyers who pay on credit. */
  'CREDIT',
  /** Earned by the platform. */
  'FEES',
  /** Owed to the seller, in no bill yet. */
  'UNBILLED',
  /** Owed to the seller by its bills. */
  'PAYABLE',
  /** Owed by the seller, deducted in its next bill. */
  'CARRIED',
  /** Owed by the seller, to be paid. */
  'OWED',
  /** The seller's deposit. */
  'DEPOSIT',
  /** What bills were corrected by: the marketplace bears it, or gains it. */
  'ADJUSTED',
] as const;
export type Account = (typeof ACCOUNTS)[number];

/** What an entry is about. */
export type EntryKind = Transaction['kind'] | 'REPAYMENT' | 'DEPOSIT' | 'BILL' | 'ADJUSTMENT' | 'PAYMENT';

/** One fact in the journal, written once for its key; its amounts (minor units) sum up to zero. */
export interface Entry {
  key: string;
  kind: EntryKind;
  sellerId: string;
  currency: string;
  amounts: Partial<Record<Account, number>>;
}

/** The keys of entries: what happened to what. No id but that of a bill, which has four, has a slash in it, so no two are alike. */
export const entryKeys = {
  sale: (orderLineId: string) => `sale/${orderLineId}`,
  refund: (orderLineId: string, unsubscriptionId: string) => `refund/${orderLineId}/${unsubscriptionId}`,
  repayment: (orderLineId: string) => `repayment/${orderLineId}`,
  deposit: (depositId: string) => `deposit/${depositId}`,
  bill: (billId: string) => `bill/${billId}`,
  adjustment: (billId: string, n: number) => `bill/${billId}/adjustment/${n}`,
  payment: (billId: string) => `bill/${billId}/payment`,
};

/** A sale, or its refund with everything negative: the buyer has paid or owes, platform and seller have earned. */
export function transactionEntry(transaction: Transaction): Entry {
  const { key, kind, sellerId, currency, grossMinor, feeMinor, netMinor, credit, repaidAt } = transaction;
  const from: Account = credit && repaidAt === null ? 'CREDIT' : 'CASH';
  return {
    ...{ key, kind, sellerId, currency },
    amounts: { [from]: grossMinor, FEES: 0 - feeMinor, UNBILLED: 0 - netMinor },
  };
}

/** The buyer repays what of a line is on credit. */
export function repaymentEntry(
  line: { orderLineId: string; sellerId: string; currency: string },
  outstandingMinor: number,
): Entry {
  const { orderLineId, sellerId, currency } = line;
  const amounts = { CASH: outstandingMinor, CREDIT: 0 - outstandingMinor };
  return { key: entryKeys.repayment(orderLineId), kind: 'REPAYMENT', sellerId, currency, amounts };
}

/** A seller pays a deposit. */
export function depositEntry(deposit: {
  depositId: string;
  sellerId: string;
  currency: string;
  amountMinor: number;
}): Entry {
  const { depositId, sellerId, currency, amountMinor } = deposit;
  const amounts = { CASH: amountMinor, DEPOSIT: 0 - amountMinor };
  return { key: entryKeys.deposit(depositId), kind: 'DEPOSIT', sellerId, currency, amounts };
}

/** A bill turns what was owed for transactions into what is paid, and settles what the seller owes. */
export function billEntry(bill: Bill): Entry {
  const { id, sellerId, currency } = bill;
  return {
    ...{ key: entryKeys.bill(id), kind: 'BILL', sellerId, currency },
    amounts: {
      UNBILLED: bill.netMinor,
      CARRIED: bill.carriedInMinor - bill.carriedOutMinor,
      DEPOSIT: bill.depositUsedMinor,
      OWED: bill.owedMinor,
      PAYABLE: 0 - bill.payableMinor,
    },
  };
}

/** What a bill is for, as far as entries need it. */
type BillMoney = Pick<Bill, 'id' | 'sellerId' | 'currency'>;

/** An operator corrects what a bill pays, by its n-th adjustment; less when the amount is negative. */
export function adjustmentEntry(
  { id, sellerId, currency }: BillMoney,
  n: number,
  amountMinor: number,
): Entry {
  const amounts = { ADJUSTED: amountMinor, PAYABLE: 0 - amountMinor };
  return { key: entryKeys.adjustment(id, n), kind: 'ADJUSTMENT', sellerId, currency, amounts };
}

/** A bill is paid, once. */
export function paymentEntry({ id, sellerId, currency }: BillMoney, amountMinor: number): Entry {
  const amounts = { PAYABLE: amountMinor, CASH: 0 - amountMinor };
  return { key: entryKeys.payment(id), kind: 'PAYMENT', sellerId, currency, amounts };
}
