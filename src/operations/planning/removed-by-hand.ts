import { fact } from '../../model/facts/fact.ts';
import { findBringingCommit } from '../../adapters/git/bringing-commit.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import type { TreeFile } from '../../model/desired/baseline.ts';
import { kindOfPath } from '../../model/desired/desired-file-name.ts';
import { parseDesiredAccount } from '../../model/desired/yaml.ts';
import { planFolder, planName } from '../../model/plan/plan-name.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { Exclusion, PlanFile } from '../../model/schema/generated/plan.ts';

export interface RemovalQuestion {
  readonly organisation: string;
  /** Head of the branch. */
  readonly commit: string;
  /** On the branch; null: none. */
  readonly newest: PlanFile | null;
  readonly ledger: Pick<Ledger, 'entries'>;
  /** Of the branch, by path below desired/<organisation>/. */
  readonly present: readonly TreeFile[];
}

/** Accounts whose desired file the newest plan left and that somebody removed since, without a plan. */
export async function readRemovedByHand(git: GitRepository, question: RemovalQuestion): Promise<DesiredAccount[]> {
  const { organisation, commit, newest, ledger, present } = question;
  if (newest === null) return [];
  const prefix = `desired/${organisation}/`;
  const entry = ledger.entries.find(({ begin }) => begin.plan === newest.digest);
  const file = `${planFolder(organisation, planName(newest))}/plan.json`;
  const base = entry?.begin.approval.commit ?? (await findBringingCommit(git, commit, file))?.commit;
  if (base === undefined || base === commit) return [];
  const known = new Set(present.map(({ path }) => path));
  const files = (await git.listTree(base, prefix)).map(({ path, blob }) => ({ path: path.slice(prefix.length), blob }));
  const gone = files.filter(({ path }) => kindOfPath(path) !== null && !known.has(path));
  const texts = await git.readBlobs(gone.map(({ blob }) => blob));
  return gone.map(({ path }, index) => parseDesiredAccount(texts[index] ?? '', `${prefix}${path}`));
}

/** Those who still have their account in Zivver, and of whom no source says anything: nobody else would tell of them. */
export function tellRemoved(
  removed: readonly DesiredAccount[],
  isKnown: (key: string) => boolean,
  index: ExistingIndex,
): Exclusion[] {
  return removed.flatMap(({ key, address }) => {
    const existing = index.byExternalId(key)[0] ?? index.byAddress(address);
    if (isKnown(key) || existing === undefined) return [];
    const detail = fact('file-removed-by-hand');
    return [{ source: null, subject: address, address, reason: 'unrecorded', detail }];
  });
}
