import { createCertificateAuthority, type CertificateAuthority } from '../../../sim/certificates';
import { startNameServer, type NameRecords, type NameServer } from '../../support/name-server';
import { answering } from '../../support/sellers/odd-answers';
import { startOddSeller, type OddSeller } from '../../support/sellers/odd-seller';
import { eventually } from '../../support/eventually';
import { createRig, exceptionOf } from './rig';

/** How names of sellers are found: real UDP to a name server on loopback. */

// Nobody is given 2d00::/8, so nothing is reached by it.
const NOBODY = '2d00:0:0:0:0:0:0:1';
const LOOPBACK_6 = '0:0:0:0:0:0:0:1';

let authority: CertificateAuthority;
let seller: OddSeller;
let names: NameServer;
beforeAll(async () => {
  authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['seller.example', 'localhost'] });
  seller = await startOddSeller(certificate, answering({ resultCode: '000000', instanceId: 'i-1' }));
});
afterAll(() => seller.close());
afterEach(() => names.close());

/** The activities for a seller that this name server knows as `seller.example`. */
async function named(records: NameRecords, options: { allow?: string[] } = { allow: [] }) {
  names = await startNameServer({ 'seller.example': records });
  const url = `https://seller.example:${seller.port}/produce`;
  return createRig({ url, authority, nameServers: [names.address], ...options });
}

test('silent name servers of eight sellers hold up no other seller', async () => {
  const { newInstance } = await named({ A: 'silent', AAAA: 'silent' });
  const stuck = Array.from({ length: 8 }, () => exceptionOf(newInstance({ timeout: 1_000 })));
  await eventually(
    () => Promise.resolve(names.asked),
    (asked) => asked.length === 16,
  );
  let ended = 0;
  for (const one of stuck) void one.then(() => ended++);

  expect(await createRig({ url: seller.url, authority }).newInstance()).toMatchObject({ opened: true });
  expect(ended).toBe(0);
  for (const one of stuck) expect(await one).toMatchObject({ code: 'CONNECTION_TIMED_OUT' });
});

test('a name server that keeps silent is given up before the time of the call is over', async () => {
  const { newInstance } = await named({ A: 'silent', AAAA: 'silent' });
  expect(await exceptionOf(newInstance({ timeout: 5_000 }))).toEqual({
    code: 'NAME_NOT_FOUND',
    words: 'The host name of the production URL was not found: seller.example ETIMEOUT',
    mayHaveTakenEffect: false,
  });
});

test.each<[string, NameRecords]>([
  ['IPv4', { A: ['127.0.0.1'], AAAA: [] }],
  ['IPv6', { A: [], AAAA: [LOOPBACK_6] }],
  ['IPv4 beside a public IPv6', { A: ['127.0.0.1'], AAAA: [NOBODY] }],
  ['IPv6 beside a public IPv4', { A: ['8.8.8.8'], AAAA: [LOOPBACK_6] }],
])('a private address by %s is refused', async (_name, records) => {
  seller.connections = 0;
  const { newInstance } = await named(records);
  expect(await exceptionOf(newInstance())).toMatchObject({ code: 'ADDRESS_NOT_PUBLIC' });
  expect(seller.connections).toBe(0);
});

test.each<[string, NameRecords]>([
  ['has no IPv4 addresses', { A: [], AAAA: [NOBODY] }],
  ['is told to have no IPv4 addresses by an error', { A: 'refuses', AAAA: [NOBODY] }],
])('a public host that %s is tried by IPv6', async (_name, records) => {
  const { newInstance } = await named(records);
  const { code } = await exceptionOf(newInstance({ timeout: 500 }));
  expect(['CONNECTION_FAILED', 'CONNECTION_TIMED_OUT']).toContain(code);
});

test.each<[string, NameRecords, string]>([
  ['no address', { A: [], AAAA: [] }, 'ENODATA'],
  ['nothing but errors', { A: 'refuses', AAAA: 'refuses' }, 'ESERVFAIL'],
])('a name with %s is not found', async (_name, records, reason) => {
  const { newInstance } = await named(records);
  expect(await exceptionOf(newInstance())).toMatchObject({
    code: 'NAME_NOT_FOUND',
    words: expect.stringContaining(`seller.example ${reason}`) as unknown,
  });
});

test('an allowed host is looked up as the system does, which knows names such as localhost', async () => {
  names = await startNameServer({});
  const { newInstance } = createRig({ url: seller.url, authority, nameServers: [names.address] });
  expect(await newInstance()).toMatchObject({ opened: true });
  expect(names.asked).toEqual([]);
});
