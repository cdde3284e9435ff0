import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { readFetchedLedger } from '../../adapters/git/read-ledger.ts';
import { trackingRef } from '../../adapters/git/ref-names.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { refuseFalseClaims } from '../../model/plan/file-claims.ts';
import { verifyFreshness } from './freshness.ts';
import { findFileClaims, findNumberClaims, readLedgerClaims } from './history-claims.ts';

export interface BroughtRequest {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly verified: VerifiedPlan;
  /** Commit that the pull request goes onto. */
  readonly base: string;
  readonly now: Date;
  /** Version of this program. */
  readonly tool: string;
}

/**
 * What the branch proves of a plan before its merge, and the ledger if it was fetched: nobody should review what apply will
 * refuse. Asks nobody outside this clone. Throws 24, 25, 26, 29 or 46.
 */
export async function verifyBroughtPlan(request: BroughtRequest): Promise<void> {
  const { git, configuration, verified, base, now, tool } = request;
  const ledger = await readFetchedLedger(git, configuration);
  if (ledger !== null) {
    const freshness = verifyFreshness({ plan: verified.plan, configuration, ledger, now, tool });
    if (freshness.kind === 'again') return;
  }
  const plans = (await listOtherPlans(request)).map((name) => ({ name }));
  const claims = [
    ...findNumberClaims(verified.plan.body, [...(ledger?.entries ?? []), ...plans]),
    ...(ledger === null ? [] : await readLedgerClaims({ git, configuration, ledger, verified, now })),
    ...(await findFileClaims(git, verified, [base])),
  ];
  refuseFalseClaims(claims, `${verified.folder}/plan.json`);
}

/** Of the commit that the pull request goes onto, and of the branch as it was fetched, which may have more by now. */
async function listOtherPlans({ git, configuration, verified, base }: BroughtRequest): Promise<string[]> {
  const { approval, organisation } = configuration;
  const { branch, gitRemote } = approval;
  const fetched = gitRemote === null ? undefined : await git.resolve(trackingRef(gitRemote, branch));
  const commits = fetched === undefined ? [base] : [base, fetched];
  const plans = await Promise.all(commits.map((commit) => listCommittedPlans(git, commit, organisation)));
  return plans.flat().flatMap(({ name }) => (name === verified.name ? [] : [name]));
}
