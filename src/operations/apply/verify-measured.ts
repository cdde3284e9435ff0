import { readBaseline } from '../../adapters/git/baseline.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { isDesiredFile, HOLDS_FILE } from '../../model/desired/desired-state.ts';
import { parseDesiredAccount } from '../../model/desired/yaml.ts';
import { bindAccounts, measureExisting, smallerOf } from '../../model/plan/bound-accounts.ts';
import { findFalseClaims, refuseFalseClaims } from '../../model/plan/file-claims.ts';
import { refuseExceeded } from '../../model/plan/guard-refusal.ts';
import { evaluateGuards } from '../../model/plan/guards.ts';
import { countAdopted, findForeignAccounts } from '../../model/plan/identity-claims.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { ApprovedPlan } from '../approval/approval.ts';
import type { PlanBaseline } from '../approval/history-claims.ts';

export interface MeasuredPlan {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly plan: ApprovedPlan;
  readonly index: ExistingIndex;
  readonly now: Date;
}

/**
 * Limits and protection as this apply sees them, from its own reading of Zivver and from what the branch had before the plan:
 * of two populations the smaller one counts. Then whatever else the plan says of itself. Throws 32, 33, or 29. A plan that was
 * begun has been through all this, and its own writes have moved the numbers since.
 */
export async function verifyMeasured({ git, configuration, plan: approved, index, now }: MeasuredPlan): Promise<void> {
  const { plan, folder, desired, history } = approved;
  if (history === null) return;
  const { body } = plan;
  const { accounts } = await readBaseline(git, history.listing);
  const bound = bindAccounts(accounts, index);
  const rendered = await readRendered(git, desired, history);
  const context = { configuration, index, bound, rendered, isHandedOver: () => false };
  const adopted = countAdopted(body.changes, { ...context, baseline: new Set(accounts.map(({ key }) => key)) });
  const measured = {
    ...body,
    existing: smallerOf(body.existing, measureExisting(index, bound)),
    desired: { adopted: Math.max(body.desired.adopted, adopted) },
  };
  refuseExceeded(evaluateGuards(measured, { configuration, now, index }), 'nothing was applied');
  refuseExceeded(body.limits, 'nothing was applied');
  const claims = [
    ...findForeignAccounts(body.changes, context),
    ...history.claims,
    ...findFalseClaims({ body, configuration, desired: desired.keys() }),
  ];
  refuseFalseClaims(claims, `${folder}/plan.json`);
}

/** The desired files that are new or other than before, by key. */
async function readRendered(
  git: GitRepository,
  desired: ReadonlyMap<string, string>,
  { listing }: PlanBaseline,
): Promise<Map<string, DesiredAccount>> {
  const before = new Map(listing.accounts.map(({ path, blob }) => [path, blob]));
  const files = [...desired].filter(
    ([path, blob]) => path !== HOLDS_FILE && isDesiredFile(path) && before.get(path) !== blob,
  );
  const texts = await git.readBlobs(files.map(([, blob]) => blob));
  const parsed = files.map(([path], place) => parseDesiredAccount(texts[place] ?? '', `${listing.prefix}${path}`));
  return new Map(parsed.map((account) => [account.key, account]));
}
