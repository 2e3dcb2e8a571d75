import fc from 'fast-check';
import { COMMAND_NAMES } from '../../domain/commands';
import { commandBodies } from '../../domain/schemas/commands';
import type { OrderLine } from '../../domain/order-line';
import { ARGUMENTS } from '../support/play/arguments';
import { CLOSERS } from '../support/play/endings';
import { PureLine } from '../support/play/pure-line';
import { orders } from '../support/play/pure-orders';
import { scriptOf } from '../support/play/script';
import { pureSteps, type PureStep } from '../support/play/steps';
import { Moment } from '../support/play/temporal-stand-in';

jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  ...jest.requireActual<{ standIn: object }>('../support/play/temporal-stand-in').standIn,
}));

/** Lives that are played, and steps of the longest. */
const LIVES = Number(process.env['STEWARD_PLAY_LIVES'] ?? 2_000);
const STEPS = 40;
const SEED = process.env['STEWARD_PLAY_SEED'];
const DAY = 86_400_000;

beforeAll(() => void jest.spyOn(Date, 'now').mockImplementation(() => Moment.present.now));
afterAll(() => jest.restoreAllMocks());

test.each(COMMAND_NAMES)('random play knows what to give %s with', (command) => {
  const { bodies } = ARGUMENTS[command] ?? {};
  if (!bodies) throw new Error(`${command} has no entry in ARGUMENTS of test/support/play/arguments.ts`);
  const problems = bodies.map((body) => commandBodies[command].safeParse(body).error?.message);
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test(`${LIVES} random lives of all kinds keep the rules of design §3, and each can be brought to an end`, async () => {
  const seen = new Set<string>();
  const life = fc.asyncProperty(orders, pureSteps(STEPS), async (order, steps) => {
    const line = await play(order, steps, seen);
    return line.violations.length === 0;
  });
  const options = SEED === undefined ? {} : { seed: Number(SEED) };
  const result = await fc.check(life, { numRuns: LIVES, ...options });
  const words = result.failed ? await storyOf(result.seed, result.counterexample!) : '';
  expect(words).toBe('');
  expect(seen.size).toBeGreaterThan(100);
});

async function play(order: OrderLine, steps: readonly PureStep[], seen: Set<string>): Promise<PureLine> {
  const line = await PureLine.begin(order);
  for (const step of steps) {
    await line.make(step);
    if (!seen.has(line.situation)) line.expectAllowedAsValidated();
    seen.add(line.situation);
    if (line.violations.length > 0) return line;
  }
  await finish(line);
  return line;
}

/** Brings a line to its end, from wherever it is. */
async function finish(line: PureLine): Promise<void> {
  for (let tries = 0; line.view.node !== 'ENDED' && line.violations.length === 0; tries += 1) {
    if (tries > 30) return void line.violations.push(`no way to an end from ${line.situation}`);
    const closer = CLOSERS.find(({ command }) => line.possible.some((one) => one.command === command));
    const [call] = line.moment.calls;
    if (closer) {
      await line.make({ do: 'any', role: 'operator', own: true, ...closer });
    } else if (call) {
      await line.make({ do: 'answer', choice: 0, outcome: 0 });
    } else {
      await line.make({ do: 'pass', ms: 31 * DAY });
    }
  }
}

/** The shortest life that goes wrong, as a person would repeat it. */
async function storyOf(seed: number, [order, steps]: [OrderLine, PureStep[]]): Promise<string> {
  const line = await play(order, steps, new Set());
  const again = `STEWARD_PLAY_SEED=${seed} npx jest test/workflows/random-play`;
  return `\n${scriptOf(order, line.done, again)}\n# Wrong: ${line.violations.join('; ')}\n`;
}
