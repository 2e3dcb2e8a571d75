import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { createApi } from '../../api/app';
import * as schema from '../../db/schema';
import { WINDOWS } from '../../domain/windows';
import { createLogger } from '../../workers/logger';
import { openTestDatabase, testKeys } from '../support/database';
import { AUTH, expectProblem, orderBody, SELLER, send, tokenOf } from './rig';
import { SILENT_CERTIFICATIONS } from './stand-in-certifications';
import { StandInBills } from './stand-in-bills';
import { StandInLines } from './stand-in-lines';
import type { Database } from '../../db/connect';

/** A database that is away is no bug: callers are told to come back. */

async function expectUnavailable(database: Database): Promise<void> {
  const logger = createLogger({ destination: { write: () => undefined } });
  const app = await createApi({
    ...{ database, keyring: testKeys, windows: WINDOWS.fast, auth: AUTH, logger },
    ...{
      lines: new StandInLines(database),
      bills: new StandInBills(),
      certifications: SILENT_CERTIFICATIONS,
    },
  });
  const authorization = `Bearer ${await tokenOf('platform')}`;
  const requests = [
    { method: 'GET', url: '/v1/orders' },
    { method: 'POST', url: '/v1/orders', payload: orderBody('O1') },
    { method: 'PUT', url: '/v1/sellers/S1', payload: SELLER },
  ] as const;
  for (const request of requests) {
    const answer = await send(app, { ...request, headers: { authorization } });
    const { detail } = expectProblem(answer, 503, 'DATABASE_UNAVAILABLE');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(detail).not.toMatch(/DATABASE_URL|127\.0\.0\.1|select|insert|order_lines|sellers/i);
  }
  await app.close();
}

test('PGlite that was closed', async () => {
  const { db, close } = await openTestDatabase();
  await close();
  await expectUnavailable(db);
});

describe('PostgreSQL', () => {
  let server: Server;
  let port: number;
  let greet: (socket: Socket) => void;
  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      greet(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => server.close());

  const expectPoolUnavailable = async (options: object = {}): Promise<void> => {
    const pool = new Pool({ host: '127.0.0.1', port, user: 'u', password: 'p', database: 'd', ...options });
    pool.on('error', () => undefined);
    await expectUnavailable(drizzle(pool, { schema }));
    await pool.end();
  };

  it('that refuses connections', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expectPoolUnavailable();
  });

  it('that ends them', async () => {
    greet = (socket) => socket.destroy();
    await expectPoolUnavailable();
  });

  it('that never answers', async () => {
    greet = () => undefined;
    await expectPoolUnavailable({ connectionTimeoutMillis: 100 });
  });

  it('that shuts down', async () => {
    greet = (socket) => void socket.once('data', () => socket.end(fatal('57P03', 'shutting down')));
    await expectPoolUnavailable();
  });

  it('that has no connection left', async () => {
    greet = (socket) => void socket.once('data', () => socket.end(fatal('53300', 'too many clients')));
    await expectPoolUnavailable();
  });
});

/** An ErrorResponse of PostgreSQL's protocol. */
function fatal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
