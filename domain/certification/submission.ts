/** What of a seller's business is certified (domain.md 6.1). Encrypted in SQL, and never in a workflow. */
export interface CertificationBusiness {
  companyName: string;
  taxNumber: string;
  bank: BankAccount;
}

/** Where bills are paid to. */
export interface BankAccount {
  accountName: string;
  bank: string;
  accountNumber: string;
}

/** Whom to ask about bills and invoices. */
export interface FinanceContact {
  name: string;
  email: string;
  phone: string;
}

/** Whether money goes to the company itself: spaces, and full or half width of signs, do not matter. */
export function isOwnAccount({ companyName, bank }: CertificationBusiness): boolean {
  return plain(companyName) === plain(bank.accountName);
}

function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '');
}
