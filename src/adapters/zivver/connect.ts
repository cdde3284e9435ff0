import { ReconcileError } from '../../model/errors.ts';
import type { ExchangeLimits, ScimMethod } from './exchange.ts';
import { SafeWindow, type RateLimit } from './rate-limit.ts';
import { defaultRetryLimits, type RetryLimits } from './retry.ts';
import { ScimClient } from './scim-client.ts';
import { parseTargetUrl } from './target-url.ts';
import { systemTiming, type Timing } from './timing.ts';

export interface ConnectOptions {
  /** Of the API, e.g. `https://app.zivver.com/api/scim/v2`. */
  readonly url: string;
  /** Secret, as the admin panel shows it. */
  readonly apiKey: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Certification authority trusted besides the built-in ones. */
  readonly caPem?: string | undefined;
  /** Default 50 in 10,000 ms, as Zivver documents it. */
  readonly rateLimit?: RateLimit | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly maxAnswerBytes?: number | undefined;
  readonly retries?: RetryLimits | undefined;
  readonly timing?: Timing | undefined;
  /** Told before each wait for the rate limit. */
  readonly onWait?: ((durationMs: number) => void) | undefined;
}

export interface Timeouts extends Omit<ExchangeLimits, 'maxAnswerBytes'> {
  readonly connectTimeoutMs: number;
}

/** A list of 100,000 accounts is about 100 MB and one answer. */
const DEFAULT_MAX_ANSWER_BYTES = 400 * 1024 * 1024;

const DEFAULT_TIMEOUTS: Timeouts = {
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 60_000,
  bodyTimeoutMs: 30_000,
  totalTimeoutMs: 300_000,
};

const DEFAULT_RATE_LIMIT: RateLimit = { requests: 50, windowMs: 10_000 };

/**
 * A client that may send `methods` only. Nothing is sent yet. Throws `CONFIGURATION_INVALID` for an unusable URL and
 * `CONFIGURATION_SECRET_MISSING` for a key that is empty or cannot be a key.
 */
export function createScimClient(options: ConnectOptions, methods: readonly ScimMethod[]): ScimClient {
  const timing = options.timing ?? systemTiming;
  const rateLimit = options.rateLimit ?? DEFAULT_RATE_LIMIT;
  const { connectTimeoutMs, ...timeouts } = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  return new ScimClient({
    url: parseTargetUrl(options.url),
    apiKey: verifyKey(options.apiKey),
    userAgent: options.userAgent,
    methods,
    caPem: options.caPem,
    connectTimeoutMs,
    limits: { ...timeouts, maxAnswerBytes: options.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES },
    retries: options.retries ?? defaultRetryLimits,
    rate: new SafeWindow(rateLimit, timing, options.onWait),
    windowMs: rateLimit.windowMs,
    timing,
  });
}

function verifyKey(apiKey: string): string {
  if (/^[\x21-\x7e]+$/.test(apiKey)) return apiKey;
  const what = apiKey === '' ? 'is empty' : 'holds a blank or a character that no key has';
  throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `The API key ${what}.`, {
    remedy: 'Set ZIVVER_API_KEY to the key exactly as the admin panel of Zivver shows it.',
  });
}
