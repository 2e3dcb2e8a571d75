import type { CertificationKey } from './certification/certification';
import type { RunKey } from './ledger/bill';
import type { Site } from './schemas/order';

/** The order line id that an order with a single line gets when the platform names none (design §1). */
export function defaultOrderLineId(orderId: string): string {
  return `${orderId}-000001`;
}

/** The Temporal workflow id of an order line: one line, one workflow, for ever. */
export function orderLineWorkflowId(orderId: string, orderLineId: string): string {
  return `order-line/${orderId}/${orderLineId}`;
}

/** The Temporal workflow id of the unsubscription of a bundle; each request is a run of its own. */
export function bundleUnsubscriptionWorkflowId(orderId: string): string {
  return `bundle-unsubscription/${orderId}`;
}

/**
 * The n-th unsubscription of a line, from 1. It is the platform's `refundId` and the `orderId` that
 * `releaseInstance` carries (domain.md 1.7), so a retry can never become a second refund. Sellers take 64
 * characters there: a line's id has at most 60 (`lineId` in domain/schemas/primitives.ts).
 */
export function unsubscriptionId(orderLineId: string, n: number): string {
  return `${orderLineId}-U${n}`;
}

/** The id of the n-th event of a line towards the platform, from 1; a repetition has the same id. */
export function eventId(orderLineId: string, n: number): string {
  return `${orderLineId}-E${n}`;
}

/** The id of the n-th mail of a line, from 1; a repetition has the same id, and so the same `Message-ID`. */
export function mailId(orderLineId: string, n: number): string {
  return `${orderLineId}-M${n}`;
}

/** The Temporal workflow id of a seller's certification: one for each site, for ever. */
export function certificationWorkflowId({ sellerId, site }: CertificationKey): string {
  return `certification/${sellerId}/${site}`;
}

/** The id of the mail about the n-th entry of a certification's log; a repetition has the same id. */
export function certificationMailId(key: CertificationKey, n: number): string {
  return `${certificationWorkflowId(key)}-M${n}`;
}

/** The Temporal workflow id of a billing run: one for each month and site, whoever starts it. */
export function settlementWorkflowId({ site, period }: RunKey): string {
  return `settlement/${site}/${period}`;
}

/** The Temporal workflow id of a look at what a billing run would do. */
export function settlementPreviewWorkflowId({ site, period }: RunKey): string {
  return `settlement-preview/${site}/${period}`;
}

/** The Temporal workflow id of what the schedule of a site starts, which gets a time appended. */
export function settlementStartWorkflowId(site: Site): string {
  return `settlement-start/${site}`;
}

/** The id of the Temporal schedule that bills a site each month. */
export function settlementScheduleId(site: Site): string {
  return `settlement-${site}`;
}

/** The Temporal workflow id of a bill: one bill, one workflow, for ever. */
export function billWorkflowId(billId: string): string {
  return `bill/${billId}`;
}

/** The id of the n-th mail of a bill, from 1; no order line has a slash in its id. */
export function billMailId(billId: string, n: number): string {
  return `bill/${billId}/M${n}`;
}
