import type { Change } from '../change/change.ts';
import { effectOf } from '../change/effect.ts';
import { findOwner, judgeOwners, type Owner } from '../desired/owners.ts';

export interface OwnerNotesInput {
  /** Null: the organisation has no owners.yaml, so nothing is asked. */
  readonly owners: readonly Owner[] | null;
  /** Addresses of the functional accounts after the plan. */
  readonly functional: readonly string[];
  readonly changes: readonly Change[];
  readonly now: Date;
}

/** Whom to ask about the functional accounts whose readers this plan changes; then who is missing or overdue. For the review. */
export function buildOwnerNotes({ owners, functional, changes, now }: OwnerNotesInput): string[] {
  if (owners === null) return [];
  const { missing, overdue, idle } = judgeOwners(owners, [...functional].sort(), now);
  return [
    ...changes.flatMap((change) => noteOf(change, owners)),
    ...(missing.length === 0 ? [] : [`Nobody owns, by owners.yaml: ${listSome(missing)}.`]),
    ...(overdue.length === 0
      ? []
      : [
          `To be looked at again by their owners (owners.yaml): ${listSome(overdue.map(({ account, owner, reviewBy }) => `${account} by ${owner}, since ${reviewBy}`))}.`,
        ]),
    ...(idle.length === 0
      ? []
      : [`owners.yaml names what is no functional account: ${listSome(idle.map(({ account }) => account))}.`]),
  ];
}

function noteOf(change: Change, owners: readonly Owner[]): string[] {
  const { newReaders, lostReaders } = effectOf(change);
  if (change.kind !== 'functional' || newReaders.length + lostReaders.length === 0) return [];
  const address = change.after.address ?? change.address;
  const found = findOwner(owners, address) ?? findOwner(owners, change.address);
  return found === undefined ? [] : [`${address} is owned by ${found.owner} (${found.reason}).`];
}

/** So many are named. */
const NAMED = 10;

function listSome(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
