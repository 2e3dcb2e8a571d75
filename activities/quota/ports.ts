/** Counts the unsubscriptions without reason of each buyer and calendar year. */
export interface UnsubscriptionQuota {
  /**
   * Takes one for a line; false when the year of `at` (epoch milliseconds, Asia/Shanghai) has none left. A line
   * that has one keeps it.
   */
  take(line: { orderId: string; orderLineId: string; buyerId: string; at: number }): Promise<boolean>;
}
