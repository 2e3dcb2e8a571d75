import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServerOptions } from 'node:https';
import {
  createCertificateAuthority,
  type CertificateAndKey,
  type CertificateAuthority,
} from '../../../sim/certificates';
import { answering } from '../../support/sellers/odd-answers';
import { startOddSeller } from '../../support/sellers/odd-seller';
import { createRig, exceptionOf } from './rig';

const DAY = 86_400_000;
const opened = answering({ resultCode: '000000', instanceId: 'i-1' });

let authority: CertificateAuthority;
let certificate: CertificateAndKey;
beforeAll(async () => {
  authority = await createCertificateAuthority();
  certificate = await authority.issue({ hosts: ['localhost'] });
});

/** Calls a server with this certificate; the exception must be in the row and the request never sent. */
async function refusal(shown: CertificateAndKey, tls: ServerOptions = {}) {
  const seller = await startOddSeller(shown, opened, { tls });
  try {
    const { newInstance, rows } = createRig({ url: seller.url, authority });
    const exception = await exceptionOf(newInstance());
    expect(rows).toEqual([
      expect.objectContaining({ exception: exception.words, httpStatus: null, resultCode: null }),
    ]);
    expect(seller).toMatchObject({ connections: 1, requests: 0 });
    expect(exception.mayHaveTakenEffect).toBe(false);
    return exception;
  } finally {
    await seller.close();
  }
}

const localhost = { hosts: ['localhost'] } as const;

describe('a seller whose certificate', () => {
  test('is good is called', async () => {
    const seller = await startOddSeller(certificate, opened);
    const { newInstance, rows } = createRig({ url: seller.url, authority });
    expect(await newInstance()).toEqual({ instanceId: 'i-1', opened: true });
    expect(rows).toEqual([
      expect.objectContaining({ exception: null, httpStatus: 200, resultCode: '000000' }),
    ]);
    await seller.close();
  });

  test('has expired', async () => {
    const old = await authority.issue({
      ...localhost,
      notBefore: new Date(Date.now() - 2 * DAY),
      notAfter: new Date(Date.now() - DAY),
    });
    expect(await refusal(old)).toMatchObject({
      code: 'CERTIFICATE_EXPIRED',
      words: expect.stringContaining('has expired') as unknown,
    });
  });

  test('is not valid yet', async () => {
    const early = await authority.issue({ ...localhost, notBefore: new Date(Date.now() + DAY) });
    expect(await refusal(early)).toMatchObject({
      code: 'CERTIFICATE_NOT_YET_VALID',
      words: expect.stringContaining('not valid yet') as unknown,
    });
  });

  test('is self-signed', async () => {
    const own = await authority.issue({ ...localhost, selfSigned: true });
    expect(await refusal(own)).toMatchObject({
      code: 'CERTIFICATE_NOT_TRUSTED',
      words:
        'The certificate of the server is not signed by a trusted authority: DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  test('comes from an authority that nobody trusts', async () => {
    const stranger = await createCertificateAuthority();
    expect(await refusal(await stranger.issue(localhost))).toMatchObject({ code: 'CERTIFICATE_NOT_TRUSTED' });
  });

  test('is for another host', async () => {
    const other = await authority.issue({ hosts: ['seller.example'] });
    expect(await refusal(other)).toMatchObject({
      code: 'CERTIFICATE_WRONG_HOST',
      words: expect.stringContaining('another host name') as unknown,
    });
  });
});

describe('a seller whose server', () => {
  const ciphers = 'DEFAULT@SECLEVEL=0';

  test('offers TLS 1.1 at most', async () => {
    const tls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers } as const;
    expect(await refusal(certificate, tls)).toMatchObject({
      code: 'TLS_TOO_OLD',
      words: expect.stringContaining('1.2') as unknown,
    });
  });

  test('offers TLS 1.2 at most is called', async () => {
    const seller = await startOddSeller(certificate, opened, { tls: { maxVersion: 'TLSv1.2' } });
    expect(await createRig({ url: seller.url, authority }).newInstance()).toMatchObject({ opened: true });
    await seller.close();
  });

  test('hangs up after each handshake is connected to once', async () => {
    const seller = await startOddSeller(certificate, opened);
    seller.server.on('secureConnection', (socket) => socket.destroy());
    const exception = await exceptionOf(createRig({ url: seller.url, authority }).newInstance());
    expect(exception).toMatchObject({ code: 'CONNECTION_LOST', mayHaveTakenEffect: true });
    expect(seller.connections).toBe(1);
    await seller.close();
  });

  describe('does not speak TLS:', () => {
    let server: Server;
    let url: string;
    async function listen(server: Server) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    }
    afterEach(() => {
      server.close();
    });

    test('it speaks plain HTTP', async () => {
      server = createServer((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      );
      await listen(server);
      expect(await exceptionOf(createRig({ url, authority }).newInstance())).toMatchObject({
        code: 'TLS_FAILED',
        mayHaveTakenEffect: false,
      });
    });

    test('it says nothing', async () => {
      const sockets: { destroy(): void }[] = [];
      server = createServer((socket) => sockets.push(socket));
      await listen(server);
      const { newInstance, rows } = createRig({ url, authority });
      expect(await exceptionOf(newInstance({ timeout: 300 }))).toEqual({
        code: 'CONNECTION_TIMED_OUT',
        words: 'No secure connection came about in time',
        mayHaveTakenEffect: false,
      });
      expect(rows[0]?.ms).toBeLessThan(1_000);
      for (const socket of sockets) socket.destroy();
    });

    test('it hangs up', async () => {
      server = createServer((socket) => socket.destroy());
      await listen(server);
      expect(await exceptionOf(createRig({ url, authority }).newInstance())).toMatchObject({
        code: 'TLS_FAILED',
        mayHaveTakenEffect: false,
      });
    });

    test('nobody listens', async () => {
      server = createServer();
      await listen(server);
      server.close();
      await once(server, 'close');
      expect(await exceptionOf(createRig({ url, authority }).newInstance())).toMatchObject({
        code: 'CONNECTION_REFUSED',
        words: expect.stringContaining('refused the connection') as unknown,
        mayHaveTakenEffect: false,
      });
    });
  });
});
