/** A version of the cooperation agreement (合作协议, domain.md 5.1) at the API. */
export interface AgreementAnswer {
  version: string;
  text: string;
  /** Of the text in UTF-8, 64 lower-case hex digits. */
  sha256: string;
  /** ISO 8601 with offset. */
  publishedAt: string;
  /** The newest one: it is the one to be signed. */
  current: boolean;
  /** When the seller who asks signed it, ISO 8601 with offset; null when it did not, and for others. */
  signedAt: string | null;
}

/** That a seller has signed a version: answer of `POST /v1/agreements/{version}/sign-agreement`. */
export interface SignatureAnswer {
  sellerId: string;
  version: string;
  /** Of the text that was signed. */
  sha256: string;
  /** ISO 8601 with offset. */
  signedAt: string;
}
