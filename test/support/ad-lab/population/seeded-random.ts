import { createHash } from 'node:crypto';

/** A reproducible stream of choices: the same seed gives the same choices on every machine. */
export interface SeededRandom {
  /** 0 <= n < 1. */
  next(): number;
  /** from <= n < below, whole. */
  integer(from: number, below: number): number;
  /** True with this probability (0..1). */
  chance(probability: number): boolean;
  /** Throws on an empty list. */
  pick<T>(choices: readonly T[]): T;
  /** `count` different choices, or all if there are fewer. */
  sample<T>(choices: readonly T[], count: number): T[];
}

/** Mulberry32, started from the SHA-256 of `seed`. */
export function createSeededRandom(seed: string): SeededRandom {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, below: number): number => from + Math.floor(next() * (below - from));
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[integer(0, choices.length)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  };
  return { next, integer, pick, chance: (probability) => next() < probability, sample: sampleWith(integer) };
}

/** A version 4 UUID that is always the same for these words. */
export function buildSeededUuid(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(words.join('/')).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function sampleWith(integer: (from: number, below: number) => number) {
  return <T>(choices: readonly T[], count: number): T[] => {
    const chosen = new Set<number>();
    const wanted = Math.min(count, choices.length);
    while (chosen.size < wanted) chosen.add(integer(0, choices.length));
    return choices.filter((_, position) => chosen.has(position));
  };
}
