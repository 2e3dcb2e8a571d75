import { eq } from 'drizzle-orm';
import { createLicenseActivities } from '../../activities/license';
import type { OpenDatabase } from '../../db/connect';
import { Keyring } from '../../db/keyring';
import { findLicense, licenseStore, openLicense, recordHeartbeat } from '../../db/licenses';
import { getOrder, listLines } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { licenses } from '../../db/schema';
import { openTestDatabase } from '../support/database';
import { sampleOrder } from './samples';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const ring = (...keys: string[]) => Keyring.parse('STEWARD_MASTER_KEYS', keys.join(','));
const OLD = ring(key('k1', 1));
const BOTH = ring(key('k2', 2), key('k1', 1));
const NEW = ring(key('k2', 2));

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** An order of seller S1 whose line has a code. */
async function issued(
  orderId: string,
  keys = OLD,
): Promise<{ line: ReturnType<typeof lineOf>; code: string }> {
  await registerOrder(database.db, OLD, sampleOrder(orderId));
  await issue(orderId, keys);
  return { line: lineOf(orderId), code: await codeOf(orderId, keys) };
}

const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });
const issue = (orderId: string, keys = OLD) =>
  createLicenseActivities({ licenses: licenseStore(database.db, keys) }).issueLicense({
    ...lineOf(orderId),
    sellerId: 'S1',
  });
const codeOf = async (orderId: string, keys = OLD) =>
  openLicense(keys, (await getOrder(database.db, orderId))[0]!)!;
const rowOf = async (orderId: string) =>
  (await database.db.select().from(licenses).where(eq(licenses.orderId, orderId)))[0]!;

describe('a code', () => {
  test('is made once for a line, also by two at once', async () => {
    await registerOrder(database.db, OLD, sampleOrder('L-1'));
    expect(openLicense(OLD, (await getOrder(database.db, 'L-1'))[0]!)).toBeNull();
    await Promise.all([issue('L-1'), issue('L-1'), issue('L-1')]);
    const first = await codeOf('L-1');
    await issue('L-1');
    expect(await codeOf('L-1')).toBe(first);
    expect(first).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  });

  test('is in SQL encrypted only', async () => {
    const { code } = await issued('L-2');
    const row = JSON.stringify(await rowOf('L-2'));
    const line = JSON.stringify((await listLines(database.db, {})).items);
    for (const hidden of [code, code.replaceAll('-', ''), code.toLowerCase()]) {
      expect(row).not.toContain(hidden);
      expect(line).not.toContain(hidden);
    }
  });

  test('of one line cannot be read out of another', async () => {
    await issued('L-3');
    await issued('L-4');
    const { codeEncrypted } = await rowOf('L-3');
    const changed = { ...(await getOrder(database.db, 'L-4'))[0]!, licenseEncrypted: codeEncrypted };
    expect(() => openLicense(OLD, changed)).toThrow(
      expect.objectContaining({ code: 'DECRYPTION_FAILED' }) as Error,
    );
  });

  test('is needed for an order line that is registered', async () => {
    await expect(issue('NOT-REGISTERED')).rejects.toThrow();
  });
});

describe('a code is found', () => {
  const find = (typed: string, { keys = OLD, sellerId = 'S1' } = {}) =>
    findLicense(database.db, keys, sellerId, typed);

  test('by its seller, however it was typed', async () => {
    const { line, code } = await issued('F-1');
    await issued('F-2');
    expect(await find(code)).toEqual(line);
    expect(await find(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toEqual(line);
  });

  test('by nobody else, and no other code is', async () => {
    const { code } = await issued('F-3');
    expect(await find(code, { sellerId: 'S2' })).toBeNull();
    expect(await find('0000-0000-0000-0000-0000-0000-0000-0000')).toBeNull();
    expect(await find('no code at all')).toBeNull();
  });

  test('after a change of the master key, and then moves to the new one', async () => {
    const { line, code } = await issued('F-4', OLD);
    const before = await rowOf('F-4');
    expect(await find(code, { keys: BOTH })).toEqual(line);
    const after = await rowOf('F-4');
    expect(after.codeHmac).not.toBe(before.codeHmac);
    expect(after.codeEncrypted).toMatch(/^k2:/);
    expect(await find(code, { keys: NEW })).toEqual(line);
    expect(await codeOf('F-4', NEW)).toBe(code);
  });

  test('after a change, also by several at once', async () => {
    const { line, code } = await issued('F-5', OLD);
    const found = await Promise.all(Array.from({ length: 5 }, () => find(code, { keys: BOTH })));
    expect(found).toEqual(Array(5).fill(line));
    expect(await codeOf('F-5', NEW)).toBe(code);
  });

  test('not when another seller types it: that does not even move the row', async () => {
    const { code } = await issued('F-6', OLD);
    const before = await rowOf('F-6');
    expect(await find(code, { keys: BOTH, sellerId: 'S2' })).toBeNull();
    expect(await rowOf('F-6')).toEqual(before);
  });

  test('no more once the key that it was written under is gone', async () => {
    const { code } = await issued('F-7', OLD);
    expect(await find(code, { keys: NEW })).toBeNull();
  });

  test('a newest key that was tried and taken back does no harm', async () => {
    const { line, code } = await issued('F-8', BOTH);
    expect(await find(code, { keys: ring(key('k1', 1), key('k2', 2)) })).toEqual(line);
    expect(await find(code, { keys: OLD })).toEqual(line);
  });
});

test('the newest heartbeat is kept', async () => {
  const { line } = await issued('H-1');
  expect((await rowOf('H-1')).lastHeartbeatAt).toBeNull();
  await recordHeartbeat(database.db, line, 1_764_000_000_000);
  await recordHeartbeat(database.db, line, 1_764_000_060_000);
  expect((await rowOf('H-1')).lastHeartbeatAt).toBe(1_764_000_060_000);
});

describe('the index of a keyring', () => {
  test('is the same for the same text, and another one for each key and purpose', () => {
    const all = [
      ...BOTH.blindIndexes('A', 'one'),
      ...BOTH.blindIndexes('A', 'two'),
      ...BOTH.blindIndexes('B', 'one'),
    ];
    expect(new Set(all).size).toBe(6);
    expect(BOTH.blindIndexes('A', 'one')).toEqual([
      ...NEW.blindIndexes('A', 'one'),
      ...OLD.blindIndexes('A', 'one'),
    ]);
  });
});
