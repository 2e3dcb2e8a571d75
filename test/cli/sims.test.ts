import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type * as FilePromises from 'node:fs/promises';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { queryForm } from '../../activities/logistics/query';
import { startSims } from '../../cli/up/sims';

/** What the simulated parties of `steward up` keep. */

jest.mock('node:fs/promises', () => {
  const files = jest.requireActual<typeof FilePromises>('node:fs/promises');
  return { ...files, writeFile: jest.fn(files.writeFile) };
});

const folder = mkdtempSync(join(tmpdir(), 'steward-sims-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = () =>
  startSims(folder, [], {
    webhookSecret: 'unused',
    platformUrl: 'https://platform.example',
    smtpUrl: 'smtps://mail.example',
    kuaidi100: false,
  });

const account = ({ carrier }: Awaited<ReturnType<typeof start>>) => [carrier?.customer, carrier?.key];

test('a start that ends while it writes the identity is no obstacle; the next one’s identity stays', async () => {
  jest.mocked(writeFile).mockImplementationOnce(async (file, text, options) => {
    await writeFile(file, (text as string).slice(0, 100), options);
    throw new Error('killed');
  });
  await expect(start()).rejects.toThrow('killed');

  const first = await start();
  await first.close();
  const second = await start();
  await second.close();
  expect(second.seller.accessKey).toBe(first.seller.accessKey);
  expect(second.caPem).toBe(first.caPem);
  expect(account(second)).toEqual(account(first));
  const { mode } = statSync(join(folder, 'sim', 'identity.json'));
  expect((mode & 0o777).toString(8)).toBe('600');
  expect(readdirSync(join(folder, 'sim')).filter((name) => name.startsWith('identity'))).toEqual([
    'identity.json',
  ]);
});

test('the seller is found where it was before, for products that point there; where that is taken, elsewhere', async () => {
  const first = await start();
  await first.close();
  const second = await start();
  expect(second.seller.productionUrl).toBe(first.seller.productionUrl);
  const third = await start();
  expect(third.seller.productionUrl).not.toBe(first.seller.productionUrl);
  await second.close();
  await third.close();
});

test('a parcel that no sample names is in transit, so that whoever plays its carrier is heard', async () => {
  const sims = await start();
  const { carrier, caPem } = sims;
  const dispatcher = new Agent({ connect: { ca: caPem } });
  const parcel = { carrier: 'shunfeng', trackingNumber: 'SF1234567890', phone: '13800000000' };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const about = { method: 'POST', headers, body: queryForm(parcel, carrier!) } as const;
  const answer = await request(carrier!.url, { dispatcher, ...about });
  expect(await answer.body.json()).toMatchObject({ message: 'ok', nu: 'SF1234567890', state: '0' });
  await dispatcher.close();
  await sims.close();
});

test('an identity of 0.2.0, which knows no carrier, gets one for good and stays what it was', async () => {
  const file = join(folder, 'sim', 'identity.json');
  const older = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  delete older['carrier'];
  await writeFile(file, JSON.stringify(older));
  const first = await start();
  await first.close();
  const second = await start();
  await second.close();
  expect(first.seller.accessKey).toBe(older['accessKey']);
  expect(first.caPem).toBe(older['certPem']);
  expect(account(first)).toEqual([expect.stringMatching(/^[0-9A-F]{32}$/), expect.any(String)]);
  expect(account(second)).toEqual(account(first));
});
