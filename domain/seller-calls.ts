/** The activities of the seller's production interface V2.0 that Steward calls (domain.md 1.3, 1.4, 1.7, 1.11). */
export const SELLER_ACTIVITIES = ['newInstance', 'queryInstance', 'releaseInstance', 'orderNotify'] as const;
export type SellerActivity = (typeof SELLER_ACTIVITIES)[number];

/** What every seller call is given by the workflow. Keys and URLs are looked up inside the activity. */
export interface SellerCallInput {
  orderId: string;
  orderLineId: string;
  sellerId: string;
  productId: string;
  /** Counts the calls of this activity in this line, from 1; a call lost on our side keeps its number. */
  attempt: number;
  /** Milliseconds for the whole call. */
  timeout: number;
}

export type QueryInstanceInput = SellerCallInput & { instanceId: string };
/** `unsubscriptionId` goes out as `orderId` (domain.md 1.7). */
export type ReleaseInstanceInput = SellerCallInput & { instanceId: string; unsubscriptionId: string };

/** The create was taken: `opened` with 000000, else 000004, to be queried. */
export interface NewInstanceAnswer {
  instanceId: string;
  opened: boolean;
}

/** `ready` when 000000 came with an `info` entry for our instance; its `appInfo` is stored, never returned. */
export interface QueryInstanceAnswer {
  ready: boolean;
  hasAppInfo: boolean;
}

/**
 * Why a seller call failed (生产接口消息). It is the only detail of the `ApplicationFailure` of type
 * `SELLER_CALL_FAILED` with which a seller activity fails.
 */
export interface SellerException {
  /** Stable code from `activities/production/exceptions.ts`, for example `TIMED_OUT`. */
  code: string;
  /** A sentence for people; the seller's own text in it is bounded and stripped of control characters. */
  words: string;
  httpStatus?: number;
  resultCode?: string;
  /** The request may have taken effect at the seller although no valid answer was read. */
  mayHaveTakenEffect: boolean;
}

/** Detail of the `ApplicationFailure` of type `INTERNAL`: Steward could not do its own part of a call. */
export type InternalDetail = Pick<SellerException, 'mayHaveTakenEffect'>;

/** One row of 生产接口消息 as `GET /v1/seller-calls` shows it. */
export interface SellerCall {
  orderId: string;
  orderLineId: string;
  activity: SellerActivity;
  attempt: number;
  /** ISO 8601 with offset. */
  at: string;
  /** Duration; null while running or when Steward stopped during the call. */
  ms: number | null;
  httpStatus: number | null;
  resultCode: string | null;
  /** Null when the call succeeded. */
  exception: string | null;
}
