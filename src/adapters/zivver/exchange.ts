import type { Dispatcher } from 'undici';

/** The methods Zivver's API knows. */
export type ScimMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP request, ready to be sent. */
export interface ExchangeRequest {
  readonly method: ScimMethod;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An answer that was read to its end. */
export interface Answer {
  readonly delivery: 'answered';
  readonly status: number;
  /** Lower-case names; of repeated ones the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** No whole answer. `not-sent`: nothing was written to any connection. `unknown`: the server may have done it. */
export interface NoAnswer {
  readonly delivery: 'not-sent' | 'unknown';
  /** Code of the failure: of the system (`ECONNREFUSED`), of TLS, of undici, or one of `ExchangeFault`. */
  readonly fault: string;
  /** If the answer broke off after its status line, else null. */
  readonly status: number | null;
}

export type ExchangeFault = 'HEADERS_TIMEOUT' | 'BODY_TIMEOUT' | 'TOTAL_TIMEOUT' | 'ANSWER_TOO_LARGE' | 'SENT_TWICE';

export type Exchange = Answer | NoAnswer;

export interface ExchangeLimits {
  /** From the start of sending to the status line. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of the body. */
  readonly bodyTimeoutMs: number;
  /** From the call to the end of the answer, connecting included. */
  readonly totalTimeoutMs: number;
  readonly maxAnswerBytes: number;
}

/**
 * Sends one request once and reads the answer to its end. Never throws and never sends again.
 *
 * Undici calls `onRequestStart` right before it writes the request to a connection, in the same turn in which it publishes
 * `undici:client:sendHeaders`: without that call nothing was sent, whatever the error says; after it anything may have happened.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest, limits: ExchangeLimits): Promise<Exchange> {
  return new Promise((resolve) => {
    const ongoing = new OngoingExchange(limits, resolve);
    const { method, url, headers, body } = request;
    const path = `${url.pathname}${url.search}`;
    try {
      dispatcher.dispatch(
        { origin: url.origin, path, method, headers: { ...headers }, body, headersTimeout: 0, bodyTimeout: 0 },
        ongoing,
      );
    } catch (error) {
      ongoing.onResponseError(undefined, error);
    }
  });
}

/** Room that is not used yet costs nothing; moving what was read does. */
const GROWTH = 4;

class OngoingExchange implements Dispatcher.DispatchHandler {
  readonly #limits: ExchangeLimits;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #totalTimer: NodeJS.Timeout;
  #stepTimer: NodeJS.Timeout | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status: number | null = null;
  #headers: ReadonlyMap<string, string> = new Map();
  #body = Buffer.alloc(0);
  #size = 0;

  constructor(limits: ExchangeLimits, resolve: (exchange: Exchange) => void) {
    this.#limits = limits;
    this.#resolve = resolve;
    this.#totalTimer = setTimeout(() => this.#fail('TOTAL_TIMEOUT'), limits.totalTimeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const isSecondTime = this.#controller !== undefined;
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('given up before it was sent'));
    else if (isSecondTime) this.#fail('SENT_TWICE');
    else this.#expectWithin(this.#limits.headersTimeoutMs, 'HEADERS_TIMEOUT');
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = firstValues(headers);
    this.#reserve(Number(this.#headers.get('content-length') ?? 0));
    this.#expectWithin(this.#limits.bodyTimeoutMs, 'BODY_TIMEOUT');
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limits.maxAnswerBytes) {
      this.#fail('ANSWER_TOO_LARGE');
      return;
    }
    if (this.#size > this.#body.length) this.#reserve(Math.min(this.#size * GROWTH, this.#limits.maxAnswerBytes));
    this.#body.set(chunk, this.#size - chunk.length);
    this.#expectWithin(this.#limits.bodyTimeoutMs, 'BODY_TIMEOUT');
  }

  onResponseEnd(): void {
    const body = this.#body.subarray(0, this.#size);
    this.#settle({ delivery: 'answered', status: this.#status ?? 0, headers: this.#headers, body });
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#settleWithout(faultOf(error));
  }

  /** One growing buffer: pieces of a long list, held until its end, would need its memory twice. */
  #reserve(bytes: number): void {
    if (!Number.isSafeInteger(bytes) || bytes <= this.#body.length || bytes > this.#limits.maxAnswerBytes) return;
    const grown = Buffer.allocUnsafeSlow(bytes);
    grown.set(this.#body);
    this.#body = grown;
  }

  #expectWithin(durationMs: number, fault: ExchangeFault): void {
    clearTimeout(this.#stepTimer);
    if (!this.#settled) this.#stepTimer = setTimeout(() => this.#fail(fault), durationMs);
  }

  #fail(fault: ExchangeFault): void {
    this.#settleWithout(fault);
    this.#controller?.abort(new Error(fault));
  }

  #settleWithout(fault: string): void {
    const delivery = this.#controller === undefined ? 'not-sent' : 'unknown';
    this.#settle({ delivery, fault, status: this.#status });
  }

  #settle(exchange: Exchange): void {
    clearTimeout(this.#totalTimer);
    clearTimeout(this.#stepTimer);
    this.#settled = true;
    this.#resolve(exchange);
  }
}

function firstValues(headers: Record<string, string | string[] | undefined>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values.set(name.toLowerCase(), first);
  }
  return values;
}

/** An aggregate of several addresses tried carries its code in the first error or in a cause. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && !code.startsWith('UND_ERR_ABORTED')) return code;
  if (error instanceof AggregateError) return faultOf(error.errors[0]);
  return error.cause === undefined ? (code ?? error.name) : faultOf(error.cause);
}
