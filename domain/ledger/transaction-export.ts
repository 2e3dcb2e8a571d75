/** The files that transactions can be had as. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How long an export can be fetched (domain.md 5.1), in milliseconds. */
export const EXPORT_KEPT = 3 * 24 * 3_600_000;

/** How many exports of a party are kept at a time: each is a copy of what it lists. */
export const EXPORTS_KEPT = 20;

/** Answer of `POST /v1/transactions/exports`; times are ISO 8601 with offset. */
export interface ExportAnswer {
  exportId: string;
  format: ExportFormat;
  /** How many transactions are in it. */
  transactions: number;
  /** It has the transactions as they were then, whenever it is fetched. */
  createdAt: string;
  /** From then on there is only `EXPORT_EXPIRED`. */
  expiresAt: string;
  /** Where the file is: `/v1/exports/{exportId}`. */
  url: string;
}
