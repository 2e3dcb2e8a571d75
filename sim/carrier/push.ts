import type { ParcelState } from '../../domain/logistics';

/** What a carrier tells unasked, as `POST /v1/logistics-events` takes it. */
export interface Pushed {
  carrier: string;
  trackingNumber: string;
  state: ParcelState;
  /** ISO 8601 with offset. */
  at: string;
}

/** Where it is told, and the bearer token of role `carrier` with which. */
export interface PushTarget {
  /** Of Steward's API, without `/v1`. */
  apiUrl: string;
  token: string;
}

/** Tells Steward of a parcel. Under the same key a repetition is the same event. */
export async function push(
  { apiUrl, token }: PushTarget,
  event: Pushed,
  idempotencyKey?: string,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${apiUrl}/v1/logistics-events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify(event),
  });
  return { status: response.status, body: await response.json() };
}
