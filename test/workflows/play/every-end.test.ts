import type { OrderLine } from '../../../domain/order-line';
import { bringToEnd } from '../../support/play/pure-endings';
import { DELIVERIES, plainOrder } from '../../support/play/pure-orders';
import { search, walk } from '../../support/play/search';
import { Moment } from '../../support/play/temporal-stand-in';

jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  ...jest.requireActual<{ standIn: object }>('../../support/play/temporal-stand-in').standIn,
}));

/** More situations than any kind has: the search finds them all. */
const MOST = 250;
const PATIENCE = 600_000;

const REVIEWED: Partial<OrderLine> = {
  ...{ scene: 'empowerment', trade: 'joint' },
  charging: { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } },
};

beforeAll(() => void jest.spyOn(Date, 'now').mockImplementation(() => Moment.present.now));
afterAll(() => jest.restoreAllMocks());

test.each(DELIVERIES)(
  'from each situation that %s can come to there is a way to an end, and the view tells what is possible',
  async (delivery) => {
    const order = plainOrder(delivery, REVIEWED);
    const found = await search(order, MOST);
    const wrong: string[] = [];
    for (const { situation, way } of found) {
      const line = await walk(order, way);
      line.expectAllowedAsValidated();
      await bringToEnd(line);
      wrong.push(...line.violations.map((words) => `${situation}: ${words}`));
    }
    expect(wrong).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
    expect(found.length).toBeLessThan(MOST);
    expect(found.some(({ situation }) => situation.includes('"ENDED"'))).toBe(true);
  },
  PATIENCE,
);
