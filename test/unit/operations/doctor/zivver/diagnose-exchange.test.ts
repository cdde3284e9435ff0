import { describe, expect, it } from 'vitest';
import { diagnoseExchange } from '../../../../../src/operations/doctor/zivver/diagnose-exchange.ts';
import type { Answer } from '../../../../../src/adapters/zivver/exchange.ts';

function answer(status: number, type = 'application/json'): Answer {
  return { delivery: 'answered', status, headers: new Map([['content-type', type]]), body: new Uint8Array() };
}

describe('an exchange without accounts', () => {
  it.each([
    [401, 'zivver.key', 'KEY_REFUSED', 'TARGET_REFUSES_KEY'],
    [403, 'zivver.key', 'KEY_LACKS_RIGHTS', 'TARGET_REFUSES_KEY'],
    [404, 'zivver.api', 'API_ADDRESS_WRONG', 'TARGET_UNAVAILABLE'],
    [407, 'zivver.connection', 'PROXY_REFUSES', 'TARGET_UNAVAILABLE'],
    [429, 'zivver.accounts', 'RATE_LIMITED', 'TARGET_UNAVAILABLE'],
    [302, 'zivver.api', 'REDIRECTED', 'TARGET_UNAVAILABLE'],
    [503, 'zivver.api', 'ZIVVER_DOWN', 'TARGET_UNAVAILABLE'],
    [200, 'zivver.api', 'NOT_SCIM', 'TARGET_UNAVAILABLE'],
  ])('with status %i is at %s: %s', (status, step, code, error) => {
    expect(diagnoseExchange({ exchange: answer(status), proxy: null })).toMatchObject({
      step,
      diagnosis: { code, error },
    });
  });

  it('that brought a web page has the wrong address', () => {
    const { diagnosis } = diagnoseExchange({ exchange: answer(200, 'text/html; charset=utf-8'), proxy: null });
    expect(diagnosis.code).toBe('API_ADDRESS_WRONG');
  });

  it.each([
    ['ENOTFOUND', 'HOST_UNKNOWN'],
    ['EAI_AGAIN', 'DNS_UNAVAILABLE'],
    ['ECONNREFUSED', 'PORT_CLOSED'],
    ['UND_ERR_CONNECT_TIMEOUT', 'PORT_FILTERED'],
    ['ENETUNREACH', 'NO_ROUTE'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_UNTRUSTED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_UNTRUSTED'],
    ['CERT_HAS_EXPIRED', 'TLS_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'TLS_NOT_YET_VALID'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_WRONG_NAME'],
    ['CERT_REVOKED', 'TLS_CERTIFICATE_UNUSABLE'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'NOT_TLS'],
    ['HEADERS_TIMEOUT', 'NO_ANSWER'],
    ['ECONNRESET', 'CONNECTION_LOST'],
  ])('that failed with %s is %s', (fault, code) => {
    const exchange = { delivery: 'not-sent', fault, status: null } as const;
    expect(diagnoseExchange({ exchange, proxy: null })).toMatchObject({
      step: 'zivver.connection',
      diagnosis: { code, error: 'TARGET_UNAVAILABLE' },
    });
  });

  it('through a proxy blames the proxy, except for certificates', () => {
    const code = (fault: string): string => {
      const exchange = { delivery: 'not-sent', fault, status: null } as const;
      return diagnoseExchange({ exchange, proxy: 'proxy.company.org:8080' }).diagnosis.code;
    };
    expect(['ECONNREFUSED', 'UND_ERR_ABORTED', 'SELF_SIGNED_CERT_IN_CHAIN'].map(code)).toEqual([
      'PROXY_REFUSES',
      'PROXY_REFUSES',
      'TLS_UNTRUSTED',
    ]);
  });
});
