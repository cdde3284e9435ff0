import { readCertifications } from '../../adapters/git/certification-files.ts';
import { readOwners } from '../../adapters/git/owners-file.ts';
import { listDecisions, listRefusals, type Decision } from '../../model/certify/decisions.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import type { Hold } from '../../model/desired/holds.ts';
import type { Owner } from '../../model/desired/owners.ts';
import type { CommandContext } from '../context.ts';
import { readHolds } from './local-holds.ts';

/** What people decided in files of their own beside the desired ones. */
export interface PeopleDecisions {
  /** In force. */
  readonly holds: readonly Hold[];
  /** Null: there is no owners.yaml. */
  readonly owners: readonly Owner[] | null;
  /** Readers who were refused at certification, as far as that stands. */
  readonly refusals: readonly Decision[];
}

/** Of the branch; holds also as they lie here. Throws CONFIGURATION_INVALID (3). */
export async function readDecisions(
  { git, configuration: { organisation, folder } }: Pick<CommandContext, 'git' | 'configuration'>,
  { commit, holds: known }: Pick<Baseline, 'commit' | 'holds'>,
  now: Date,
): Promise<PeopleDecisions> {
  const [holds, owners, certifications] = await Promise.all([
    readHolds(known, { git, organisation, folder, now }),
    readOwners(git, commit, organisation),
    readCertifications(git, commit, organisation),
  ]);
  return { holds, owners, refusals: listRefusals(listDecisions(certifications)) };
}
