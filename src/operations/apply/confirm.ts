import { ReconcileError } from '../../model/errors.ts';
import { renamesOf, type Renames } from '../../model/change/renames.ts';
import type { LiveTarget } from './live-target.ts';
import { isSuccess, type Outcome } from './outcome.ts';
import { differences } from './precondition.ts';
import { findSubject } from './write-change.ts';

export interface Confirmation {
  /** Ids of changes that were answered with success and that a new reading of both lists does not show. */
  readonly unconfirmed: readonly string[];
  /** Why Zivver could not be read: then `unconfirmed` are all of them. */
  readonly unread: string | null;
}

/** Reads both lists again. A reading that fails is no finding about any account. */
export async function confirmOutcomes(outcomes: readonly Outcome[], target: LiveTarget): Promise<Confirmation> {
  const done = outcomes.filter(isSuccess);
  if (done.length === 0) return { unconfirmed: [], unread: null };
  try {
    await target.refresh();
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return { unconfirmed: done.map(({ change }) => change.id), unread: error.message };
  }
  const renames = renamesOf(outcomes.map(({ change }) => change));
  const unconfirmed = done.filter((outcome) => !isConfirmed(outcome, target, renames)).map(({ change }) => change.id);
  return { unconfirmed, unread: null };
}

function isConfirmed({ change, withoutAliases = [] }: Outcome, target: LiveTarget, renames: Renames): boolean {
  const account = findSubject(change, target);
  if (change.action === 'delete') return account === undefined;
  const refused = new Set(withoutAliases.map(({ alias }) => alias));
  const { aliases } = change.after;
  const after = aliases === undefined ? change.after : { ...change.after, aliases: aliases.filter(isLeft) };
  function isLeft(alias: string): boolean {
    return !refused.has(alias);
  }
  return (
    account !== undefined &&
    differences({ kind: change.kind, after }, account, { index: target.index, renames }).length === 0
  );
}
