import fc from 'fast-check';
import type { OrderLine } from '../../../domain/order-line';
import { bringToEnd } from '../../support/play/pure-endings';
import { PureLine } from '../../support/play/pure-line';
import { orders } from '../../support/play/pure-orders';
import { scriptOf } from '../../support/play/script';
import { pureSteps, type PureStep } from '../../support/play/steps';
import { Moment } from '../../support/play/temporal-stand-in';

jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  ...jest.requireActual<{ standIn: object }>('../../support/play/temporal-stand-in').standIn,
}));

/** Lives that are played, and steps of the longest. */
const LIVES = 2_000;
const STEPS = 40;
/** The same lives each time, so that a red run is the fault of what was changed; other seeds play other ones. */
const SEED = Number(process.env['STEWARD_PLAY_SEED'] ?? 1);
/** A busy machine needs several times the half minute. */
const PATIENCE = 600_000;

beforeAll(() => void jest.spyOn(Date, 'now').mockImplementation(() => Moment.present.now));
afterAll(() => jest.restoreAllMocks());

test(
  `${LIVES} random lives of all kinds keep the rules, and each is brought to an end`,
  async () => {
    const seen = new Set<string>();
    const life = fc.asyncProperty(orders, pureSteps(STEPS), async (order, steps) => {
      const line = await play(order, steps, seen);
      return line.violations.length === 0;
    });
    const result = await fc.check(life, { numRuns: LIVES, seed: SEED });
    expect(result.failed ? await storyOf(result.seed, result.counterexample!) : '').toBe('');
    expect(seen.size).toBeGreaterThan(300);
  },
  PATIENCE,
);

async function play(order: OrderLine, steps: readonly PureStep[], seen: Set<string>): Promise<PureLine> {
  const line = await PureLine.begin(order);
  for (const step of steps) {
    await line.make(step);
    const { situation } = line;
    if (!seen.has(situation)) line.expectAllowedAsValidated();
    seen.add(situation);
    if (line.violations.length > 0) return line;
  }
  await bringToEnd(line);
  return line;
}

/** The shortest life that goes wrong, as a person would repeat it. */
async function storyOf(seed: number, [order, steps]: [OrderLine, PureStep[]]): Promise<string> {
  const line = await play(order, steps, new Set());
  const again = `STEWARD_PLAY_SEED=${seed} npx jest test/workflows/play/random-lives`;
  return `\n${scriptOf(order, line.done, again)}\n# Wrong: ${line.violations.join('\n# Wrong: ')}\n`;
}
