import { formatCanonicalJson } from '../canonical.ts';
import { blobIdOf } from '../desired/desired-file.ts';
import { OPEN_FILE } from '../desired/desired-state.ts';
import { formatOpenLines, openLineOf, type OpenLine } from '../desired/open-file.ts';
import type { PlanBody } from '../schema/generated/plan.ts';
import { listOpen } from '../settle/open-list.ts';

/** The list of open accounts that people review, against open.yaml that the next plan reads. A rollback lists some of it only. */
export function findOpenFileClaims(
  { open, source }: Pick<PlanBody, 'open' | 'source'>,
  desired: ReadonlyMap<string, string>,
): string[] {
  if (source.length === 0) return [];
  const lines = open.flatMap((one) => openLineOf(one) ?? []);
  const blob = lines.length === 0 ? undefined : blobIdOf(formatOpenLines(lines));
  return desired.get(OPEN_FILE) === blob ? [] : ['the accounts that it leaves open are not those of open.yaml'];
}

/** Since when each is open, and whether that is news: `branch` is open.yaml as it was before the plan. */
export function findOpenAgeClaims(
  { open, createdAt }: Pick<PlanBody, 'open' | 'createdAt'>,
  branch: readonly OpenLine[],
): string[] {
  const isRight = open.every((one) => {
    const derived = listOpen([one], one.reason === 'waiting' ? [] : branch, new Date(createdAt));
    return formatCanonicalJson(derived) === formatCanonicalJson([one]);
  });
  return isRight ? [] : ['what it leaves open is not as old or as new as it says'];
}
