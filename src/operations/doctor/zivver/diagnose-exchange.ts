import type { ErrorCode } from '../../../model/errors.ts';
import type { Exchange } from '../../../adapters/zivver/exchange.ts';
import { buildDiagnosis, type CheckId, type Diagnosis, type DiagnosisCode } from '../check.ts';
import { diagnoseNetworkFault, errorOfNetworkFault } from '../diagnose-network.ts';

/** Why Zivver's API cannot be used, and how far the request got. */
export interface ExchangeFinding {
  readonly step: Extract<CheckId, 'zivver.connection' | 'zivver.api' | 'zivver.key' | 'zivver.accounts'>;
  readonly what: string;
  readonly diagnosis: Diagnosis;
}

export interface ExchangeQuestion {
  readonly exchange: Exchange;
  /** `host:port` of the proxy that the environment names; null = none is used. */
  readonly proxy: string | null;
}

/** Explains any exchange that brought no list of accounts; one with status 200 brought something else. */
export function diagnoseExchange({ exchange, proxy }: ExchangeQuestion): ExchangeFinding {
  if (exchange.delivery !== 'answered') return diagnoseSilence(exchange.fault, proxy);
  const { status, headers } = exchange;
  const isPage = /\bhtml\b/i.test(headers.get('content-type') ?? '');
  const rule = RULES.find(({ from, to, page }) => status >= from && status <= to && (page !== true || isPage));
  return rule === undefined ? build(OTHERWISE, status) : build(rule, status);
}

interface Rule {
  readonly from: number;
  readonly to: number;
  /** Only if the answer is a web page. */
  readonly page?: true;
  readonly step: ExchangeFinding['step'];
  readonly code: DiagnosisCode;
  readonly error: ErrorCode;
  readonly what: string;
  readonly fix: string;
}

const CORRECT_URL = 'Set zivver.url to https://app.zivver.com/api/scim/v2, as Zivver’s admin panel shows it.';

const RULES: readonly Rule[] = [
  {
    from: 401,
    to: 401,
    step: 'zivver.key',
    code: 'KEY_REFUSED',
    error: 'TARGET_REFUSES_KEY',
    what: 'Zivver refuses the API key',
    fix: 'Make a new key in Zivver’s admin panel and set ZIVVER_API_KEY; a key dies with the administrator who made it.',
  },
  {
    from: 403,
    to: 403,
    step: 'zivver.key',
    code: 'KEY_LACKS_RIGHTS',
    error: 'TARGET_REFUSES_KEY',
    what: 'the API key is known but may not read accounts',
    fix: 'Set ZIVVER_API_KEY to a key of an administrator who may manage accounts.',
  },
  {
    from: 407,
    to: 407,
    step: 'zivver.connection',
    code: 'PROXY_REFUSES',
    error: 'TARGET_UNAVAILABLE',
    what: 'the proxy wants a login',
    fix: 'Set HTTPS_PROXY to http://user:password@proxy:port.',
  },
  {
    from: 429,
    to: 429,
    step: 'zivver.accounts',
    code: 'RATE_LIMITED',
    error: 'TARGET_UNAVAILABLE',
    what: 'Zivver takes no more requests now (50 in 10 s for the whole organisation)',
    fix: 'Stop other programs that use this API, such as the Synctool, wait a minute, and try again.',
  },
  {
    from: 300,
    to: 399,
    step: 'zivver.api',
    code: 'REDIRECTED',
    error: 'TARGET_UNAVAILABLE',
    what: 'the server sends elsewhere instead of answering: a login page or a proxy',
    fix: CORRECT_URL,
  },
  {
    from: 500,
    to: 599,
    step: 'zivver.api',
    code: 'ZIVVER_DOWN',
    error: 'TARGET_UNAVAILABLE',
    what: 'the server has a fault of its own',
    fix: 'Wait and try again; look at Zivver’s status page if it lasts.',
  },
  {
    from: 200,
    to: 299,
    page: true,
    step: 'zivver.api',
    code: 'API_ADDRESS_WRONG',
    error: 'TARGET_UNAVAILABLE',
    what: 'a web page answers instead of the API',
    fix: CORRECT_URL,
  },
  {
    from: 200,
    to: 299,
    step: 'zivver.api',
    code: 'NOT_SCIM',
    error: 'TARGET_UNAVAILABLE',
    what: 'the answer is not a list of accounts',
    fix: CORRECT_URL,
  },
];

const OTHERWISE: Rule = {
  from: 0,
  to: 0,
  step: 'zivver.api',
  code: 'API_ADDRESS_WRONG',
  error: 'TARGET_UNAVAILABLE',
  what: 'the server does not know this address',
  fix: CORRECT_URL,
};

function build({ step, code, error, what, fix }: Rule, status: number): ExchangeFinding {
  return { step, what: `${what} (status ${status})`, diagnosis: buildDiagnosis({ code, error }, fix) };
}

function diagnoseSilence(fault: string, proxy: string | null): ExchangeFinding {
  const step = 'zivver.connection';
  const found = diagnoseNetworkFault(fault, 'zivver.url');
  const isTls = found?.code.startsWith('TLS_') === true;
  if (proxy !== null && !isTls && !fault.endsWith('_TIMEOUT')) {
    const fix = 'Correct HTTPS_PROXY or NO_PROXY, and allow the host of zivver.url on the proxy.';
    const diagnosis = buildDiagnosis({ code: 'PROXY_REFUSES', error: 'TARGET_UNAVAILABLE' }, fix, [`proxy ${proxy}`]);
    return { step, what: `the proxy opens no connection (${fault})`, diagnosis };
  }
  if (found !== null) {
    const { code, what, fix } = found;
    return { step, what, diagnosis: buildDiagnosis({ code, error: errorOfNetworkFault(code, 'zivver.url') }, fix) };
  }
  if (/^(?:EPROTO|ERR_SSL_\w+|HPE_\w+)$/.test(fault)) {
    const fix = 'Correct the scheme and the port of zivver.url.';
    return {
      step,
      what: 'no HTTPS on that port',
      diagnosis: buildDiagnosis({ code: 'NOT_TLS', error: 'TARGET_UNAVAILABLE' }, fix),
    };
  }
  const isLate = fault.endsWith('TIMEOUT');
  const code = isLate ? 'NO_ANSWER' : 'CONNECTION_LOST';
  const what = isLate ? 'connected, but no answer in time' : `the connection broke off (${fault})`;
  return {
    step,
    what,
    diagnosis: buildDiagnosis({ code, error: 'TARGET_UNAVAILABLE' }, 'Check the network, then try again.'),
  };
}
