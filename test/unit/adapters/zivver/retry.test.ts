import { describe, expect, it } from 'vitest';
import type { Exchange, ScimMethod } from '../../../../src/adapters/zivver/exchange.ts';
import { backOffMs, defaultRetryLimits, isRetryable, throttleMs } from '../../../../src/adapters/zivver/retry.ts';

const WALL_NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

function answered(status: number): Exchange {
  return { delivery: 'answered', status, headers: new Map(), body: new Uint8Array() };
}

describe('isRetryable', () => {
  const notSent: Exchange = { delivery: 'not-sent', fault: 'ECONNREFUSED', status: null };
  const unknown: Exchange = { delivery: 'unknown', fault: 'UND_ERR_SOCKET', status: null };
  const table: [string, Exchange, ScimMethod[]][] = [
    ['not sent', notSent, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
    ['429', answered(429), ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
    ['unknown', unknown, ['GET']],
    ['an untrusted certificate', { delivery: 'not-sent', fault: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', status: null }, []],
    [
      'a certificate of another host',
      { delivery: 'not-sent', fault: 'ERR_TLS_CERT_ALTNAME_INVALID', status: null },
      [],
    ],
    ['500', answered(500), ['GET']],
    ['503', answered(503), ['GET']],
    ['200', answered(200), []],
    ['400', answered(400), []],
    ['401', answered(401), []],
    ['409', answered(409), []],
  ];
  it.each(table)('after "%s" repeats only the methods that cannot do harm', (_, outcome, methods) => {
    const repeated = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((m) => isRetryable(m, outcome));
    expect(repeated).toEqual(methods);
  });
});

describe('throttleMs', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['seconds with blanks', { 'retry-after': ' 7 ' }, 7_000],
    ['zero', { 'retry-after': '0' }, 1_000],
    ['an HTTP date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:12 GMT' }, 12_000],
    ['an old HTTP date form', { 'retry-after': 'Monday, 23-Nov-26 12:00:12 GMT' }, 12_000],
    ['a date in the past', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 1_000],
    ['a date far away', { 'retry-after': 'Mon, 23 Nov 2099 12:00:00 GMT' }, 60_000],
    ['an absurd number', { 'retry-after': '99999999999999999999' }, 60_000],
    ['a negative number', { 'retry-after': '-5' }, 10_000],
    ['words', { 'retry-after': 'soon' }, 10_000],
    ['a fraction', { 'retry-after': '1.5' }, 10_000],
    ['nothing', {}, 10_000],
    ['only RateLimit-Reset', { 'ratelimit-reset': '4' }, 4_000],
    ['words and RateLimit-Reset', { 'retry-after': 'soon', 'ratelimit-reset': '4' }, 4_000],
  ])('bounds what %s asks for', (_, headers, waitMs) => {
    expect(throttleMs(new Map(Object.entries(headers)), 10_000, WALL_NOW)).toBe(waitMs);
  });

  it('waits a whole window if that is longer than a minute', () => {
    expect(throttleMs(new Map(), 90_000, WALL_NOW)).toBe(90_000);
  });
});

describe('backOffMs', () => {
  it('doubles up to its maximum and is half chance', () => {
    const least = { random: () => 0 };
    expect([1, 2, 3, 20].map((n) => backOffMs(n, defaultRetryLimits, least))).toEqual([250, 500, 1_000, 15_000]);
    expect(backOffMs(1, defaultRetryLimits, { random: () => 0.999 })).toBeCloseTo(500, -1);
  });
});
