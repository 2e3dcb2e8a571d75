import type { LookupAddress } from 'node:dns';
import { createCertificateAuthority, type CertificateAuthority } from '../../../sim/certificates';
import { answering } from '../../support/sellers/odd-answers';
import { startOddSeller, type OddSeller } from '../../support/sellers/odd-seller';
import { createRig, exceptionOf } from './rig';

let authority: CertificateAuthority;
let seller: OddSeller;
beforeAll(async () => {
  authority = await createCertificateAuthority();
  const certificate = await authority.issue({ hosts: ['seller.example', 'localhost'] });
  seller = await startOddSeller(certificate, answering({ resultCode: '000000', instanceId: 'i-1' }));
});
afterAll(() => seller.close());
beforeEach(() => Object.assign(seller, { connections: 0, requests: 0 }));

/** A resolver that gives these answers one after another, the last one for ever, and counts. */
function resolver(...answers: string[][]) {
  return jest.fn((): Promise<LookupAddress[]> => {
    const list = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    return Promise.resolve(list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  });
}

const refused = (code: string) => ({
  code,
  mayHaveTakenEffect: false,
  words: expect.stringContaining('production URL') as unknown,
});

describe('a production URL that', () => {
  const urls: [string, (port: number) => string, string][] = [
    ['is an IPv4 address', (port) => `https://127.0.0.1:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is a decimal number', (port) => `https://2130706433:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is a hex number', (port) => `https://0x7f000001:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is an octal address', (port) => `https://0177.0.0.1:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is a short address', (port) => `https://127.1:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    [
      'is an address in full-width digits',
      (port) => `https://１２７.0.0.1:${port}/`,
      'URL_NOT_A_DOMAIN_NAME',
    ],
    ['is an address with a dot behind', (port) => `https://127.0.0.1.:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is an IPv6 address', (port) => `https://[::1]:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is an IPv6-mapped address', (port) => `https://[::ffff:127.0.0.1]:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is a name with a dot behind', (port) => `https://localhost.:${port}/`, 'URL_NOT_A_DOMAIN_NAME'],
    ['is plain HTTP', (port) => `http://localhost:${port}/`, 'URL_NOT_HTTPS'],
    ['is a file', () => 'file:///etc/passwd', 'URL_NOT_HTTPS'],
    ['holds a user name', (port) => `https://user@localhost:${port}/`, 'URL_WITH_CREDENTIALS'],
    ['holds a password', (port) => `https://:secret@localhost:${port}/`, 'URL_WITH_CREDENTIALS'],
    ['is no URL', () => 'seller.example/produce', 'URL_INVALID'],
  ];

  test.each(urls)('%s is refused, whatever its name resolves to', async (_name, url, code) => {
    const resolve = resolver(['127.0.0.1']);
    // Even the operator's allow-list opens nothing but a private address.
    const allow = [`localhost:${seller.port}`];
    const { newInstance, rows } = createRig({ url: url(seller.port), authority, allow, resolve });
    const exception = await exceptionOf(newInstance());
    expect(exception).toEqual(refused(code));
    expect(exception.words).not.toContain('secret');
    expect(rows).toEqual([expect.objectContaining({ exception: exception.words, httpStatus: null })]);
    expect(resolve).not.toHaveBeenCalled();
    expect(seller.connections).toBe(0);
  });
});

describe('a host name that leads to', () => {
  const call = (resolve: () => Promise<LookupAddress[]>, allow: string[] = []) =>
    createRig({ url: `https://seller.example:${seller.port}/produce`, authority, allow, resolve });

  test.each([
    ['a private address', ['127.0.0.1']],
    ['an IPv6-mapped private address', ['::ffff:127.0.0.1']],
    ['a public and a private address', ['2d00::1', '127.0.0.1']],
    ['something that is no address', ['0x7f.1']],
  ])('%s is refused', async (_name, addresses) => {
    const { newInstance, rows } = call(resolver(addresses));
    expect(await exceptionOf(newInstance())).toEqual({
      code: 'ADDRESS_NOT_PUBLIC',
      words: 'The host name of the production URL leads to an address that is not public: seller.example',
      mayHaveTakenEffect: false,
    });
    expect(rows[0]?.exception).toContain('not public');
    expect(seller.connections).toBe(0);
  });

  test('a public address when it is checked and a private one later is looked up only once', async () => {
    // Nobody is given 2d00::/8, so nothing is reached by it.
    const resolve = resolver(['2d00::1'], ['127.0.0.1']);
    const { newInstance, rows } = call(resolve);
    expect(['CONNECTION_FAILED', 'CONNECTION_TIMED_OUT']).toContain(
      (await exceptionOf(newInstance({ timeout: 500 }))).code,
    );
    expect(rows[0]?.exception).toMatch(/could not be reached|in time/);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(seller.connections).toBe(0);
  });

  test('one server at first and another later is connected to the first', async () => {
    const second = await startOddSeller(await authority.issue({ hosts: ['seller.example'] }), answering({}), {
      host: '127.0.0.2',
      port: seller.port,
    });
    const resolve = resolver(['127.0.0.1'], ['127.0.0.2']);
    const { newInstance } = call(resolve, [`seller.example:${seller.port}`]);
    expect(await newInstance()).toEqual({ instanceId: 'i-1', opened: true });
    expect([seller.requests, second.connections, resolve.mock.calls.length]).toEqual([1, 0, 1]);
    await second.close();
  });

  test('an address where nobody listens and one where the seller does reaches the seller', async () => {
    const { newInstance } = call(resolver(['::1', '127.0.0.1']), [`seller.example:${seller.port}`]);
    expect(await newInstance()).toEqual({ instanceId: 'i-1', opened: true });
  });

  test('nothing is told as not found', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const { newInstance, rows } = call(lookup);
    expect(await exceptionOf(newInstance())).toEqual({
      code: 'NAME_NOT_FOUND',
      words: 'The host name of the production URL was not found: seller.example ENOTFOUND',
      mayHaveTakenEffect: false,
    });
    expect(rows[0]?.exception).toContain('not found');
    expect(await exceptionOf(call(resolver([])).newInstance())).toMatchObject({ code: 'NAME_NOT_FOUND' });
  });

  test('no answer at all ends in time', async () => {
    const { newInstance } = call(() => new Promise(() => undefined));
    expect(await exceptionOf(newInstance({ timeout: 200 }))).toMatchObject({
      code: 'CONNECTION_TIMED_OUT',
      mayHaveTakenEffect: false,
    });
  });

  test('a private address on another port than the allowed one is refused', async () => {
    const { newInstance } = call(resolver(['127.0.0.1']), ['seller.example:443', `localhost:${seller.port}`]);
    expect(await exceptionOf(newInstance())).toMatchObject({ code: 'ADDRESS_NOT_PUBLIC' });
    expect(seller.connections).toBe(0);
  });
});
