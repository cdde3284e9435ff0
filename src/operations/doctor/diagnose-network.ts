import type { ErrorCode } from '../../model/errors.ts';
import type { DiagnosisCode } from './check.ts';

/** One cause of a connection that did not come about, whoever it was to. */
export interface NetworkFault {
  readonly code: DiagnosisCode;
  /** After the server's name, without a full stop. */
  readonly what: string;
  readonly fix: string;
}

/** Setting that names the server, for the cure. */
export type ServerSetting = 'urls' | 'zivver.url';

/** Explains a code of the system or of TLS; null for any other. */
export function diagnoseNetworkFault(fault: string, setting: ServerSetting): NetworkFault | null {
  const rule = RULES.find(({ faults }) => faults.test(fault));
  if (rule === undefined) return null;
  return { code: rule.code, what: rule.what, fix: rule.fix[setting] };
}

/** Exit code family of a server that cannot be used. */
export function errorOfNetworkFault(code: DiagnosisCode, setting: ServerSetting): ErrorCode {
  if (setting === 'zivver.url') return 'TARGET_UNAVAILABLE';
  return code.startsWith('TLS_') ? 'SOURCE_TLS' : 'SOURCE_UNREACHABLE';
}

interface Rule extends Omit<NetworkFault, 'fix'> {
  readonly faults: RegExp;
  readonly fix: Readonly<Record<ServerSetting, string>>;
}

const same = (fix: string): Rule['fix'] => ({ urls: fix, 'zivver.url': fix });

const RULES: readonly Rule[] = [
  {
    faults: /^ENOTFOUND$/,
    code: 'HOST_UNKNOWN',
    what: 'no such host is known here',
    fix: {
      urls: 'Correct the host in urls, or let this machine use the DNS server of the domain.',
      'zivver.url': 'Correct the host in zivver.url, or the DNS of this machine.',
    },
  },
  {
    faults: /^EAI_\w+$/,
    code: 'DNS_UNAVAILABLE',
    what: 'the DNS server of this machine does not answer',
    fix: same('Correct the DNS server of this machine, or its network.'),
  },
  {
    faults: /^ECONNREFUSED$/,
    code: 'PORT_CLOSED',
    what: 'nothing listens on that port',
    fix: {
      urls: 'Correct the port in urls (ldaps:// is 636), or switch LDAPS on at the domain controller.',
      'zivver.url': 'Correct the port in zivver.url, or set HTTPS_PROXY.',
    },
  },
  {
    faults: /^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EACCES|EPERM)$/,
    code: 'PORT_FILTERED',
    what: 'no answer on that port; a firewall probably drops it',
    fix: {
      urls: 'Open the firewall from this machine to that host and port.',
      'zivver.url': 'Allow outgoing connections to the host of zivver.url, or set HTTPS_PROXY.',
    },
  },
  {
    faults: /^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    code: 'NO_ROUTE',
    what: 'no route leads to the host',
    fix: {
      urls: 'Open the network between this machine and the host (VPN, routing).',
      'zivver.url': 'Connect this machine to the internet, or set HTTPS_PROXY.',
    },
  },
  {
    faults: /^CERT_HAS_EXPIRED$/,
    code: 'TLS_EXPIRED',
    what: 'its certificate has expired',
    fix: {
      urls: 'Renew the certificate of the domain controller.',
      'zivver.url': 'Correct the clock of this machine; renew the certificate if the server is yours.',
    },
  },
  {
    faults: /^CERT_NOT_YET_VALID$/,
    code: 'TLS_NOT_YET_VALID',
    what: 'its certificate is not valid yet',
    fix: same('Correct the clock of this machine or of the server.'),
  },
  {
    faults: /^(?:ERR_TLS_CERT_ALTNAME_\w+|HOSTNAME_MISMATCH)$/,
    code: 'TLS_WRONG_NAME',
    what: 'its certificate is for another host',
    fix: {
      urls: 'Write one of the names of the certificate in urls.',
      'zivver.url': 'Correct the host in zivver.url.',
    },
  },
  {
    faults: /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|CERT_UNTRUSTED|INVALID_CA)$/,
    code: 'TLS_UNTRUSTED',
    what: 'the authority of its certificate is not trusted here',
    fix: {
      urls: 'Save the certificate of that authority as a PEM file and name it as caFile.',
      'zivver.url':
        'Save the certificate of the inspecting proxy’s authority as a PEM file and name it as zivver.caFile.',
    },
  },
  {
    faults: /^(?:CERT_|CRL_|INVALID_|PATH_LENGTH|ERR_TLS_CERT|ERR_SSL_EE_KEY)/,
    code: 'TLS_CERTIFICATE_UNUSABLE',
    what: 'its certificate cannot be used',
    fix: same('Give the server a certificate that is valid for TLS servers.'),
  },
];
