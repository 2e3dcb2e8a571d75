import { Client, Connection } from '@temporalio/client';
import { defaultOrderLineId, orderLineWorkflowId } from '../../domain/ids';
import type { World } from '../faults/world';
import { expectSound, testDataConverter } from '../support/history-checks';
import { partyAt, tokenOf } from '../support/parties';
import type { Ground } from '../support/play/ground';
import { patiently } from '../support/play/patience';
import { historiesOf } from '../../bench/histories';

/** What `steward up` sends its mails from. */
const MAIL_FROM = 'steward@localhost';

/** The world around a `steward up` in a process of its own, that is ended by `kill -9` and started again. */
export async function worldGround(world: World): Promise<Ground & { end: () => Promise<void> }> {
  const connection = await Connection.connect({ address: world.server.address });
  const client = new Client({ connection, dataConverter: testDataConverter });
  const workflowIdOf = (orderId: string) => orderLineWorkflowId(orderId, defaultOrderLineId(orderId));
  const handle = (orderId: string) => client.workflow.getHandle(workflowIdOf(orderId));
  const histories = (orderId: string) => historiesOf(client, workflowIdOf(orderId));
  const other: Ground['other'] = async (role, sub) => partyAt(world.home.apiUrl, await tokenOf(role, sub));
  const ours = <About extends { orderId: string }>(all: readonly About[], orderId: string) =>
    all.filter((about) => about.orderId === orderId);
  const { seller, platform, mailbox } = world;

  return {
    ...{ other, handle, histories, seller, platform, mailbox, mailFrom: MAIL_FROM, mayRepeatMails: true },
    newOrder: (script, line) => world.newOrder(script ?? ['open'], line),
    refunds: (orderId) => ours(platform.refunds, orderId),
    instances: (orderId) => ours(seller.instances, orderId),
    async ended(orderId) {
      await handle(orderId).result();
      const order = { orderId } as Parameters<World['until']>[0];
      return patiently(() => world.until(order, ({ node }) => node === 'ENDED'));
    },
    async expectSound(orderId) {
      for (const history of await histories(orderId)) await expectSound(history, workflowIdOf(orderId));
    },
    async kill() {
      await world.killSteward();
      await world.startSteward();
    },
    async end() {
      await connection.close();
      await world.end();
    },
  };
}
