import type { AccountAt } from './account-at.ts';

/** What became of one account between two moments. */
export interface AccessDifference {
  /** As it was at the later moment; of an account that is gone, at the earlier one. */
  readonly account: AccountAt;
  readonly was: AccountAt | null;
  readonly is: AccountAt | null;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** By key; accounts of which nothing differs are left out. Renamed readers count as one lost and one gained. */
export function diffAccess(earlier: readonly AccountAt[], later: readonly AccountAt[]): AccessDifference[] {
  const before = new Map(earlier.map((account) => [account.key, account]));
  const after = new Map(later.map((account) => [account.key, account]));
  const gone = earlier.filter(({ key }) => !after.has(key)).map((account) => differenceOf(account, null));
  const others = later.map((account) => differenceOf(before.get(account.key) ?? null, account));
  return [...gone, ...others].flatMap((difference) => difference ?? []).filter(isDifferent);
}

function differenceOf(was: AccountAt | null, is: AccountAt | null): AccessDifference | null {
  const account = is ?? was;
  if (account === null) return null;
  const readers = is?.readers ?? [];
  const had = was?.readers ?? [];
  return {
    account,
    was,
    is,
    gained: readers.filter((reader) => !had.includes(reader)),
    lost: had.filter((reader) => !readers.includes(reader)),
  };
}

function isDifferent({ was, is, gained, lost }: AccessDifference): boolean {
  if (was === null || is === null || gained.length > 0 || lost.length > 0) return true;
  return was.active !== is.active || was.address !== is.address || was.aliases.join(' ') !== is.aliases.join(' ');
}
