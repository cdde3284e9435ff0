/** Time and chance as the client needs them, so that tests can replace both. */
export interface Timing {
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970, to understand an HTTP date. */
  wallNow(): number;
  sleep(durationMs: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
}

/** The real clock and the real dice. */
export const systemTiming: Timing = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  random: () => Math.random(),
};
