import { createRequire } from 'node:module';
import type * as LogUpdate from 'log-update';
import type { Io } from '../io';
import { plain } from '../plain';
import type { Look } from './follow';

const load = createRequire(__filename);

/** Shows how far runs are: rewritten in place on a terminal, else a line for each change. */
export function createTicker(out: Io['stderr']): (look: Look) => void {
  const lines = new Map<string, string>();
  const write = writer(out);
  return (look) => {
    const line = lookText(look);
    if (lines.get(look.site) === line) return;
    lines.set(look.site, line);
    write(line, [...lines.values()]);
  };
}

function writer(out: Io['stderr']): (changed: string, all: readonly string[]) => void {
  if (!isTerminal(out)) return (changed) => out.write(`${changed}\n`);
  // An ES module, which only a terminal needs.
  const { createLogUpdate } = load('log-update') as typeof LogUpdate;
  const update = createLogUpdate(out);
  return (_changed, all) => update(all.join('\n'));
}

function isTerminal(out: Io['stderr']): out is NodeJS.WriteStream {
  return (out as Partial<NodeJS.WriteStream>).isTTY === true;
}

/** For people: `china 202610  BILLING  40 of 200 sellers, 19000 of 100000 transactions, 40 bills`. */
export function lookText({ site, period, progress, trouble }: Look): string {
  const parts = [`${site} ${period}`];
  if (progress === null) parts.push('waits for a worker');
  else {
    const { phase, due, done } = progress;
    parts.push(phase);
    if (due) {
      const { sellers, transactions, bills } = done;
      parts.push(
        `${sellers} of ${due.sellers} sellers, ${transactions} of ${due.transactions} transactions, ${bills} bills`,
      );
    }
  }
  if (trouble !== null) parts.push(`is tried again: ${plain(trouble)}`);
  return parts.join('  ');
}
