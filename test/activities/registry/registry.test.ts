import { createRegistryActivities } from '../../../activities/registry';
import { getOrder } from '../../../db/order-lines';
import { registerOrder } from '../../../db/orders';
import { viewStore } from '../../../db/views';
import { sampleOrder, sampleView } from '../../db/samples';
import { openTestDatabase, testKeys } from '../../support/database';

test('what a workflow publishes is what the registry shows', async () => {
  const { db, close } = await openTestDatabase();
  await registerOrder(db, testKeys, sampleOrder('R-1'));
  const activities = createRegistryActivities({ views: viewStore(db) });
  const publish = (revision: number) =>
    activities.publishView({
      orderId: 'R-1',
      orderLineId: 'R-1-000001',
      view: sampleView(revision, [revision]),
    });
  await publish(1);
  await publish(2);
  const [line] = await getOrder(db, 'R-1');
  expect(line?.view).toEqual(sampleView(2, [1, 2]));
  await close();
});
