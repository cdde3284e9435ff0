import { readCertifications } from '../../adapters/git/certification-files.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import { listBaseline, readBaseline } from '../../adapters/git/baseline.ts';
import { listCampaigns, type CampaignStatus } from '../../model/certify/campaigns.ts';
import { listDecisions, listRefusals, listStillReading, type Decision } from '../../model/certify/decisions.ts';
import type { CommandContext } from '../context.ts';

/** How far every recertification of the branch is. */
export interface CertificationStatus {
  readonly campaigns: readonly CampaignStatus[];
  /** Refused by an owner, and readers of the mailbox all the same by the desired files of the branch. */
  readonly stillReading: readonly Decision[];
}

export async function readCertificationStatus(
  { git, configuration }: CommandContext,
  now: Date,
): Promise<CertificationStatus> {
  const { organisation, approval } = configuration;
  const commit = await fetchBranch(git, approval.gitRemote, approval.branch);
  const [certifications, baseline] = await Promise.all([
    readCertifications(git, commit, organisation),
    readBaseline(git, await listBaseline(git, commit, organisation)),
  ]);
  const refusals = listRefusals(listDecisions(certifications));
  return {
    campaigns: listCampaigns(certifications, now),
    stillReading: listStillReading(refusals, baseline.accounts),
  };
}
