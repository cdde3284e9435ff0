import { readAcceptedPlan } from '../../adapters/git/accepted-plan.ts';
import { readCertifications } from '../../adapters/git/certification-files.ts';
import { readFindings } from '../../adapters/git/findings-branch.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import { readOwners } from '../../adapters/git/owners-file.ts';
import { listCampaigns } from '../../model/certify/campaigns.ts';
import { kindOfPath } from '../../model/desired/desired-file-name.ts';
import { judgeOwners } from '../../model/desired/owners.ts';
import { listUndelivered } from '../../model/notify/undelivered.ts';
import type { CommandContext } from '../context.ts';
import type { OrganisationStatus, OwnerCounts } from './status.ts';

export interface StatusPlace {
  readonly commit: string;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly now: Date;
}

/** Whom notifications did not reach, who owns nothing, and which owners are late. */
export async function readPeopleStatus(
  context: CommandContext,
  place: StatusPlace,
): Promise<Pick<OrganisationStatus, 'undelivered' | 'owners' | 'overdueCertifications'>> {
  const { git, configuration } = context;
  const { organisation, approval, notify } = configuration;
  const { commit, now } = place;
  const [findings, owners, certifications] = await Promise.all([
    notify === null ? [] : readFindings(git, { gitRemote: approval.gitRemote, organisation }),
    countOwners(context, place),
    readCertifications(git, commit, organisation),
  ]);
  const overdueCertifications = listCampaigns(certifications, now).filter(({ overdue }) => overdue.length > 0);
  return { undelivered: listUndelivered(findings), owners, overdueCertifications };
}

async function countOwners(
  { git, configuration: { organisation } }: CommandContext,
  { commit, ledger, now }: StatusPlace,
): Promise<OwnerCounts | null> {
  const owners = await readOwners(git, commit, organisation);
  if (owners === null) return null;
  const prefix = `desired/${organisation}/`;
  const files = await git.listTree(commit, `${prefix}functional/`);
  const names = files.map(({ path }) => path.slice(prefix.length)).filter((name) => kindOfPath(name) === 'functional');
  const addresses = names.map((name) => decodeURIComponent(name.slice('functional/'.length, -'.yaml'.length)));
  const read = await readAcceptedPlan(git, { organisation, ledger, except: null });
  const { missing, overdue } = judgeOwners(owners, { addresses, inSource: read?.body.ownersInSource ?? [], now });
  return { missing: missing.length, overdue: overdue.length };
}
