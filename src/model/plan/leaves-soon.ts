import { formatFileTime } from '../directory/account-flags.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { fact } from '../facts/fact.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { Fact } from '../schema/generated/plan.ts';

const DAY_MS = 24 * 3_600_000;

/** So many are named. */
const NAMED = 10;

/** People in use whose account ends within so many days: for the review, so that nobody is surprised by the next plan. Pure. */
export function noteLeavingSoon(
  accounts: readonly MappedAccount[],
  entries: readonly Entry[],
  { now, days }: { readonly now: Date; readonly days: number },
): Fact[] {
  const ending = new Map(
    entries.flatMap((entry) => {
      const at = formatFileTime(valueOf(entry, 'accountExpires') ?? '');
      const isSoon = at !== null && Date.parse(at) > now.getTime() && Date.parse(at) <= now.getTime() + days * DAY_MS;
      return isSoon ? [[entry.dn, at] as const] : [];
    }),
  );
  if (ending.size === 0) return [];
  const leaving = accounts
    .flatMap((mapped) => {
      const at = mapped.kind === 'user' && mapped.account.active ? ending.get(mapped.dn) : undefined;
      return at === undefined ? [] : [{ address: mapped.account.address, day: at.slice(0, 10) }];
    })
    .sort((a, b) => (`${a.day} ${a.address}` < `${b.day} ${b.address}` ? -1 : 1));
  if (leaving.length === 0) return [];
  const people = leaving.slice(0, NAMED).map((one) => fact('leaves-on', one));
  return [fact('leaving-soon', { count: leaving.length, days, people, others: leaving.length - people.length })];
}
