import type { OrderLineAnswer } from '../../domain/answers';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';

const HOUR = 3_600_000;
const names = ['OrderId', 'SellerId', 'BuyerId', 'Delivery', 'OrderStatus', 'Node', 'WaitingFor', 'DueAt'];

let rig: LiveRig;
/** Lines that stand in different places of their life. */
let lines: Record<'opening' | 'polling' | 'unconfirmed' | 'completed', string>;

const hasFailed = ({ log }: OrderLineAnswer) =>
  log.some(({ note }) => note.startsWith('newInstance call 1 failed'));

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
  const { client } = rig.as('platform');
  const accessKey = 'access-key-of-the-second-seller';
  await client.putSeller('seller-2', { name: 'S', email: 'b@seller.example', language: 'en', accessKey });
  await client.putProduct('seller-2', 'product-1', { name: 'P', productionUrl: rig.seller.url });
  const strangers = rig.newOrder(['open'], { sellerId: 'seller-2' });
  await client.placeOrder({ ...strangers, buyer: { ...strangers.buyer, id: 'buyer-2' } });
  lines = {
    // The second seller's key is not the one that its interface takes: 000001.
    opening: strangers.orderId,
    polling: await rig.place(['accept:never']),
    unconfirmed: await rig.place(['open-unanswered']),
    completed: await rig.place(['open']),
  };
  await rig.ended(lines.completed);
  await rig.until(lines.opening, hasFailed);
  await rig.until(lines.polling, ({ node }) => node === 'POLLING');
  await rig.until(lines.unconfirmed, hasFailed);
  const nothing = { reason: 'A test', refund: { currency: 'CNY', minor: 0 } };
  await rig.as('operator').client.command(lines.unconfirmed, 'close', nothing);
  await rig.until(lines.unconfirmed, ({ node }) => node === 'RELEASE_UNCONFIRMED');
});
afterAll(async () => {
  const { client } = rig.as('operator');
  const nothing = { reason: 'A test', refund: { currency: 'CNY', minor: 0 } };
  await client.command(lines.opening, 'close', nothing);
  await client.command(lines.polling, 'close', nothing);
  await client.command(lines.unconfirmed, 'confirm-release', { note: 'Nothing there' });
  for (const orderId of Object.values(lines)) await rig.ended(orderId);
  await rig.expectAllSound();
  await rig.end();
});

/** The ids of the lines that the Temporal UI lists for a filter. */
async function listed(query: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of rig.runtime.client.workflow.list({ query })) found.push(workflowId);
  return found.sort();
}

const at = (ms: number) => `'${new Date(Date.now() + ms).toISOString()}'`;
type Name = keyof typeof lines;

describe('the list of the Temporal UI', () => {
  it.each<[string, () => string, Name[]]>([
    ['OrderId', () => `OrderId = '${lines.polling}'`, ['polling']],
    ['SellerId', () => `SellerId = 'seller-2'`, ['opening']],
    ['BuyerId', () => `BuyerId = 'buyer-1'`, ['polling', 'unconfirmed', 'completed']],
    ['Delivery', () => `Delivery = 'saas'`, ['opening', 'polling', 'unconfirmed', 'completed']],
    ['Delivery', () => `Delivery = 'hardware'`, []],
    ['OrderStatus', () => `OrderStatus = 'PROCESSING'`, ['opening', 'polling']],
    ['OrderStatus', () => `OrderStatus IN ('COMPLETED', 'CLOSED')`, ['unconfirmed', 'completed']],
    ['Node', () => `Node = 'POLLING'`, ['polling']],
    ['Node', () => `Node = 'ENDED' OR Node = 'RELEASE_UNCONFIRMED'`, ['unconfirmed', 'completed']],
    ['WaitingFor', () => `WaitingFor = 'operator'`, ['unconfirmed']],
    ['WaitingFor', () => `WaitingFor = 'seller' AND BuyerId = 'buyer-2'`, ['opening']],
    ['DueAt', () => `DueAt < ${at(2 * HOUR)}`, ['opening']],
    ['DueAt', () => `DueAt BETWEEN ${at(2 * HOUR)} AND ${at(4 * HOUR)}`, ['polling']],
    ['DueAt', () => `DueAt IS NULL`, ['unconfirmed', 'completed']],
    ['WorkflowId', () => `WorkflowType = 'orderLine' AND ExecutionStatus = 'Completed'`, ['completed']],
  ])('can be filtered by %s', async (_name, query, expected) => {
    const ids = expected.map((name) => rig.handle(lines[name]).workflowId).sort();
    // Lists lag behind.
    await expect(
      eventually(
        () => listed(query()),
        (found) => found.length === ids.length,
      ),
    ).resolves.toEqual(ids);
  });
});

describe('the attributes', () => {
  it('are typed: keywords, and a time', async () => {
    const { customAttributes } = await rig.runtime.client.connection.operatorService.listSearchAttributes({
      namespace: rig.runtime.client.options.namespace,
    });
    const types = Object.fromEntries(names.map((name) => [name, customAttributes[name]]));
    const [KEYWORD, DATETIME] = [2, 6];
    expect(types).toEqual({ ...Object.fromEntries(names.map((name) => [name, KEYWORD])), DueAt: DATETIME });
  });

  it('of a line are what its view says', async () => {
    for (const orderId of Object.values(lines)) {
      const view = await rig.line(orderId);
      const { typedSearchAttributes: given } = await rig.handle(orderId).describe();
      const { dueAt, ...words } = SEARCH_ATTRIBUTES;
      expect(Object.fromEntries(Object.entries(words).map(([name, key]) => [name, given.get(key)]))).toEqual({
        orderId,
        sellerId: view.sellerId,
        buyerId: view.buyerId,
        delivery: 'saas',
        orderStatus: view.status,
        node: view.node,
        waitingFor: view.waitingFor,
      });
      expect(given.get(dueAt)?.getTime()).toBe(view.dueAt === null ? undefined : Date.parse(view.dueAt));
    }
  });
});
