import type { PeerCertificate } from 'node:tls';
import { validityOf } from '../../../adapters/ldap/ldap-certificate.ts';
import { buildDiagnosis, type Check, type CheckWriter } from '../check.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** A certificate that was accepted; a warning if it will not be for long. */
export function judgeCertificate(shown: PeerCertificate | undefined, now: Date, write: CheckWriter): Check {
  const until = shown?.valid_to === undefined ? Number.NaN : Date.parse(shown.valid_to);
  if (Number.isNaN(until)) return write.passed('source.tls', 'encrypted, certificate accepted');
  const day = new Date(until).toISOString().slice(0, 10);
  if (until - now.getTime() > SOON_DAYS * DAY_MS) {
    return write.passed('source.tls', `certificate accepted, valid until ${day}`);
  }
  const fix = 'Renew the certificate of the domain controller before that day.';
  const diagnosis = buildDiagnosis({ code: 'TLS_EXPIRES_SOON', error: 'SOURCE_TLS' }, fix, describeCertificate(shown));
  return write.warned('source.tls', `certificate accepted, but it expires on ${day}`, diagnosis);
}

/** Names, issuer and validity, a line each. */
export function describeCertificate(shown: PeerCertificate | undefined): readonly string[] {
  if (shown?.subject === undefined) return [];
  const names = shown.subjectaltname?.replaceAll('DNS:', '').replaceAll('IP Address:', '');
  const issuer = [shown.issuer.CN, shown.issuer.O].filter((part) => part !== undefined).join(', ');
  return [
    `certificate for ${names ?? `${String(shown.subject.CN)} (old style, without alternative names)`}`,
    `issued by ${issuer}`,
    validityOf(shown),
  ];
}
