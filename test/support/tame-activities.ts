import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities';

/** An outside world in which everything succeeds at once: for tests of something else. */
export const TAME_ACTIVITIES: Activities = {
  newInstance: () => Promise.resolve({ instanceId: 'i-1', opened: true }),
  queryInstance: () => Promise.resolve({ ready: true, hasAppInfo: false }),
  releaseInstance: () => Promise.resolve(),
  orderNotify: () => Promise.resolve(),
  refund: () => Promise.resolve(),
  deliverEvents: ({ events }) => Promise.resolve({ done: events.length, refused: [] }),
  publishView: () => Promise.resolve(),
  sendMail: () => Promise.resolve(),
  publishCertification: () => Promise.resolve(),
  sendCertificationMail: () => Promise.resolve(),
  sendBillMail: () => Promise.resolve(),
  publishBill: () => Promise.resolve(),
  claimInvoice: () => Promise.resolve({ claimed: true }),
  adjustBill: () => Promise.resolve(),
  payBill: () => Promise.resolve(),
  startBills: () => Promise.resolve({ started: 0, last: null, done: true }),
  addWorkingDays: ({ from }) => Promise.resolve({ until: from, provisional: false }),
  issueLicense: () => Promise.resolve(),
  trackParcel: ({ known }) =>
    known === 'SIGNED'
      ? Promise.reject(ApplicationFailure.retryable('Nothing has changed', 'NO_PARCEL_NEWS'))
      : Promise.resolve({ info: 'VALID', state: 'SIGNED', at: Date.now() }),
  askLine: () => Promise.resolve({ kind: 'gone' }),
  takeUnsubscription: () => Promise.resolve({ taken: true }),
  openRun: () => Promise.resolve({ cutOff: 0, sellers: 0, transactions: 0, closed: false }),
  billSellers: () => Promise.resolve({ last: null, done: true, sellers: 0, bills: 0, transactions: 0 }),
  closeRun: () => Promise.resolve({ sellers: 0, transactions: 0, totals: [] }),
  previewRun: () => Promise.resolve({ closed: false, sellers: 0, due: [], keptBack: [] }),
};
