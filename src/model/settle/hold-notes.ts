import { fact } from '../facts/fact.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import { daysLeft, type Hold } from '../desired/holds.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { MappedAccounts } from '../mapping/mapped.ts';

/** So many days before its end a hold is told. */
const WARNED_DAYS = 7;

export interface HoldNotesInput {
  readonly holds: readonly Hold[];
  readonly mapped: Pick<MappedAccounts, 'accounts' | 'excluded'>;
  readonly index: ExistingIndex;
  readonly now: Date;
}

/** Whose access stays only because of a hold comes first; then the holds that end soon. For the review. */
export function buildHoldNotes({ holds, mapped, index, now }: HoldNotesInput): Fact[] {
  if (holds.length === 0) return [];
  const inactive = new Set([
    ...mapped.accounts.flatMap((one) => (one.kind === 'user' && one.inactivity !== null ? one.account.key : [])),
    ...mapped.excluded.flatMap(({ key, effect }) => (effect === 'leaves' && key !== null ? key : [])),
  ]);
  const isOpen = ({ key, address }: Hold): boolean => {
    const existing = index.byExternalId(key)[0] ?? index.byAddress(address);
    return inactive.has(key) && existing?.kind === 'user' && existing.active;
  };
  const sorted = [...holds].sort((a, b) => (a.address < b.address ? -1 : 1));
  const open = sorted.filter(isOpen);
  const ending = sorted.filter((hold) => daysLeft(hold, now) <= WARNED_DAYS);
  const told = open.map(({ address, expires }) => fact('until', { address, day: expires }));
  return [
    ...(told.length === 0 ? [] : [fact('kept-by-hold', { holds: told })]),
    ...ending.map((hold) => fact('hold-ends', { address: hold.address, day: hold.expires, days: daysLeft(hold, now) })),
  ];
}
