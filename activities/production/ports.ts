import type { AppInfo } from '../../domain/app-info';
import type { SellerActivity } from '../../domain/seller-calls';

/** Where a seller is called, and with which key. */
export interface SellerAccess {
  productionUrl: string;
  /** The newest key: it signs. */
  accessKey: string;
  /** The key before, while a change is younger than 24 h (design §6); tried once after 000001. */
  previousAccessKey?: string;
}

/** Looks a seller's product up at call time. Rejects with `PRODUCT_NOT_READY` when it is gone. */
export interface SellerDirectory {
  find(sellerId: string, productId: string): Promise<SellerAccess>;
}

/** The rows behind `GET /v1/seller-calls`. A row is begun before the call, so a killed process leaves a trace. */
export interface SellerCallLog {
  begin(call: {
    /** The call's `businessId`. */
    callId: string;
    orderId: string;
    orderLineId: string;
    sellerId: string;
    activity: SellerActivity;
    attempt: number;
    /** Epoch milliseconds. */
    at: number;
  }): Promise<void>;
  finish(
    callId: string,
    result: {
      ms: number;
      httpStatus: number | null;
      resultCode: string | null;
      exception: string | null;
    },
  ): Promise<void>;
}

export type { AppInfo };

export interface AppInfoStore {
  save(orderId: string, orderLineId: string, appInfo: AppInfo): Promise<void>;
}
