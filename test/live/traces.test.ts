import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { defaultOrderLineId, orderLineWorkflowId } from '../../domain/ids';
import { TRACE_HEADER } from '../../workflows/trace';
import { eventually } from '../support/eventually';
import { replayAll, secretsIn } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { startCollector, type Collector, type ReceivedSpan } from '../support/otlp';
import { tokenOf } from '../support/parties';

/** An order as a collector of traces sees it. */

let collector: Collector;
let rig: LiveRig;
beforeAll(async () => {
  collector = await startCollector();
  rig = await LiveRig.start({ observed: { tracesUrl: `${collector.url}/v1/traces` } });
});
afterAll(async () => {
  await rig.end();
  await collector.close();
});
afterEach(() => rig.expectAllSound());

/** The trace of the request that placed an order, as soon as its workflow is in it. */
async function traceOfOrder(orderId: string): Promise<ReceivedSpan[]> {
  const workflow = (span: ReceivedSpan): boolean =>
    span.name === 'RunWorkflow:orderLine' &&
    String(span.attributes['temporalWorkflowId']).includes(`/${orderId}/`);
  await eventually(
    () => Promise.resolve(collector.spans.some(workflow)),
    (there) => there,
    60_000,
  );
  const { traceId } = collector.spans.find(workflow)!;
  return collector.spans.filter((span) => span.traceId === traceId);
}

/** The names from a span up to the first of its trace. */
function way(trace: ReceivedSpan[], span: ReceivedSpan | undefined): string[] {
  const above = trace.find(({ spanId }) => spanId === span?.parentSpanId);
  return span ? [span.name, ...way(trace, above)] : [];
}

test('one trace leads from the request through the update and the workflow to its activities', async () => {
  const orderId = await rig.place(['http-503', 'open']);
  await rig.ended(orderId);
  const trace = await traceOfOrder(orderId);

  const calls = trace.filter(({ name }) => name === 'RunActivity:newInstance');
  expect(new Set(calls.map(({ spanId }) => spanId)).size).toBe(2);
  for (const call of calls) {
    expect(way(trace, call)).toEqual([
      'RunActivity:newInstance',
      'RunWorkflow:orderLine',
      'UpdateWithStartWorkflow:open',
      'POST /v1/orders',
    ]);
  }
  expect(calls.map(({ failed }) => failed).sort()).toEqual([false, true]);
  expect(
    way(
      trace,
      trace.find(({ name }) => name === 'HandleUpdate:open'),
    ),
  ).toEqual(['HandleUpdate:open', 'UpdateWithStartWorkflow:open', 'POST /v1/orders']);
  // A task that is done again tells its spans again, under the same ids; no id is another span's too.
  const named = new Set(trace.map(({ spanId, name }) => `${spanId} ${name}`));
  expect(new Set(trace.map(({ spanId }) => spanId)).size).toBe(named.size);
  expect(new Set(trace.map(({ service }) => service))).toEqual(new Set(['steward']));
  expect(trace.find(({ name }) => name === 'POST /v1/orders')!.attributes).toMatchObject({
    'http.route': '/v1/orders',
    'http.response.status_code': 201,
  });
});

test('a trace of the caller goes on in ours', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const order = rig.newOrder();
  const answer = await fetch(`${rig.apiUrl}/v1/orders`, {
    method: 'POST',
    body: JSON.stringify(order),
    headers: {
      authorization: `Bearer ${await tokenOf('platform', 'platform-1')}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
  });
  expect(answer.status).toBe(201);
  await rig.ended(order.orderId);
  const trace = await traceOfOrder(order.orderId);
  expect(trace.find(({ name }) => name === 'POST /v1/orders')).toMatchObject({
    traceId,
    parentSpanId: 'b7ad6b7169203331',
  });
});

test('nothing that is secret or personal is in what the collector got', async () => {
  const orderId = await rig.place(['markup', 'open']);
  await rig.ended(orderId);
  await traceOfOrder(orderId);
  expect(secretsIn(collector.bytes().toString('latin1'), rig.secrets)).toEqual([]);
  expect(secretsIn(collector.bytes().toString('utf8'), rig.secrets)).toEqual([]);
});

test('code that knows no traces replays a history with one', async () => {
  const orderId = await rig.place();
  await rig.ended(orderId);
  const histories = await rig.histories(orderId);
  expect(JSON.stringify(histories)).toContain(TRACE_HEADER);
  const code = bundleWorkflowCode({
    workflowsPath: require.resolve('../../workflows'),
    failureConverterPath: require.resolve('../../workflows/failure-converter'),
    logger: new DefaultLogger('ERROR'),
  });
  const workflowId = orderLineWorkflowId(orderId, defaultOrderLineId(orderId));
  const recorded = histories.map((history) => ({ history, workflowId }));
  expect(await replayAll(recorded, code)).toEqual([undefined]);
});
