import type { ConfiguredSource } from '../configuration/configuration.ts';
import { MAILBOX_TYPE, MASTER_ACCOUNT } from '../directory/mailbox-type.ts';
import { listOf } from '../configuration/mapping-rules.ts';
import { attributesOfTemplate, type NameTemplate } from '../configuration/name-template.ts';
import type { SelectionFilter } from '../schema/generated/organisation.ts';
import { isDirectory } from '../configuration/source-kind.ts';
import { BASE_ATTRIBUTES, LAST_LOGIN, MANAGED_BY } from '../directory/source.ts';

/** An attribute that a source's configuration names, and what it is for. */
export interface MappedAttribute {
  /** Key of the mapping, or the rule that uses the attribute. */
  readonly use: string;
  readonly attribute: string;
  /** Of entries without it, nobody gets an account; of several attributes for one use, none is needed on its own. */
  readonly isNeeded: boolean;
}

/** Every attribute of people that mapping, division and filters name: also those of lists and templates. */
export function listMappedAttributes({
  mapping,
  division,
  filters,
  countryAttribute,
  join,
  ...source
}: ConfiguredSource): readonly MappedAttribute[] {
  // Of a directory they are asked for those only who lose access.
  const isTable = !isDirectory(source);
  const { active, aliases, delegates, members, groups, sharedMailboxes } = mapping;
  const divisions = division?.by === 'attribute' ? listOf(division.attribute ?? []) : [];
  return [
    ...needed('email', mapping.email),
    ...needed('fullName', mapping.fullName.flatMap(attributesOfTemplate), mapping.fullName.length === 1),
    ...needed('accountKey', [mapping.accountKey]),
    ...useful('formerAccountKey', listOf(mapping.formerAccountKey ?? [])),
    ...needed('sso.key', listOf(mapping.ssoKey ?? [])),
    ...needed('active', listOf(active ?? [])),
    ...useful('mobile', mapping.mobile),
    ...useful('asOf', listOf(join?.asOf ?? [])),
    ...useful('phoneRegion', listOf(countryAttribute ?? [])),
    ...useful('aliases', listOf(aliases ?? [])),
    ...needed('delegates', delegates === null ? [] : [delegates.attribute], join?.gives.includes('delegates') === true),
    ...useful('members', listOf(members ?? [])),
    ...useful('groups', groups === null ? [] : ['memberOf']),
    ...useful('division', divisions),
    ...useful('filters', attributesOfFilters(filters ?? [])),
    ...useful('context', isTable ? Object.values(mapping.context) : []),
    ...useful('sharedMailboxes', attributesOfFilters(sharedMailboxes.filters ?? [])),
  ];
}

/** Names of the attributes a source must read, in the spelling of the configuration. */
export function attributesToRead(source: ConfiguredSource): string[] {
  const { groups, delegates } = source.mapping;
  const ofGroups = groups === null ? [] : [...groups.email, groups.accountKey, ...namesIn(groups.fullName)];
  const ofGroupFilters = attributesOfFilters(groups?.filters ?? []);
  const byName = delegates?.by === 'userPrincipalName' || source.joinedBy.includes('userPrincipalName');
  const ofNames = byName ? ['userPrincipalName'] : [];
  const named = listMappedAttributes(source).map(({ attribute }) => attribute);
  const always = [
    ...BASE_ATTRIBUTES,
    'memberOf',
    'displayName',
    'primaryGroupID',
    'objectSid',
    MAILBOX_TYPE,
    MASTER_ACCOUNT,
    LAST_LOGIN,
    MANAGED_BY,
  ];
  const all = [...always, ...named, ...ofGroups, ...ofGroupFilters, ...ofNames];
  const wanted = all.filter((name) => name.toLowerCase() !== 'distinguishedname');
  return [...new Map(wanted.map((name) => [name.toLowerCase(), name])).values()];
}

function needed(use: string, attributes: readonly string[], isNeeded = attributes.length === 1): MappedAttribute[] {
  return attributes.map((attribute) => ({ use, attribute, isNeeded }));
}

function useful(use: string, attributes: readonly string[]): MappedAttribute[] {
  return needed(use, attributes, false);
}

function namesIn(templates: readonly NameTemplate[]): readonly string[] {
  return templates.flatMap(attributesOfTemplate);
}

function attributesOfFilters(filters: readonly SelectionFilter[]): readonly string[] {
  const names = filters.map((filter) => (filter.include ?? filter.exclude)?.attribute ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}
