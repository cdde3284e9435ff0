import { readBaseline } from '../../adapters/git/baseline.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { readSignOnBefore } from '../../adapters/git/sign-on-before.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { HOLDS_FILE, OPEN_FILE } from '../../model/desired/desired-state.ts';
import { parseDesiredAccount } from '../../model/desired/yaml.ts';
import { verifyMeasuredPlan } from '../../model/plan/verify-measured-plan.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { Populations } from '../../model/schema/generated/ledger.ts';
import type { ApprovedPlan } from '../approval/approval.ts';
import type { PlanBaseline } from '../approval/history-claims.ts';

export interface MeasuredPlan {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly plan: ApprovedPlan;
  /** Change id → single sign-on key, as opened. Secret. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  readonly index: ExistingIndex;
  readonly now: Date;
}

/**
 * Proves the plan against Zivver and against what the branch had before it. One that was begun has been through all this, and
 * its own writes have moved the numbers since. The populations before its first write.
 */
export async function verifyMeasured(given: MeasuredPlan): Promise<Populations> {
  const { git, configuration, ledger, plan: approved, ssoKeys, index, now } = given;
  const { plan, folder, desired, history, freshness, taken } = approved;
  if (freshness.kind === 'again') return freshness.entry.begin.existing;
  if (history === null) throw new Error('a plan that was not begun has no history');
  const [{ accounts: baseline, holds }, rendered, signOnBefore] = await Promise.all([
    readBaseline(git, history.listing),
    readRendered(git, desired, history),
    readSignOnBefore(git, { ledger, configuration }),
  ]);
  const { claims } = history;
  const file = `${folder}/plan.json`;
  return verifyMeasuredPlan({
    body: plan.body,
    file,
    configuration,
    now,
    index,
    baseline,
    holds,
    rendered,
    desired,
    taken,
    signOnBefore,
    ssoKeys,
    claims,
  });
}

/** The desired files that are new or other than before. */
async function readRendered(
  git: GitRepository,
  desired: ReadonlyMap<string, string>,
  { listing }: PlanBaseline,
): Promise<DesiredAccount[]> {
  const before = new Map(listing.accounts.map(({ path, blob }) => [path, blob]));
  const files = [...desired].filter(
    ([path, blob]) => path !== HOLDS_FILE && path !== OPEN_FILE && before.get(path) !== blob,
  );
  const texts = await git.readBlobs(files.map(([, blob]) => blob));
  return files.map(([path], place) => parseDesiredAccount(texts[place] ?? '', `${listing.prefix}${path}`));
}
