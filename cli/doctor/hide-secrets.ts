import type { Environment } from '../../workers/keys';
import type { Finding } from './finding';

/** Settings that are secrets, or lists of secrets. */
const SECRET = /(KEY|SECRET|TOKEN|PASSWORD)S?$/;
/** Shorter ones would be found in words that tell nothing. */
const SHORTEST = 6;

/** Takes out of findings whatever is a secret of this environment: others' errors may quote what they were given. */
export function hideSecrets(env: Environment): (finding: Finding) => Finding {
  const secrets = Object.entries(env)
    .flatMap(([setting, value = '']) => [
      ...(SECRET.test(setting) ? [value, ...value.split(',').map(withoutId)] : []),
      ...passwordIn(value),
    ])
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const hide = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
  return (finding) =>
    finding.mend === null
      ? { ...finding, words: hide(finding.words) }
      : { ...finding, words: hide(finding.words), mend: hide(finding.mend) };
}

/** The id of a key is none of its secrets. */
function withoutId(entry: string): string {
  return entry.trim().replace(/^[\w-]{1,32}:/, '');
}

/** Of a URL, as it is written there and as it is meant. */
function passwordIn(value: string): string[] {
  const password = /^[\w+]+:\/\/[^/@]*?:([^/]*)@/.exec(value)?.[1];
  return password === undefined ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
