/** What nodemailer tells of a failure. Its `message` and `response` quote addresses and are never passed on. */
interface SmtpFailure {
  /** `ECONNECTION`, `EENVELOPE` and the like. */
  code?: string;
  /** The system's own code under it: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
  originalCode?: string;
  /** Of the server's answer. */
  responseCode?: number;
  response?: string;
  /** The command that was answered, or `API` when none was sent. */
  command?: string;
}

/** Why a mail is not out; the reason has no address in it and may enter histories. */
export interface ExplainedFailure {
  /** The server will not take this mail, however often it comes. */
  final: boolean;
  reason: string;
}

/** The answers that are about our login rather than about the mail (RFC 4954). */
const LOGIN = new Set([530, 534, 535, 538]);

/** Sorts a failure of nodemailer's `sendMail`: a 5xx to the mail is final, all else may pass. */
export function explainFailure(error: unknown): ExplainedFailure {
  const { code = '', originalCode, responseCode, response, command = '' } = error as SmtpFailure;
  if (code === 'EENVELOPE' && command === 'API') return { final: true, reason: 'the address cannot be used' };
  if (responseCode === undefined)
    return { final: false, reason: `no connection to the mail server (${originalCode ?? code})` };
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  const answer = [responseCode, detail].filter(Boolean).join(' ');
  const aboutTheMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && !LOGIN.has(responseCode);
  return {
    final: aboutTheMail && responseCode >= 500,
    reason: `the mail server answered ${answer}${command === 'CONN' ? '' : ` to ${command}`}`,
  };
}
