import type { SeededRandom } from './seeded-random.ts';

/** A value for `mobile` as administrators type it: several notations, landlines, nonsense; undefined = none. */
export function pickPhone(random: SeededRandom): string | undefined {
  if (random.chance(0.3)) return undefined;
  const digits = String(random.integer(0, 10_000)).padStart(4, '0');
  const spaced = `${digits.slice(0, 2)} ${digits.slice(2)}`;
  const notations = [`06-1234${digits}`, `061234${digits}`, `+31 6 1234 ${digits}`, `+316 12 34 ${spaced}`];
  const rarer = [
    `0031 6 1234${digits}`,
    `+31 (0)6 1234 ${digits}`,
    `(06) 1234${digits}`,
    `06.12.34.${spaced.replace(' ', '.')}`,
  ];
  const odd = [
    `030-123${digits}`,
    `+32 470 12 ${spaced}`,
    `06-1234${digits} / 030-123${digits}`,
    '06',
    'via de receptie',
    '-',
  ];
  const roll = random.next();
  if (roll < 0.7) return random.pick(notations);
  return random.pick(roll < 0.9 ? rarer : odd);
}
