import { CERTIFICATION_COMMAND_NAMES } from '../../domain/certification/machine';
import { BILL_COMMAND_NAMES } from '../../domain/billing/commands';
import { COMMAND_NAMES, COMMANDS } from '../../domain/commands';
import { send, startRig, type Rig } from './rig';

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.close());

/** What the tests look at of an OpenAPI document. */
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, object> };
}
interface Operation {
  description: string;
  security?: object[];
  requestBody: { content: Record<string, { schema: { required: string[] } }> };
  responses: Record<string, { content: object }>;
}

const documented = async () => (await send<OpenApi>(rig.app, { url: '/docs/json' })).body;

const BILL = '/v1/bills/{sellerId}/{period}/{site}/{variant}/{currency}';

describe('the OpenAPI document', () => {
  it('names every route', async () => {
    const { openapi, paths } = await documented();
    expect(openapi).toMatch(/^3\.1/);
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.sort()).toEqual(
      [
        'GET /healthz',
        'GET /readyz',
        'GET /v1/orders',
        'GET /v1/orders/{orderId}',
        'GET /v1/seller-calls',
        'GET /v1/transactions',
        'GET /v1/exports/{exportId}',
        'POST /v1/transactions/exports',
        'POST /v1/licenses/activate',
        'POST /v1/licenses/heartbeat',
        'POST /v1/logistics-events',
        'POST /v1/orders',
        'POST /v1/orders/{orderId}/record-repayment',
        'POST /v1/sellers/{sellerId}/record-deposit',
        'GET /v1/sellers/{sellerId}/certification',
        ...CERTIFICATION_COMMAND_NAMES.map(
          (command) => `POST /v1/sellers/{sellerId}/certification/${command}`,
        ),
        'POST /v1/agreements',
        'GET /v1/agreements/{version}',
        'POST /v1/agreements/{version}/sign-agreement',
        'PUT /v1/sellers/{sellerId}',
        'PUT /v1/sellers/{sellerId}/products/{productId}',
        'GET /v1/bills',
        `GET ${BILL}`,
        `GET ${BILL}/statement`,
        `GET ${BILL}/transactions`,
        ...BILL_COMMAND_NAMES.map((command) => `POST ${BILL}/${command}`),
        ...COMMAND_NAMES.flatMap((command) => [
          `POST /v1/orders/{orderId}/${command}`,
          `POST /v1/orders/{orderId}/lines/{orderLineId}/${command}`,
        ]),
      ].sort(),
    );
  });

  it('says who may call, with a token, and what an error looks like', async () => {
    const { paths, components } = await documented();
    const close = paths['/v1/orders/{orderId}/close']!['post']!;
    expect(close.description).toBe(`For ${COMMANDS.close.join(', ')}`);
    expect(close.security).toEqual([{ bearer: [] }]);
    expect(components.securitySchemes['bearer']).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(Object.keys(close.responses['4XX']!.content)).toEqual(['application/problem+json']);
    expect(paths['/healthz']!['get']!.security).toBeUndefined();
  });

  it('shows bodies and answers, and never an access key in an answer', async () => {
    const { paths } = await documented();
    const put = paths['/v1/sellers/{sellerId}']!['put']!;
    expect(put.requestBody.content['application/json']!.schema.required).toContain('accessKey');
    expect(JSON.stringify(put.responses)).not.toContain('accessKey');
    expect(JSON.stringify(paths['/v1/orders']!['post']!.requestBody)).toContain('Integer minor units');
  });

  it('says what kinds of files there are', async () => {
    const { paths } = await documented();
    const typesOf = (path: string) => Object.keys(paths[path]!['get']!.responses['200']!.content);
    expect(typesOf(`${BILL}/statement`)).toEqual(['application/pdf']);
    for (const path of [`${BILL}/transactions`, '/v1/exports/{exportId}']) {
      expect(typesOf(path)).toEqual([
        'text/csv; charset=utf-8',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ]);
    }
  });

  it('is a page for people', async () => {
    const answer = await send(rig.app, { url: '/docs/' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('swagger-ui');
  });
});

describe('the health of the process', () => {
  it('is answered to anybody', async () => {
    expect(await send(rig.app, { url: '/healthz' })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await send(rig.app, { url: '/readyz' })).toMatchObject({
      status: 200,
      body: { database: true, temporal: true },
    });
  });

  it('is bad for work while Temporal is away', async () => {
    rig.lines.silent = true;
    const answer = await send(rig.app, { url: '/readyz' });
    expect(answer).toMatchObject({ status: 503, body: { database: true, temporal: false } });
    expect(await send(rig.app, { url: '/healthz' })).toMatchObject({ status: 200 });
  });
});
