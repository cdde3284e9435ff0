import { readCertifications } from '../../adapters/git/certification-files.ts';
import { listDecisions, type Decision } from '../../model/certify/decisions.ts';
import type { CommandContext } from '../context.ts';
import type { Audit } from './read-audit.ts';

/** What owners decided at recertifications, as the branch has it. Throws CONFIGURATION_INVALID (3). */
export async function readDecisionsOf(
  { git, configuration: { organisation } }: Pick<CommandContext, 'git' | 'configuration'>,
  { baseline }: Pick<Audit, 'baseline'>,
): Promise<readonly Decision[]> {
  return listDecisions(await readCertifications(git, baseline.commit, organisation));
}
