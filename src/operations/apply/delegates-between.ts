import type { Renames } from '../../model/change/renames.ts';

/**
 * Whether these delegates are those of `before`, some of them under the address they had or will have: Zivver holds
 * delegates as addresses, which may or may not follow the renames that this very plan has made so far.
 */
export function isDelegatesBetween(now: readonly string[], before: readonly string[], { moves }: Renames): boolean {
  const origins = new Map([...moves].map(([from, to]) => [to, from]));
  const spellings = (address: string): (string | undefined)[] => [address, moves.get(address), origins.get(address)];
  const held = new Set<string | undefined>(now);
  const known = new Set<string | undefined>(before);
  return (
    now.every((address) => spellings(address).some((one) => known.has(one))) &&
    before.every((address) => spellings(address).some((one) => held.has(one)))
  );
}
