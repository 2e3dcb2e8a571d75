import { mask } from '../domain/mask';

const CENSORED = '[censored]';
/** Fields that hold secrets or personal data, in any spelling and as part of a longer name. */
const SECRET_PART =
  /authorization|cookie|access[-_]?key|password|secret|token|licen[cs]e|app[-_]?info|e-?mail|phone|mobile/i;
/** The same, by their whole name: `buyerId` is none. `params` and `detail` are what databases quote of rows. */
const SECRET_WHOLE = /^(buyer|buyer[-_]?name|contact|recipient|user[-_]?name|params|detail)$/i;

/** Drizzle quotes a failed statement's values in its message, before the stack. */
const SQL_VALUES = /\nparams: .*?(?=\n {4}at |$)/gs;

/**
 * Censors one line of JSON, whatever wrote it: fields by name at any depth, and what `mask` knows
 * in any text, messages and stacks too.
 *
 * @example censorLine('{"accessKey":"k","msg":"mailed to a@b.cn"}') // {"accessKey":"[censored]","msg":"mailed to [e-mail]"}
 */
export function censorLine(line: string): string {
  return `${JSON.stringify(JSON.parse(line, censorField))}\n`;
}

function censorField(name: string, value: unknown): unknown {
  if (value !== null && (SECRET_PART.test(name) || SECRET_WHOLE.test(name))) return CENSORED;
  return typeof value === 'string' ? censorText(value) : value;
}

function censorText(text: string): string {
  return mask(text.replace(SQL_VALUES, ''));
}
