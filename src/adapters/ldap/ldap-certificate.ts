import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from 'node:tls';

import { ReconcileError } from '../../model/errors.ts';
import type { Problem } from '../../model/errors.ts';

const CERTIFICATE_FAULT =
  /^(?:CERT_|CRL_|ERR_TLS_CERT|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_SSL_EE_KEY)/;

/** True if a server was reached and its certificate refused. */
export function isCertificateFault(error: Error): boolean {
  return 'code' in error && CERTIFICATE_FAULT.test(String(error.code));
}

/** `SOURCE_TLS` with what the certificate says: names, issuer, validity. */
export function buildCertificateError(
  error: Error,
  server: string,
  shown: PeerCertificate | undefined,
): ReconcileError {
  const { what, remedy } = describeFault('code' in error ? String(error.code) : '', server);
  return new ReconcileError('SOURCE_TLS', `the certificate of ${server} is refused: ${what}`, {
    remedy,
    problems: describeCertificate(server, shown),
    cause: error,
  });
}

/** Throws `CONFIGURATION_INVALID` unless the text holds readable certificates in PEM form. */
export function verifyAuthorities(pem: string): void {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return;
  throw new ReconcileError('CONFIGURATION_INVALID', 'caFile does not hold certificates in PEM form', {
    remedy: 'Export the certificate of the authority as Base-64 encoded X.509 and name that file as caFile.',
  });
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}

function describeFault(code: string, server: string): { readonly what: string; readonly remedy: string } {
  if (code === 'CERT_HAS_EXPIRED') {
    return { what: 'it has expired', remedy: 'Renew the certificate of the domain controller.' };
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return { what: 'it is not valid yet', remedy: 'Correct the clock of this machine or of the domain controller.' };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const isAddress = /^(?:\d+\.){3}\d+:|^\[/.test(server);
    return isAddress
      ? {
          what: 'it does not name this IP address among its alternative names, and an old-style name does not count',
          remedy: 'Write the host name that the certificate has in urls, not the address.',
        }
      : { what: 'it is for another host', remedy: 'Write one of the names of the certificate in urls.' };
  }
  if (/^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED)/.test(code)) {
    return {
      what: 'its authority is unknown',
      remedy: 'Name a PEM file with the certificate of its authority, the issuing one or the root, as caFile.',
    };
  }
  return { what: code, remedy: 'Give the domain controller a certificate that is valid for LDAP over TLS.' };
}

function describeCertificate(server: string, shown: PeerCertificate | undefined): Problem[] {
  if (shown?.subject === undefined) return [];
  const names = shown.subjectaltname ?? `only the old-style name ${String(shown.subject.CN)}`;
  const issuer = [shown.issuer.CN, shown.issuer.O].filter((part) => part !== undefined).join(', ');
  return [
    { where: server, what: `certificate for ${names}` },
    { where: server, what: `issued by ${issuer}` },
    { where: server, what: validityOf(shown) },
  ];
}

/** `valid from 2026-11-26 to 2029-02-28`. */
export function validityOf({ valid_from: from, valid_to: to }: PeerCertificate): string {
  const dayOf = (text: string): string => {
    const time = Date.parse(text);
    return Number.isNaN(time) ? text : new Date(time).toISOString().slice(0, 10);
  };
  return `valid from ${dayOf(from)} to ${dayOf(to)}`;
}
