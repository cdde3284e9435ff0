import { fact } from '../facts/fact.ts';
import type { Directory } from '../directory/directory.ts';
import { isConflictName, normaliseDn } from '../directory/distinguished-name.ts';
import type { Entry } from '../directory/entry.ts';
import type { GroupRules } from '../configuration/mapping-rules.ts';
import { renderName } from '../configuration/name-template.ts';
import { findBrokenFilter } from '../directory/selection.ts';
import { buildFunctional } from './build-functional.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { PersonContext } from './person-context.ts';
import type { ExcludedEntry, MappedFunctional, MappedUser } from './mapped.ts';
import { mapKey } from './map-key.ts';
import { originOf } from './map-person.ts';
import { findMemberDisputes, indexShowing, type MemberDisputes, type MemberPlace } from './member-disputes.ts';
import { isClaimed, mapAddresses } from './rules.ts';

export interface GroupContext {
  readonly directory: Directory;
  readonly context: PersonContext;
  /** Selected people in a group, by its normalised DN. */
  readonly members: (group: string) => readonly MappedUser[];
  readonly managedKeys: ReadonlySet<string>;
  /** Selected people by their entries. */
  readonly users: ReadonlyMap<Entry, MappedUser>;
  /** Neither end of the links between people and groups was read. */
  readonly lacksMemberships: boolean;
}

/**
 * Groups with an e-mail address that have a selected member, or that are managed already, become functional accounts.
 * Members are the selected people in them, directly, as primary group, or through nested groups; inactive ones are left out.
 */
export function mapGroups(groups: readonly Entry[], at: GroupContext): MappedFunctional[] {
  const rules = at.context.source.mapping.groups;
  if (rules === null) return [];
  const place = { ...at, showing: indexShowing(groups) };
  return groups
    .filter(({ dn }) => !isConflictName(dn))
    .flatMap((group) => {
      const mapped = mapGroup(group, rules, place);
      return mapped === null ? [] : [mapped];
    });
}

function mapGroup(group: Entry, rules: GroupRules, groups: GroupContext & MemberPlace): MappedFunctional | null {
  const { context, managedKeys } = groups;
  const members = groups.members(normaliseDn(group.dn));
  const addresses = mapAddresses(group, rules.email);
  const identity = mapKey(group, rules, 'guid');
  const isManaged = identity !== undefined && managedKeys.has(identity.key);
  if (!isManaged && members.length === 0) return null;
  const exclude = (fault: GroupFault): null => {
    context.excluded.push(
      excludeGroup(group, { key: identity?.key ?? null, address: addresses.primary, ...fault }, context),
    );
    return null;
  };
  if (identity === undefined || addresses.primary === null) {
    const isEmpty = addresses.unusable.length === 0;
    return isManaged ? exclude({ ...NO_ADDRESS, leavesAs: isEmpty ? 'address-removed' : null }) : null;
  }
  const broken = findBrokenFilter(group, rules.filters, groups.directory);
  if (broken !== null) return exclude({ ...FILTERED, detail: fact('group-filtered', { why: broken }) });
  if (!isClaimed(addresses.primary, context.configuration)) {
    const detail = fact('not-claimed', { address: addresses.primary });
    return exclude({ reason: 'unclaimed-address', detail, attribute: 'mail', leavesAs: 'address-removed' });
  }
  const active = members.filter(({ inactivity }) => inactivity === null).map(({ account }) => account);
  const fullName = renderName(group, rules.fullName) ?? addresses.primary;
  const account = buildFunctional(group, { identity, address: addresses.primary, addresses, fullName }, context);
  const mapped: MappedFunctional = {
    kind: 'functional',
    source: context.source.name,
    dn: group.dn,
    people: active.map(({ address, key }) => ({ address, key })),
    sharedBy: null,
    ...originOf(group, identity),
    account: { ...account, members: [...new Set(active.map(({ address }) => address))].sort() },
  };
  if (groups.lacksMemberships && isManaged) return withoutMembers(mapped);
  return withoutDisputed(mapped, findMemberDisputes(group, groups));
}

function withoutMembers({ account: { members: _members, ...account }, ...mapped }: MappedFunctional): MappedFunctional {
  return { ...mapped, people: [], account, kept: ['delegates'], membersOpen: fact('members-unread') };
}

/** What both ends agree on is claimed; of the others nobody becomes a member, and whoever is one stays one. */
function withoutDisputed(mapped: MappedFunctional, { named, unnamed }: MemberDisputes): MappedFunctional {
  if (named.length + unnamed.length === 0) return mapped;
  const keys = new Set(unnamed.map(({ account }) => account.key));
  const people = mapped.people.filter(({ key }) => !keys.has(key ?? ''));
  const members = [...new Set(people.map(({ address }) => address))].sort();
  return {
    ...mapped,
    people,
    account: { ...mapped.account, members },
    disputed: [...named, ...unnamed].map(({ account: { address, key } }) => ({ address, key })),
    membersOpen: fact('members-differ', { named: addressesOf(named), unnamed: addressesOf(unnamed) }),
  };
}

function addressesOf(users: readonly MappedUser[]): string[] {
  return users.map(({ account }) => account.address).sort();
}

interface GroupFault {
  readonly reason: 'no-address' | 'unclaimed-address' | 'filtered';
  readonly detail: Fact;
  readonly attribute: string;
  readonly leavesAs: 'filtered' | 'address-removed' | null;
}

const FILTERED = { reason: 'filtered', attribute: 'groups.filters', leavesAs: 'filtered' } as const;

const NO_ADDRESS = {
  reason: 'no-address',
  detail: fact('group-without-address'),
  attribute: 'mail',
} as const;

type ExcludedGroup = GroupFault & { readonly key: string | null; readonly address: string | null };

function excludeGroup(
  group: Entry,
  { key, address, reason, detail, attribute, leavesAs }: ExcludedGroup,
  context: PersonContext,
): ExcludedEntry {
  const source = context.source.name;
  const value = attribute === 'mail' ? address : null;
  return {
    key,
    effect: leavesAs === null ? 'held' : 'leaves',
    reason: leavesAs,
    evidence: { source, lookup: 'selection', entry: group.dn, attribute, value },
    exclusion: { source, subject: group.dn, address, reason, detail },
  };
}
