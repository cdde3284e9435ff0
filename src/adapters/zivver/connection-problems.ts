import type { TargetProblem } from '../../model/account/target.ts';
import type { NoAnswer } from './exchange.ts';

interface ConnectionRule {
  readonly faults: RegExp;
  readonly what: string;
  readonly cure: string;
}

const RULES: readonly ConnectionRule[] = [
  {
    faults: /^(ENOTFOUND|EAI_\w+)$/,
    what: "The name of Zivver's server cannot be resolved",
    cure: 'Check the host in zivver.url and the DNS of this computer.',
  },
  {
    faults: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EACCES|EPERM)$/,
    what: "Zivver's server cannot be reached",
    cure: 'Allow outgoing connections to the host and port of zivver.url, or set HTTPS_PROXY.',
  },
  {
    faults: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|CERT_UNTRUSTED|INVALID_CA)$/,
    what: "The certificate of Zivver's server comes from an authority that is not trusted here",
    cure: 'Give the authority of your inspecting proxy as an additional CA file; never switch verification off.',
  },
  {
    faults: /^(CERT_\w+|ERR_TLS_CERT_\w+)$/,
    what: "The certificate of Zivver's server is not valid for this host or at this time",
    cure: 'Check the host in zivver.url and the clock of this computer.',
  },
  {
    faults: /^(EPROTO|ERR_SSL_\w+|HPE_\w+)$/,
    what: 'The server does not speak the protocol of zivver.url',
    cure: 'Check the scheme and the port of zivver.url.',
  },
  {
    faults: /^(UND_ERR_ABORTED|UND_ERR_PRX_\w+)$/,
    what: 'The proxy does not open a connection to Zivver',
    cure: 'Check HTTPS_PROXY and NO_PROXY, and allow the host of zivver.url on the proxy.',
  },
  {
    faults: /^(\w+_TIMEOUT)$/,
    what: 'Zivver did not answer in time',
    cure: 'Wait and try again.',
  },
  {
    faults: /^ANSWER_TOO_LARGE$/,
    what: 'The answer is larger than any organisation could need',
    cure: 'Check that zivver.url names the API of Zivver.',
  },
];

const OTHERWISE: Omit<ConnectionRule, 'faults'> = {
  what: 'The connection to Zivver broke off',
  cure: 'Check the network between this computer and Zivver, then try again.',
};

/** Explains a request that got no whole answer. */
export function mapConnectionProblem({ delivery, fault, status }: NoAnswer): TargetProblem {
  const { what, cure } = RULES.find(({ faults }) => faults.test(fault)) ?? OTHERWISE;
  const doubt = delivery === 'unknown' ? '; the request may have been executed' : '; nothing was sent';
  return { cause: 'unavailable', delivery, status, what: `${what} (${fault})${doubt}.`, cure };
}
