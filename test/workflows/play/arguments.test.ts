import { COMMAND_NAMES } from '../../../domain/commands';
import { commandBodies } from '../../../domain/schemas/commands';
import { ARGUMENTS } from '../../support/play/arguments';

test.each(COMMAND_NAMES)('random play knows what to give %s with', (command) => {
  const entry = ARGUMENTS[command];
  expect(
    entry === undefined && `${command} needs an entry in ARGUMENTS of test/support/play/arguments.ts`,
  ).toBe(false);
  const problems = (entry?.bodies ?? []).map((body) => commandBodies[command].safeParse(body).error?.message);
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});
