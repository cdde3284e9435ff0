import type { ExistingIndex } from '../account/existing-index.ts';
import { buildDirectory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import type { SourceSnapshot } from '../directory/source.ts';
import type { MappedAccount, MappedFunctional } from './mapped.ts';

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

/**
 * DNs of the groups that decide about accounts which would lose members, those groups and all groups in them: before anybody
 * loses access, the group is asked for its own `member`.
 */
export function findShrinkingGroups(
  accounts: readonly MappedAccount[],
  index: ExistingIndex,
  { name, groups }: Pick<SourceSnapshot, 'name' | 'groups'>,
): string[] {
  const losing = accounts.filter(
    (one): one is MappedFunctional => one.kind === 'functional' && one.source === name && losesMembers(one, index),
  );
  if (losing.length === 0) return [];
  const wanted = new Set(losing.map(({ dn }) => normaliseDn(dn)));
  const directory = buildDirectory([], groups);
  return groups
    .filter((group) => wanted.has(normaliseDn(group.dn)) || [...directory.groupsOf(group)].some((dn) => wanted.has(dn)))
    .map(({ dn }) => dn);
}

function losesMembers({ account, sharedBy, origin }: MappedFunctional, index: ExistingIndex): boolean {
  if (sharedBy !== null || origin !== undefined || account.members === undefined) return false;
  const existing = index.byExternalId(account.key)[0] ?? index.byAddress(account.address);
  if (existing?.kind !== 'functional') return false;
  const wanted = new Set(account.members);
  return index.memberAddresses(existing.memberIds, NO_RENAMES).some((address) => !wanted.has(address));
}
