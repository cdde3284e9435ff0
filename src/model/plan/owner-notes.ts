import { fact } from '../facts/fact.ts';
import type { Change } from '../change/change.ts';
import { effectOf } from '../change/effect.ts';
import type { Fact, SourceOwner } from '../schema/generated/plan.ts';
import { findOwner, judgeOwners, type Owner } from '../desired/owners.ts';

export interface OwnerNotesInput {
  /** Null: the organisation has no owners.yaml, so nothing is asked. */
  readonly owners: readonly Owner[] | null;
  /** By managedBy; the file says it better where it names one too. */
  readonly inSource: readonly SourceOwner[];
  /** Addresses of the functional accounts after the plan. */
  readonly functional: readonly string[];
  readonly changes: readonly Change[];
  readonly now: Date;
}

/** Whom to ask about the functional accounts whose readers this plan changes; then who is missing or overdue. For the review. */
export function buildOwnerNotes({ owners, inSource, functional, changes, now }: OwnerNotesInput): Fact[] {
  const told = changes.flatMap((change) => noteOf(change, { owners: owners ?? [], inSource }));
  if (owners === null) return told;
  const { missing, overdue, idle } = judgeOwners(owners, { addresses: [...functional].sort(), inSource, now });
  const named = overdue
    .slice(0, NAMED)
    .map(({ account, owner, reviewBy }) => fact('overdue', { account, owner, day: reviewBy }));
  return [
    ...told,
    ...(missing.length === 0 ? [] : [fact('unowned', { addresses: missing })]),
    ...(overdue.length === 0
      ? []
      : [fact('owners-overdue', { accounts: named, others: overdue.length - named.length })]),
    ...(idle.length === 0 ? [] : [fact('owners-idle', { accounts: idle.map(({ account }) => account) })]),
  ];
}

function noteOf(change: Change, { owners, inSource }: Known): Fact[] {
  const { newReaders, lostReaders } = effectOf(change);
  if (change.kind !== 'functional' || newReaders.length + lostReaders.length === 0) return [];
  const address = change.after.address ?? change.address;
  const found = findOwner(owners, address) ?? findOwner(owners, change.address);
  if (found !== undefined) return [fact('owned', { address, owner: found.owner, reason: found.reason })];
  const named = findOwner(inSource, address);
  return named === undefined ? [] : [fact('owned-in-source', { address, owner: named.owner })];
}

interface Known {
  readonly owners: readonly Owner[];
  readonly inSource: readonly SourceOwner[];
}

/** So many are named. */
const NAMED = 10;
