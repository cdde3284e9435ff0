import { renamesOf, type Renames } from '../../model/change/renames.ts';
import type { LiveTarget } from './live-target.ts';
import { isSuccess, type Outcome } from './outcome.ts';
import { differences } from './precondition.ts';
import { findSubject } from './write-change.ts';

/** Ids of changes that were reported as done and that a new reading of both lists does not show. */
export async function findUnconfirmed(outcomes: readonly Outcome[], target: LiveTarget): Promise<string[]> {
  const done = outcomes.filter(isSuccess);
  if (done.length === 0) return [];
  await target.refresh();
  const renames = renamesOf(outcomes.map(({ change }) => change));
  return done.filter((outcome) => !isConfirmed(outcome, target, renames)).map(({ change }) => change.id);
}

function isConfirmed({ change }: Outcome, target: LiveTarget, renames: Renames): boolean {
  const account = findSubject(change, target);
  if (change.action === 'delete') return account === undefined;
  return account !== undefined && differences(change, account, { index: target.index, renames }).length === 0;
}
