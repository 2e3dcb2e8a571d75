import { X509Certificate } from 'node:crypto';
import { createCertificateAuthority } from '../../sim/certificates';

test('an authority that was saved issues certificates that the first one would recognise', async () => {
  const { certPem, keyPem } = await createCertificateAuthority();
  const reopened = await createCertificateAuthority({ certPem, keyPem });
  expect(reopened.certPem).toBe(certPem);
  const issued = new X509Certificate(
    (await reopened.issue({ hosts: ['localhost', 'seller.example'] })).certPem,
  );
  const authority = new X509Certificate(certPem);
  expect(authority.ca).toBe(true);
  expect(issued.verify(authority.publicKey)).toBe(true);
  expect(issued.checkIssued(authority)).toBe(true);
  expect([
    issued.checkHost('localhost'),
    issued.checkHost('seller.example'),
    issued.checkHost('other.example'),
  ]).toEqual(['localhost', 'seller.example', undefined]);
});

test('a certificate is valid now unless asked otherwise, and has the key that comes with it', async () => {
  const authority = await createCertificateAuthority();
  const certificate = new X509Certificate((await authority.issue({ hosts: ['localhost'] })).certPem);
  expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now() + 300 * 86_400_000);
  expect(certificate.ca).toBe(false);
  const own = new X509Certificate(
    (await authority.issue({ hosts: ['localhost'], selfSigned: true })).certPem,
  );
  expect(own.verify(own.publicKey)).toBe(true);
});
