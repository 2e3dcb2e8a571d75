import { plain } from '../plain';
import type { Diagnosis } from './doctor';

/** One line for each check, and one that sums them up. */
export function diagnosisText({ checks }: Diagnosis): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, state, words, mend }) => {
    const sentence = mend === null ? words : `${words}. To mend: ${mend}`;
    return `${state.padEnd(12)} ${name.padEnd(width)}  ${plain(sentence)}`;
  });
  const count = (state: string) => checks.filter((check) => check.state === state).length;
  const sums = (['wrong', 'warning', 'not checked', 'ok'] as const).map(
    (state) => `${count(state)} ${state}`,
  );
  return `${lines.join('\n')}\n\n${sums.join(', ')}`;
}
