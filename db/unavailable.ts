/** SQLSTATEs of a server that cannot be worked with now: connection, resources, time-out, shutdown. */
const SQL_STATES = /^(08...|53...|57014|57P0[1-5])$/;

/** The system's words for a server that cannot be reached, or is lost. */
const SYSTEM_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** What pg and PGlite say without a code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|timeout expired|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|PGlite is clos(ed|ing))/;

/** Whether an error, or what caused it, is that the database is away: the same call may do later. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === 'string' && (SYSTEM_CODES.has(code) || SQL_STATES.test(code))) return true;
  return (typeof message === 'string' && WORDS.test(message)) || isDatabaseAway(cause);
}
