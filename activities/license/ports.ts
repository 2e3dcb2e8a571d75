/** Keeps the licence codes, encrypted. */
export interface LicenseStore {
  /** Makes the line's code unless it has one. */
  issue(line: { orderId: string; orderLineId: string; sellerId: string }): Promise<void>;
}
