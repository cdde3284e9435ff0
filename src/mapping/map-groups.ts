import type { Directory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import type { PersonContext } from './map-person.ts';
import type { ExcludedEntry, MappedFunctional, MappedUser } from './mapped.ts';
import type { ReadSource } from './read-source.ts';
import { isClaimed, mapAddresses, mapKey } from './rules.ts';

export interface GroupContext {
  readonly directory: Directory;
  readonly context: PersonContext;
  readonly users: ReadonlyMap<Entry, MappedUser>;
  readonly managedKeys: ReadonlySet<string>;
  readonly excluded: ExcludedEntry[];
}

/**
 * Groups with an e-mail address that have a selected member, or that are managed already, become functional accounts.
 * Members are the selected people in them, directly or through nested groups; inactive ones are left out.
 */
export function mapGroups(source: ReadSource, groups: GroupContext): MappedFunctional[] {
  if (source.configured.mapping.groups === 'none') return [];
  const members = membersByGroup(groups);
  return source.snapshot.groups.flatMap((group) => {
    const mapped = mapGroup(group, members.get(normaliseDn(group.dn)) ?? [], groups);
    return mapped === null ? [] : [mapped];
  });
}

function membersByGroup({ directory, users }: GroupContext): Map<string, MappedUser[]> {
  const members = new Map<string, MappedUser[]>();
  for (const [entry, user] of users) {
    for (const group of directory.groupsOf(entry)) {
      const list = members.get(group);
      if (list) list.push(user);
      else members.set(group, [user]);
    }
  }
  return members;
}

function mapGroup(group: Entry, members: readonly MappedUser[], groups: GroupContext): MappedFunctional | null {
  const { context, managedKeys } = groups;
  const addresses = groupAddresses(group);
  const identity = mapKey(group, 'objectGUID', 'guid');
  const isManaged = identity !== undefined && managedKeys.has(identity.key);
  if (!isManaged && members.length === 0) return null;
  if (identity === undefined || addresses === null) {
    if (isManaged) groups.excluded.push(excludeGroup(group, identity?.key ?? null, null, 'no-address', context));
    return null;
  }
  if (!isClaimed(addresses.primary, context.configuration)) {
    groups.excluded.push(excludeGroup(group, identity.key, addresses.primary, 'unclaimed-address', context));
    return null;
  }
  const active = members.filter(({ inactivity }) => inactivity === null).map(({ account }) => account);
  const fullName = valueOf(group, 'displayName') ?? valueOf(group, 'name') ?? valueOf(group, 'cn') ?? addresses.primary;
  const aliases = addresses.aliases?.filter(
    (alias) => alias !== addresses.primary && isClaimed(alias, context.configuration),
  );
  return {
    kind: 'functional',
    source: context.source.name,
    dn: group.dn,
    people: active.map(({ address, key }) => ({ address, key })),
    account: {
      kind: 'functional',
      key: identity.key,
      address: addresses.primary,
      fullName,
      ...(aliases === undefined ? {} : { aliases: [...new Set(aliases)].sort() }),
      members: [...new Set(active.map(({ address }) => address))].sort(),
    },
  };
}

/** proxyAddresses first; `mail` for groups that Exchange never saw. */
function groupAddresses(group: Entry): { primary: string; aliases: readonly string[] | undefined } | null {
  const proxy = mapAddresses(group, 'proxyAddresses');
  if (proxy.primary !== null) return { primary: proxy.primary, aliases: proxy.aliases };
  const mail = mapAddresses(group, 'mail');
  return mail.primary === null ? null : { primary: mail.primary, aliases: undefined };
}

function excludeGroup(
  group: Entry,
  key: string | null,
  address: string | null,
  reason: 'no-address' | 'unclaimed-address',
  context: PersonContext,
): ExcludedEntry {
  const source = context.source.name;
  const detail = address === null ? 'the group has no e-mail address' : `${address} is not in a claimed domain`;
  const evidence = { source, lookup: 'selection', entry: group.dn, attribute: 'mail', value: address } as const;
  return {
    key,
    effect: 'leaves',
    reason: 'address-removed',
    evidence,
    exclusion: { source, subject: group.dn, address, reason, detail },
  };
}
