import { generateKeyPairSync, randomInt, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { der, derNumber, derOid, derSequence, derText } from './der.ts';

/** Throw-away certificates, made in memory: no key is ever stored. */

export interface TestAuthority {
  readonly name: string;
  /** PEM. */
  readonly certificate: string;
  readonly key: KeyObject;
}

export interface TestCertificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

const ECDSA_WITH_SHA256 = derSequence(derOid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

/** Its own root; or the issuing authority of `parent`. */
export function buildAuthority(name: string, parent?: TestAuthority): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const constraints = buildExtension('2.5.29.19', derSequence(der(0x01, Buffer.from([0xff]))));
  const body = {
    issuer: parent?.name ?? name,
    subject: name,
    publicKey,
    extension: constraints,
    from: daysFromNow(-1),
    to: daysFromNow(2),
  };
  return { name, key: privateKey, certificate: signCertificate(body, parent?.key ?? privateKey) };
}

/** A server certificate for host names and IPv4 addresses; `to` in the past makes it an expired one. */
export function issueCertificate(
  authority: TestAuthority,
  names: readonly string[],
  to: Date = daysFromNow(1),
): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extension = buildExtension('2.5.29.17', derSequence(...names.map(buildAlternativeName)));
  const from = new Date(to.getTime() - 30 * DAY_MS);
  const body = { issuer: authority.name, subject: names[0] ?? '', publicKey, extension, from, to };
  const cert = signCertificate(body, authority.key);
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

interface CertificateBody {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
  readonly from: Date;
  readonly to: Date;
}

/** RFC 5280 §4.1 */
function signCertificate(body: CertificateBody, key: KeyObject): string {
  const signed = derSequence(
    der(0xa0, derNumber(2)),
    derNumber(randomInt(1, 2 ** 32)),
    ECDSA_WITH_SHA256,
    buildName(body.issuer),
    derSequence(buildTime(body.from), buildTime(body.to)),
    buildName(body.subject),
    body.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, derSequence(body.extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, key));
  const base64 = derSequence(signed, ECDSA_WITH_SHA256, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function buildName(commonName: string): Buffer {
  return derSequence(der(0x31, derSequence(derOid('2.5.4.3'), derText(commonName, 0x0c))));
}

function buildTime(date: Date): Buffer {
  return derText(`${date.toISOString().slice(2, 19).replace(/\D/g, '')}Z`, 0x17);
}

function buildExtension(oid: string, value: Buffer): Buffer {
  return derSequence(derOid(oid), der(0x01, Buffer.from([0xff])), derText(value));
}

function buildAlternativeName(name: string): Buffer {
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return isAddress ? der(0x87, Buffer.from(name.split('.').map(Number))) : derText(name, 0x82);
}
