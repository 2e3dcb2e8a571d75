import type { AutoAcceptanceState } from '../../../domain/auto-acceptance';
import type { MailKind } from '../../../domain/mail';
import type { Node } from '../../../domain/nodes';
import type { Language } from '../../../domain/schemas/primitives';
import { en } from './en';
import { zh } from './zh';

/** What the mails of one kind say. Paragraphs of plain text: the templates escape and lay out. */
export interface KindText {
  /** What happened or is to be done, without the order's id. */
  subject: string;
  paragraphs: readonly string[];
}

/** All that mails say in one language. A text serves each recipient of its kind. */
export interface Texts {
  /** For `<html lang>`. */
  tag: string;
  /** The whole subject line. */
  subject: (orderId: string, subject: string) => string;
  /** One fact on a line of the text part. */
  fact: (name: string, value: string) => string;
  greeting: string;
  labels: Record<'order' | 'line' | 'product' | 'node' | 'dueAt' | 'amount', string>;
  /** Before the words of somebody else. */
  quote: string;
  link: string;
  footer: string;
  kinds: Record<Exclude<MailKind, 'your-move'>, KindText>;
  /** Whether the system will accept the goods: the last paragraph of mails that are about that. */
  acceptance: Record<AutoAcceptanceState, string>;
  /** The subject of `your-move`, by the node's name in this language. */
  yourMove: (node: string) => string;
  /** What whoever's move it is in a node is asked to do. */
  moves: Record<Node, string>;
}

export const TEXTS: Record<Language, Texts> = { zh, en };
