import { createSeededRandom, type SeededRandom } from '../ad-lab/population/seeded-random.ts';

export interface Dice extends SeededRandom {
  shuffle<T>(values: readonly T[]): T[];
}

export function rollDice(seed: string): Dice {
  const random = createSeededRandom(seed);
  return {
    ...random,
    shuffle: (values) =>
      values
        .map((value) => ({ value, at: random.next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ value }) => value),
  };
}

/** base64 of sixteen bytes. */
export function randomGuid(dice: Dice): string {
  return Buffer.from(Array.from({ length: 16 }, () => dice.integer(0, 256))).toString('base64');
}
