import type { Timing } from '../../src/adapters/zivver/timing.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until `pass` lets it jump from sleeper to sleeper. */
export class SimulatedTime implements Timing {
  #now = 0;
  readonly #wallStart: number;
  readonly #sleepers: Sleeper[] = [];
  /** Every sleep that was asked for, in ms. */
  readonly sleeps: number[] = [];

  constructor(wallStart: number = Date.UTC(2026, 10, 23)) {
    this.#wallStart = wallStart;
  }

  now = (): number => this.#now;
  wallNow = (): number => this.#wallStart + this.#now;
  random = (): number => 0.5;

  sleep = (durationMs: number): Promise<void> => {
    this.sleeps.push(durationMs);
    return new Promise((wake) => this.#sleepers.push({ at: this.#now + durationMs, wake }));
  };

  /** Jumps through all sleeps until `work` has settled. */
  async pass<Result>(work: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    work.then(settle, settle);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isSettled) return work;
      this.#wakeNext();
    }
  }

  #wakeNext(): void {
    const next = this.#sleepers.reduce<Sleeper | undefined>(
      (first, sleeper) => (first === undefined || sleeper.at < first.at ? sleeper : first),
      undefined,
    );
    if (next === undefined) return;
    this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
  }
}
