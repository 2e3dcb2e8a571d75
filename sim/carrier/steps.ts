/**
 * What the simulated Kuaidi100 says of a parcel:
 * - `unknown`: 500, no result yet;
 * - `in-transit`, `signed`, `returned`: that, since it was first said; `signed:2026-11-23T18:00:00+08:00`: since then;
 * - `phone-mismatch`: 408, whatever phone comes; `no-such-carrier`: 400;
 * - `502`, `601` and other return codes: that failure;
 * - `http-500` and other statuses: that HTTP error;
 * - `hang`: no answer; `drip`: an answer of endless single bytes; `reset`: the connection is cut; `html`: a page;
 * - `other-parcel`: signed for, but it is another number's answer.
 */
export type Step =
  | 'unknown'
  | Told
  | `${Told}:${string}`
  | 'phone-mismatch'
  | 'no-such-carrier'
  | `${number}`
  | `http-${number}`
  | 'hang'
  | 'drip'
  | 'reset'
  | 'html'
  | 'other-parcel';
type Told = 'in-transit' | 'signed' | 'returned';

/** The steps for the first, second, … question; the last one is repeated. */
export type Script = readonly [Step, ...Step[]];
