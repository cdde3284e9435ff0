import type { OpenLine } from '../desired/open-file.ts';
import type { OpenAccount } from '../schema/generated/plan.ts';

/** An open account before anybody knows since when it is open. */
export type OpenDraft = Omit<OpenAccount, 'since' | 'isNew'>;

/** All that is open, as people read it: those that keep access first, then the new ones; with the day each began. */
export function listOpen(drafts: readonly OpenDraft[], branch: readonly OpenLine[], now: Date): OpenAccount[] {
  const today = now.toISOString().slice(0, 10);
  const lines = new Map<string, OpenLine[]>();
  for (const line of branch) {
    const subject = subjectOf(line.key, line.address, line.value);
    lines.set(subject, [...(lines.get(subject) ?? []), line]);
  }
  return joinHalves(drafts)
    .map((draft) => {
      const known = lines.get(subjectOf(draft.key ?? '', draft.address ?? draft.entry ?? '', draft.value)) ?? [];
      const since = known.find(({ reason }) => reason === draft.reason)?.since ?? today;
      const isNew = !known.some(({ keepsAccess }) => keepsAccess || !draft.keepsAccess);
      return { ...draft, since, isNew };
    })
    .sort((a, b) => compare(rankOf(a), rankOf(b)));
}

/** Decided by people, or only until this plan is merged: not counted among what is newly left open. */
export function isNewAccess({ isNew, keepsAccess, reason }: OpenAccount): boolean {
  return isNew && keepsAccess && reason !== 'on-hold' && reason !== 'waiting';
}

/** How many accounts and entries, whatever is open about each. */
export function countOpen(open: readonly OpenAccount[]): number {
  return new Set(open.map(({ key, address, entry }) => key ?? entry ?? address)).size;
}

/** A key tells who it is; without one only the name does. */
function subjectOf(key: string, name: string, value: string | null | undefined): string {
  return `${key === '' ? name : key} ${value ?? ''}`;
}

/** One line tells both halves: the account, and the entry that wants its address and has no account. */
function joinHalves(drafts: readonly OpenDraft[]): OpenDraft[] {
  const told = new Set(
    drafts.flatMap(({ reason, claimant }) =>
      claimant !== null && (reason === 'claimed' || reason === 'remade') ? [claimant.entry] : [],
    ),
  );
  const ofAccounts = new Set(
    drafts.flatMap(({ reason, zivverId, entry }) => (reason === 'no-key' && zivverId !== null ? entry : [])),
  );
  const isTold = ({ entry, zivverId, value, reason }: OpenDraft): boolean => {
    if (zivverId !== null || value !== null || entry === null) return false;
    if (reason === 'no-key') return ofAccounts.has(entry);
    return (reason === 'ambiguous' || reason === 'address-held') && told.has(entry);
  };
  return drafts.filter((draft) => !isTold(draft));
}

function rankOf({ keepsAccess, isNew, address, entry, value, reason }: OpenAccount): string {
  return [keepsAccess ? 0 : 1, isNew ? 0 : 1, address ?? entry ?? '', entry ?? '', value ?? '', reason].join(' ');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
