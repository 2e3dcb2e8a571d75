import type { Money } from '../money';
import type { Attachment } from '../order-line';

/** Capital letters only, so that no two numbers are alike but for their case. */
export const INVOICE_NUMBER = /^[0-9A-Z-]{1,40}$/;
/** Of couriers and payment requests. */
export const PAPER_NUMBER = /^[0-9A-Za-z-]{1,64}$/;

/** An invoice of the seller to Huawei Cloud; times in epoch milliseconds. */
export interface Invoice {
  number: string;
  amount: Money;
  /** Basis points. */
  taxRate: number;
  /** Of a paper invoice; null of an electronic one. */
  courierNumber: string | null;
  eInvoice: Attachment | null;
  /** 申付号 */
  paymentRequestNumber: string;
  submittedAt: number;
  signedAt: number | null;
  /** Whether it was found right; null as long as nobody has said so. */
  verdict: 'VALID' | 'REJECTED' | null;
  verdictAt: number | null;
  /** Its validation came after its time limit. */
  late: boolean;
}
