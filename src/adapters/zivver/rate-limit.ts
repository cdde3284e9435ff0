import type { Timing } from './timing.ts';

/** How many requests the target takes in which time; Zivver: 50 in 10,000 ms, reads included. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/**
 * Admits calls so that the server can never count more than `requests` of them in any window, however long they travel.
 *
 * A call is counted from its start until a full window after its end, and at most `requests` calls are counted at a time.
 * The server sees a call somewhere between start and end. Were there more arrivals in one window, then at the start of the
 * last of these calls all others would still be counted: a contradiction. A call that ends without an answer is treated alike.
 */
export class SafeWindow {
  readonly #limit: RateLimit;
  readonly #timing: Pick<Timing, 'now' | 'sleep'>;
  readonly #onWait: (durationMs: number) => void;
  #running = 0;
  /** When calls that ended stop to count, ascending. */
  readonly #expiries: number[] = [];
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #queue: Promise<void> = Promise.resolve();
  #announceEnd: (() => void) | undefined;

  /** `onWait`: told before each wait that is needed to stay below the limit. */
  constructor(
    limit: RateLimit,
    timing: Pick<Timing, 'now' | 'sleep'>,
    onWait: (durationMs: number) => void = () => undefined,
  ) {
    this.#limit = limit;
    this.#timing = timing;
    this.#onWait = onWait;
  }

  /** Starts `call` as soon as it is safe, first come first served; gives back what it gives. */
  async admit<Result>(call: () => Promise<Result>): Promise<Result> {
    const admitted = this.#queue.then(() => this.#waitForPlace());
    this.#queue = admitted;
    await admitted;
    try {
      return await call();
    } finally {
      this.#running -= 1;
      this.#expiries.push(this.#timing.now() + this.#limit.windowMs);
      this.#announceEnd?.();
    }
  }

  /** Admits nothing for the next `durationMs`: the server said that it has had enough, perhaps from somebody else. */
  pause(durationMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#timing.now() + durationMs);
  }

  async #waitForPlace(): Promise<void> {
    for (;;) {
      const freeAt = this.#nextPlaceAt();
      const waitMs = Math.max(freeAt ?? 0, this.#pausedUntil) - this.#timing.now();
      if (freeAt === undefined) {
        await new Promise<void>((resolve) => (this.#announceEnd = resolve));
      } else if (waitMs > 0) {
        this.#onWait(waitMs);
        await this.#timing.sleep(waitMs);
      } else {
        this.#running += 1;
        return;
      }
    }
  }

  /** Undefined while every place is taken by a call that has not ended yet. */
  #nextPlaceAt(): number | undefined {
    const now = this.#timing.now();
    while (this.#expiries.length > 0 && this.#expiries[0]! <= now) this.#expiries.shift();
    if (this.#running + this.#expiries.length < this.#limit.requests) return now;
    return this.#expiries[0];
  }
}
