import { desiredPath, kindOfPath } from '../../model/desired/desired-file-name.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import { findBringingCommit } from '../../adapters/git/bringing-commit.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import type { PlanRecord } from './plan-events.ts';

/** A desired file of the branch that is not as the newest plan left it: somebody changed it without a plan. */
export interface Unrecorded {
  /** From the root of the repository. */
  readonly file: string;
  readonly how: 'added' | 'changed' | 'removed';
  /** Null: the file is gone. */
  readonly key: string | null;
}

/** Compares the desired files of the branch with those of the commit that brought the newest plan, or was applied. */
export async function findUnrecorded(
  git: GitRepository,
  { organisation, baseline, records }: { organisation: string; baseline: Baseline; records: readonly PlanRecord[] },
): Promise<readonly Unrecorded[]> {
  const prefix = `desired/${organisation}/`;
  const base = await findPlanCommit(git, { organisation, head: baseline.commit, newest: records.at(-1) });
  const files = base === null ? [] : await git.listTree(base, prefix);
  const before = new Map(files.map(({ path, blob }) => [path.slice(prefix.length), blob]));
  const keys = new Map(baseline.accounts.map(({ kind, address, key }) => [desiredPath(kind, address), key]));
  const names = [...baseline.files.keys(), ...before.keys()].filter((name) => kindOfPath(name) !== null);
  return [...new Set(names)].sort().flatMap((name) => {
    const [was, is] = [before.get(name), baseline.files.get(name)?.blob];
    if (was === is) return [];
    const how = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
    return [{ file: `${prefix}${name}`, how, key: keys.get(name) ?? null }];
  });
}

/** Of an applied plan the commit that was applied; of another one the commit that brought it. Null: there is no plan. */
async function findPlanCommit(
  git: GitRepository,
  { organisation, head, newest }: { organisation: string; head: string | null; newest: PlanRecord | undefined },
): Promise<string | null> {
  if (head === null || newest === undefined) return null;
  if (newest.entry !== null) return newest.entry.begin.approval.commit;
  const file = `${planFolder(organisation, newest.name)}/plan.json`;
  return (await findBringingCommit(git, head, file))?.commit ?? null;
}
