const CENSORED = '[censored]';
/** Fields that hold secrets or personal data, in any spelling and as part of a longer name. */
const SECRET_PART =
  /authorization|cookie|access[-_]?key|password|secret|token|app[-_]?info|e-?mail|phone|mobile/i;
/** The same, by their whole name: `buyerId` is none. `params` and `detail` are what databases quote of rows. */
const SECRET_WHOLE = /^(buyer|buyer[-_]?name|contact|recipient|user[-_]?name|params|detail)$/i;

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,63}/gu;
/** A Chinese mobile number, or any number in international form; digits within an id are none. */
const PHONE = /(?<![\w-])(?:1[3-9]\d{9}|\+\d[\d -]{6,18}\d)(?![\w-])/g;
/** Drizzle quotes a failed statement's values in its message, before the stack. */
const SQL_VALUES = /\nparams: .*?(?=\n {4}at |$)/gs;

/**
 * Censors one line of JSON, whatever wrote it: fields by name at any depth, addresses and numbers in any
 * text, messages and stacks too.
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
  return text.replace(SQL_VALUES, '').replace(EMAIL, '[e-mail]').replace(PHONE, '[phone]');
}
