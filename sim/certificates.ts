import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface CertificateAndKey {
  certPem: string;
  keyPem: string;
}

/** What a server certificate is to be like. */
export interface CertificateRequest {
  /** DNS names; the first one is the common name too. */
  hosts: readonly [string, ...string[]];
  /** Default: an hour ago, for clocks that differ. */
  notBefore?: Date;
  /** Default: in a year. */
  notAfter?: Date;
  /** Signed by itself and not by the authority; default false. */
  selfSigned?: boolean;
}

/** A local authority. Its `certPem` and `keyPem` can be saved and given to `createCertificateAuthority` again. */
export interface CertificateAuthority extends CertificateAndKey {
  issue(request: CertificateRequest): Promise<CertificateAndKey>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** Makes a certificate authority for local servers, valid for ten years, or takes up a saved one. */
export async function createCertificateAuthority(saved?: CertificateAndKey): Promise<CertificateAuthority> {
  const { certPem, keyPem } = saved ?? (await newAuthority());
  const issuer = new X509Certificate(certPem).subject;
  const signingKey = await importKey(keyPem);
  return {
    certPem,
    keyPem,
    async issue({ hosts, notBefore = fromNow(-HOUR), notAfter = fromNow(YEAR), selfSigned = false }) {
      const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const subject = `CN=${hosts[0]}`;
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject,
        issuer: selfSigned ? subject : issuer,
        notBefore,
        notAfter,
        publicKey: keys.publicKey,
        signingKey: selfSigned ? keys.privateKey : signingKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value }))),
        ],
      });
      return { certPem: certificate.toString('pem'), keyPem: await exportKey(keys.privateKey) };
    },
  };
}

async function newAuthority(): Promise<CertificateAndKey> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Steward local authority',
    notBefore: fromNow(-HOUR),
    notAfter: fromNow(10 * YEAR),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { certPem: certificate.toString('pem'), keyPem: await exportKey(keys.privateKey) };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}

/** Positive and unique, so that browsers accept several certificates of one authority. */
function serialNumber(): string {
  return `01${randomBytes(15).toString('hex')}`;
}

function fromNow(ms: number): Date {
  return new Date(Date.now() + ms);
}
