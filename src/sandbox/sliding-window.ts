/**
 * At most `requests` admitted within any `windowMs`. A refused request does not count: the service answers again as soon
 * as the oldest admitted one is `windowMs` old.
 */
export class SlidingWindow {
  readonly #admittedAt: number[];
  readonly #windowMs: number;
  #next = 0;

  constructor(requests: number, windowMs: number) {
    this.#admittedAt = Array.from({ length: requests }, () => Number.NEGATIVE_INFINITY);
    this.#windowMs = windowMs;
  }

  /** False = too many; nothing is counted then. */
  admit(nowMs: number): boolean {
    if (nowMs - this.#oldest() < this.#windowMs) return false;
    this.#admittedAt[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#admittedAt.length;
    return true;
  }

  /** Milliseconds until one more would be admitted. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#windowMs - (nowMs - this.#oldest()));
  }

  #oldest(): number {
    return this.#admittedAt[this.#next] ?? Number.NEGATIVE_INFINITY;
  }
}
