import { readFindings, readKnownFindings } from '../../adapters/git/findings-branch.ts';
import type { Finding } from '../../model/notify/finding.ts';
import type { CommandContext } from '../context.ts';
import type { Audit } from './read-audit.ts';

/** What jobs found and whom that was told, oldest first: asked of the git remote where the audit asked it. Not proved. */
export function readAuditFindings(
  { git, configuration: { organisation, approval } }: Pick<CommandContext, 'git' | 'configuration'>,
  { unchecked }: Pick<Audit, 'unchecked'>,
): Promise<readonly Finding[]> {
  const place = { gitRemote: approval.gitRemote, organisation };
  return unchecked === null ? readFindings(git, place) : readKnownFindings(git, place);
}
