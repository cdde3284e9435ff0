import type { Dispatcher } from 'undici';
import { createDispatcher } from './dispatcher.ts';
import { exchange, type Exchange, type ExchangeLimits, type ScimMethod } from './exchange.ts';
import type { SafeWindow } from './rate-limit.ts';
import { backOffMs, isRetryable, isThrottled, throttleMs, type RetryLimits } from './retry.ts';
import type { ScimGetter } from './scim-getter.ts';
import type { Timing } from './timing.ts';

/** The methods that change something. */
export type WriteMethod = Exclude<ScimMethod, 'GET'>;

export interface ScimClientOptions {
  /** As `parseTargetUrl` returns it. */
  readonly url: URL;
  /** Secret: goes into the Authorization header and nowhere else. */
  readonly apiKey: string;
  readonly userAgent: string;
  /** What this client may send; anything else throws before it reaches the network. */
  readonly methods: readonly ScimMethod[];
  readonly caPem?: string | undefined;
  readonly connectTimeoutMs: number;
  readonly limits: ExchangeLimits;
  readonly retries: RetryLimits;
  readonly rate: SafeWindow;
  readonly windowMs: number;
  readonly timing: Timing;
}

/** As many as apply has requests under way: fewer would make the first requests of a run wait for each other. */
const CONNECTIONS = 10;

/** One client of Zivver's SCIM API: authorised, never above the rate limit, repeating only what is safe to repeat. */
export class ScimClient implements ScimGetter {
  readonly #options: ScimClientOptions;
  #dispatcher: Promise<Dispatcher> | undefined;
  #clockSkewMs: number | null = null;

  constructor(options: ScimClientOptions) {
    this.#options = options;
  }

  read(path: string): Promise<Exchange> {
    return this.#send('GET', path, null);
  }

  /** Sends one write; a second time only if the first was certainly not executed. Never throws for what the network does. */
  write(method: WriteMethod, path: string, body: object | null): Promise<Exchange> {
    return this.#send(method, path, body);
  }

  /** By so much the clock of the server was ahead of ours in its last answer, to the second; null: no answer told its time. */
  get clockSkewMs(): number | null {
    return this.#clockSkewMs;
  }

  /** Closes idle connections; the client can be used again and then opens new ones. */
  async close(): Promise<void> {
    const dispatcher = await this.#dispatcher;
    this.#dispatcher = undefined;
    await dispatcher?.close();
  }

  async #send(method: ScimMethod, path: string, body: object | null): Promise<Exchange> {
    if (!this.#options.methods.includes(method)) throw new Error(`This client must not send ${method}`);
    const { rate, retries, timing } = this.#options;
    let failures = 0;
    let throttles = 0;
    for (;;) {
      const outcome = await rate.admit(() => this.#exchange(method, path, body));
      if (!isRetryable(method, outcome)) return outcome;
      if (isThrottled(outcome)) {
        this.#pause(outcome);
        if (++throttles > retries.throttles) return outcome;
      } else {
        if (++failures > retries.failures) return outcome;
        await timing.sleep(backOffMs(failures, retries, timing));
      }
    }
  }

  #pause(outcome: Exchange): void {
    const { rate, windowMs, timing } = this.#options;
    if (outcome.delivery === 'answered') rate.pause(throttleMs(outcome.headers, windowMs, timing.wallNow()));
  }

  async #exchange(method: ScimMethod, path: string, body: object | null): Promise<Exchange> {
    const { url, caPem, connectTimeoutMs, limits } = this.#options;
    this.#dispatcher ??= createDispatcher(url, { caPem, connectTimeoutMs, connections: CONNECTIONS });
    const request = {
      method,
      url: new URL(`${url.href}${path}`),
      headers: this.#buildHeaders(method, body !== null),
      body: body === null ? null : JSON.stringify(body),
    };
    const outcome = await exchange(await this.#dispatcher, request, limits);
    if (outcome.delivery === 'answered') this.#compareClocks(outcome.headers.get('date'));
    return this.#hideKey(outcome);
  }

  #compareClocks(date: string | undefined): void {
    const moment = Date.parse(date ?? '');
    if (Number.isFinite(moment)) this.#clockSkewMs = moment - this.#options.timing.wallNow();
  }

  /** Diagnostic pages of proxies like to repeat the request's headers. */
  #hideKey(outcome: Exchange): Exchange {
    if (outcome.delivery !== 'answered' || outcome.status < 300) return outcome;
    const repeatsKey = Buffer.from(outcome.body).includes(this.#options.apiKey);
    return repeatsKey ? { ...outcome, body: new Uint8Array() } : outcome;
  }

  /** PATCH of a group is 415 with any other content type and 406 with `Accept: application/json` (zivver-api §1). */
  #buildHeaders(method: ScimMethod, hasBody: boolean): Record<string, string> {
    const media = method === 'PATCH' ? 'application/scim+json' : 'application/json';
    return {
      authorization: `Bearer ${this.#options.apiKey}`,
      'user-agent': this.#options.userAgent,
      accept: media,
      ...(hasBody ? { 'content-type': media } : {}),
    };
  }
}
