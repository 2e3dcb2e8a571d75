import { mask } from '../../domain/mask';
import type { SellerException } from '../../domain/seller-calls';

interface Failure {
  /** A sentence that a seller understands; what is special about this call follows after a colon. */
  words: string;
  /** See `SellerException`: the request reached the seller and no valid answer says what became of it. */
  mayHaveTakenEffect: boolean;
}

/** Every way in which a seller call fails (design §6). Steward's own troubles are not among them. */
export const FAILURES = {
  // The address: nothing is sent
  PRODUCT_NOT_READY: definite('The product has no production URL or access key any more'),
  URL_INVALID: definite('The production URL cannot be read as a URL'),
  URL_NOT_HTTPS: definite('The production URL does not begin with https://'),
  URL_WITH_CREDENTIALS: definite('The production URL holds a user name or password'),
  URL_NOT_A_DOMAIN_NAME: definite(
    'The production URL names its host by an IP address or no proper domain name',
  ),
  NAME_NOT_FOUND: definite('The host name of the production URL was not found'),
  ADDRESS_NOT_PUBLIC: definite('The host name of the production URL leads to an address that is not public'),
  // The connection: nothing is sent
  CONNECTION_REFUSED: definite('The server refused the connection'),
  CONNECTION_FAILED: definite('The server could not be reached'),
  CONNECTION_TIMED_OUT: definite('No secure connection came about in time'),
  TLS_TOO_OLD: definite('The server offers no TLS version from 1.2 on'),
  TLS_FAILED: definite('No secure connection could be agreed on with the server'),
  CERTIFICATE_EXPIRED: definite('The certificate of the server has expired'),
  CERTIFICATE_NOT_YET_VALID: definite('The certificate of the server is not valid yet'),
  CERTIFICATE_WRONG_HOST: definite('The certificate of the server is for another host name'),
  CERTIFICATE_NOT_TRUSTED: definite('The certificate of the server is not signed by a trusted authority'),
  // The answer is missing or cannot be read
  TIMED_OUT: unknown('The server did not answer completely in time'),
  CONNECTION_LOST: unknown('The connection broke before the answer was complete'),
  ANSWER_NOT_HTTP: unknown('The answer is not HTTP'),
  ANSWER_TOO_LARGE: unknown('The answer is too large'),
  ANSWER_COMPRESSED: unknown('The answer is compressed although the request asked for a plain one'),
  ANSWER_WRONG_CONTENT_TYPE: unknown('The content type of the answer is not application/json'),
  ANSWER_NOT_JSON: unknown('The answer is not JSON in UTF-8'),
  ANSWER_NOT_AS_AGREED: unknown('The answer does not have the fields that the interface asks for'),
  HTTP_STATUS_UNCLEAR: unknown('The HTTP status does not tell whether the request was carried out'),
  OPENED_WITHOUT_ID: unknown('The seller reports success but gives no instance id'),
  ACCEPTED_WITHOUT_ID: unknown('The seller accepted the request but gives no instance id yet'),
  RELEASE_IN_PROGRESS: unknown('The seller is still working on the release'),
  // The seller says no
  REDIRECTED: definite('The server redirects the call; redirects are not followed'),
  HTTP_STATUS: definite('The server answered with an HTTP error'),
  RESULT_CODE: definite('The seller reports a failure'),
} as const satisfies Record<string, Failure>;

export type FailureCode = keyof typeof FAILURES;

/** A call that failed on the seller's side. `seen` is what an answer showed before it failed, if there was one. */
export class SellerCallError extends Error {
  override readonly name = 'SellerCallError';

  constructor(
    readonly code: FailureCode,
    /** What is special about this call; may be the seller's own text: cleaned, masked and bounded here. */
    private readonly detail = '',
    readonly seen: { httpStatus?: number; resultCode?: string } = {},
  ) {
    super(detail === '' ? FAILURES[code].words : `${FAILURES[code].words}: ${plainText(detail)}`);
  }

  /** The same failure without a secret that the seller's text may hold. */
  hiding(secret: string): SellerCallError {
    return new SellerCallError(this.code, this.detail.replaceAll(secret, '[access key]'), this.seen);
  }

  /** The same failure with a remark behind its words. */
  noting(remark: string): this {
    this.message += ` (${remark})`;
    return this;
  }

  /** As it goes into the `ApplicationFailure` and the `seller-calls` row. */
  get exception(): SellerException {
    const { mayHaveTakenEffect } = FAILURES[this.code];
    return { code: this.code, words: this.message, mayHaveTakenEffect, ...this.seen };
  }
}

/** Longest text of a seller that is passed on (domain.md 1.3: resultMsg). */
const TEXT_LIMIT = 255;

/**
 * Makes foreign text fit for a line: control characters, line breaks and invisible formatting (which
 * could turn a page's text around) become spaces, and personal data is masked, before a cut could leave a
 * part of it. Markup stays; escaping is the business of who shows it.
 */
function plainText(text: string): string {
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return Array.from(mask(clean)).slice(0, TEXT_LIMIT).join('');
}

function definite(words: string): Failure {
  return { words, mayHaveTakenEffect: false };
}

function unknown(words: string): Failure {
  return { words, mayHaveTakenEffect: true };
}
