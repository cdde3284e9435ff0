import type { Exchange, ScimMethod } from './exchange.ts';
import type { Timing } from './timing.ts';

export interface RetryLimits {
  /** How often one request is sent again after a failure. */
  readonly failures: number;
  /** How often one request is sent again after 429. */
  readonly throttles: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export const defaultRetryLimits: RetryLimits = { failures: 4, throttles: 20, firstDelayMs: 500, maxDelayMs: 30_000 };

/** A certificate that is refused now is refused in a second as well. */
const LASTING_FAULTS = /CERT|^UNABLE_TO_|^INVALID_CA$/;

/**
 * What the method and the outcome permit: a read may always be repeated, a write only if it certainly was not executed
 * (never sent, or refused with 429). Zivver has no conditional requests, so a doubtful write needs a look first.
 */
export function isRetryable(method: ScimMethod, outcome: Exchange): boolean {
  if (outcome.delivery !== 'answered') {
    return (method === 'GET' || outcome.delivery === 'not-sent') && !LASTING_FAULTS.test(outcome.fault);
  }
  return isThrottled(outcome) || (method === 'GET' && outcome.status >= 500);
}

/** True if the server refused to execute the request because there were too many. */
export function isThrottled(outcome: Exchange): boolean {
  return outcome.delivery === 'answered' && outcome.status === 429;
}

/** Exponential delay before repetition `failure` (1 = the first), half of it by chance. */
export function backOffMs(failure: number, limits: RetryLimits, timing: Pick<Timing, 'random'>): number {
  const delayMs = Math.min(limits.maxDelayMs, limits.firstDelayMs * 2 ** (failure - 1));
  return delayMs * (0.5 + timing.random() / 2);
}

/**
 * How long a 429 asks to wait: `Retry-After` in seconds or as an HTTP date, or `RateLimit-Reset` in seconds.
 * At least 1 s, at most 60 s or one window if that is longer; one window if nothing usable was told.
 */
export function throttleMs(headers: ReadonlyMap<string, string>, windowMs: number, wallNowMs: number): number {
  const toldMs =
    parseSeconds(headers.get('retry-after')) ??
    parseHttpDate(headers.get('retry-after'), wallNowMs) ??
    parseSeconds(headers.get('ratelimit-reset'));
  return Math.min(Math.max(toldMs ?? windowMs, 1_000), Math.max(windowMs, 60_000));
}

function parseSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) * 1_000 : undefined;
}

function parseHttpDate(text: string | undefined, wallNowMs: number): number | undefined {
  if (text === undefined || !/^[A-Za-z]{3,9},? .*\bGMT$/.test(text.trim())) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at - wallNowMs;
}
