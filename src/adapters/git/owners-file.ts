import { OWNERS_FILE, parseOwners, type Owner } from '../../model/desired/owners.ts';
import type { GitRepository } from './repository.ts';

/** owners.yaml of a commit; null: it has none. Throws CONFIGURATION_INVALID (3). */
export async function readOwners(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<readonly Owner[] | null> {
  if (commit === null) return null;
  const file = `desired/${organisation}/${OWNERS_FILE}`;
  const bytes = await git.readFileAt(commit, file);
  return bytes === undefined ? null : parseOwners(bytes.toString('utf8'), file);
}
