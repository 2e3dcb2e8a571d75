import { Eta } from 'eta';
import { formatTime } from '../../domain/time';
import type { Email, KeptMail } from './store';

/** Escapes whatever a page prints: mails quote what strangers wrote. */
const eta = new Eta({ views: __dirname, cache: true });

/** The page of all mails, newest first. */
export function listPage(mails: readonly KeptMail[]): string {
  return eta.render('./list', { mails: [...mails].reverse(), time: formatTime });
}

/** The page of one mail: its headers, its text part, and its HTML part in a frame that can do nothing. */
export function mailPage(email: Email): string {
  return eta.render('./mail', { email });
}
