import { readCertifications } from '../../adapters/git/certification-files.ts';
import { readFindings } from '../../adapters/git/findings-branch.ts';
import { readOwners } from '../../adapters/git/owners-file.ts';
import { listCampaigns } from '../../model/certify/campaigns.ts';
import { kindOfPath } from '../../model/desired/desired-file-name.ts';
import { judgeOwners } from '../../model/desired/owners.ts';
import { listUndelivered } from '../../model/notify/undelivered.ts';
import type { CommandContext } from '../context.ts';
import type { OrganisationStatus, OwnerCounts } from './status.ts';

/** Whom notifications did not reach, who owns nothing, and which owners are late. */
export async function readPeopleStatus(
  context: CommandContext,
  commit: string,
  now: Date,
): Promise<Pick<OrganisationStatus, 'undelivered' | 'owners' | 'overdueCertifications'>> {
  const { git, configuration } = context;
  const { organisation, approval, notify } = configuration;
  const [findings, owners, certifications] = await Promise.all([
    notify === null ? [] : readFindings(git, { gitRemote: approval.gitRemote, organisation }),
    countOwners(context, commit, now),
    readCertifications(git, commit, organisation),
  ]);
  const overdueCertifications = listCampaigns(certifications, now).filter(({ overdue }) => overdue.length > 0);
  return { undelivered: listUndelivered(findings), owners, overdueCertifications };
}

async function countOwners(
  { git, configuration: { organisation } }: CommandContext,
  commit: string,
  now: Date,
): Promise<OwnerCounts | null> {
  const owners = await readOwners(git, commit, organisation);
  if (owners === null) return null;
  const prefix = `desired/${organisation}/`;
  const files = await git.listTree(commit, `${prefix}functional/`);
  const names = files.map(({ path }) => path.slice(prefix.length)).filter((name) => kindOfPath(name) === 'functional');
  const addresses = names.map((name) => decodeURIComponent(name.slice('functional/'.length, -'.yaml'.length)));
  const { missing, overdue } = judgeOwners(owners, addresses, now);
  return { missing: missing.length, overdue: overdue.length };
}
