import type { ExistingIndex } from '../../model/account/existing-index.ts';
import { normaliseDn } from '../../model/directory/distinguished-name.ts';
import type { Entry } from '../../model/directory/entry.ts';
import type { Source, SourceSnapshot } from '../../model/directory/source.ts';
import type { MappedAccount } from '../../model/mapping/mapped.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';
import { findShrinkingGroups } from '../../model/mapping/shrinking-groups.ts';

export interface OpenedSource {
  readonly source: Source;
  readonly read: ReadSource;
}

/**
 * The sources with `member` of every group whose account would lose members; null if there is none. A file has it already.
 */
export async function readMembers(
  opened: readonly (Pick<OpenedSource, 'read'> & { readonly source: Pick<Source, 'lookUpDns'> })[],
  accounts: readonly MappedAccount[],
  index: ExistingIndex,
): Promise<ReadSource[] | null> {
  const asked = await Promise.all(
    opened.map(async ({ source, read }) => {
      if (read.snapshot.kind !== 'ldap') return null;
      const dns = findShrinkingGroups(accounts, index, read.snapshot);
      if (dns.length === 0) return null;
      const found = await source.lookUpDns(dns, ['member']);
      return { ...read, snapshot: withMembers(read.snapshot, found) };
    }),
  );
  if (asked.every((one) => one === null)) return null;
  return opened.map(({ read }, at) => asked[at] ?? read);
}

function withMembers(snapshot: SourceSnapshot, found: readonly Entry[]): SourceSnapshot {
  const members = new Map(found.map(({ dn, attributes }) => [normaliseDn(dn), attributes.get('member')]));
  const groups = snapshot.groups.map((group): Entry => {
    const values = members.get(normaliseDn(group.dn));
    return values === undefined ? group : { ...group, attributes: new Map([...group.attributes, ['member', values]]) };
  });
  return { ...snapshot, groups };
}
