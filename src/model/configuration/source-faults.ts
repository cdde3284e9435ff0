import type { Mapping, SourceConfiguration } from '../schema/generated/organisation.ts';
import { isDirectory, isTable, rowsOf, SOURCE_KINDS } from './source-kind.ts';
import { findDivisionFaults, findMappingFaults } from './mapping-faults.ts';
import { listOf, nameOfActive } from './mapping-rules.ts';
import { isUnit } from '../directory/distinguished-name.ts';
import { ATTRIBUTE, COLUMN } from './name-template.ts';

type Complain = (below: string, what: string) => void;

/** Rules between the keys of one source that a JSON schema cannot say. `below`: JSON pointer into the source. */
export function findSourceFaults(source: SourceConfiguration, complain: Complain): void {
  const kinds = SOURCE_KINDS.filter((kind) => source[kind] !== undefined);
  if (kinds.length !== 1) return complain('', `source ${source.name} needs exactly one of ${SOURCE_KINDS.join(', ')}`);
  if (source.query !== undefined && source.ldap === undefined)
    complain('/query', `query works only with ldap; use filters with ${kinds[0]}`);
  findUrlFaults(source, complain);
  findMappingFaults(source.mapping ?? {}, complain, isTable(source) ? COLUMN : ATTRIBUTE);
  if (source.division !== undefined) findDivisionFaults(source.division, complain);
  if (isDirectory(source)) findDirectoryFaults(source, complain);
  if (isTable(source)) findTableFaults(source, complain);
  if (source.yaml !== undefined) findHandWrittenFaults(source, complain);
}

function findUrlFaults({ ldap }: SourceConfiguration, complain: Complain): void {
  ldap?.urls.forEach((url, index) => {
    if (/^ldap(?:\+srv)?:/.test(url) && ldap.startTls !== true)
      complain(
        `/ldap/urls/${index}`,
        'ldap:// would send the password unencrypted; use ldaps:// or set startTls: true',
      );
    if (/^ldaps(?:\+srv)?:/.test(url) && ldap.startTls === true)
      complain(`/ldap/urls/${index}`, 'startTls: true goes with ldap://, not with ldaps://');
  });
}

function findDirectoryFaults(source: SourceConfiguration, complain: Complain): void {
  for (const [pointer, attribute] of namedAttributes(source)) {
    if (!ATTRIBUTE.test(attribute)) complain(pointer, `"${attribute}" is not the name of an LDAP attribute`);
  }
  findUnitFaults(source, complain);
  const { mapping } = source;
  if (
    (nameOfActive(mapping?.active) ?? 'userAccountControl') !== 'userAccountControl' ||
    typeof mapping?.active === 'object'
  )
    complain('/mapping/active', 'must be userAccountControl; only csv and excel have a column for it');
  for (const name of ['aliases', 'members'] as const) {
    if (mapping?.[name] !== undefined) complain(`/mapping/${name}`, 'works only with csv and excel');
  }
}

/** Nobody is a member of a unit, so such a filter would select nobody, or leave out nobody. */
function findUnitFaults({ filters, mapping = {} }: SourceConfiguration, complain: Complain): void {
  const { groups, sharedMailboxes } = mapping;
  const lists = [
    ['/filters', filters],
    ['/mapping/groups/filters', typeof groups === 'object' ? groups.filters : undefined],
    ['/mapping/sharedMailboxes/filters', typeof sharedMailboxes === 'object' ? sharedMailboxes.filters : undefined],
  ] as const;
  for (const [pointer, list = []] of lists)
    list.forEach(({ include, exclude }, index) => {
      const verb = include === undefined ? 'exclude' : 'include';
      const { attribute = '', values = [] } = include ?? exclude ?? {};
      if (attribute.toLowerCase() !== 'memberof') return;
      values.forEach((value, at) => {
        if (!isUnit(value)) return;
        complain(
          `${pointer}/${index}/${verb}/values/${at}`,
          `"${value}" is an organisational unit (OU), which has no members; filter by distinguishedName instead of memberOf`,
        );
      });
    });
}

type Named = [pointer: string, name: string];

/** Names, without those in templates of names. */
function namedAttributes({ mapping = {}, filters, division, phoneRegion }: SourceConfiguration): Named[] {
  const { delegates, groups, sharedMailboxes } = mapping;
  const ofGroups = typeof groups === 'object' ? groups : {};
  const ofMailboxes = typeof sharedMailboxes === 'object' ? sharedMailboxes.filters : undefined;
  const ofDelegates = typeof delegates === 'object' ? delegates.attribute : delegates;
  return [
    ...named('/mapping/email', mapping.email),
    ...named('/mapping/accountKey', mapping.accountKey),
    ...named('/mapping/formerAccountKey', mapping.formerAccountKey),
    ...named('/mapping/mobile', mapping.mobile),
    ...named(typeof delegates === 'object' ? '/mapping/delegates/attribute' : '/mapping/delegates', ofDelegates),
    ...named('/mapping/groups/email', ofGroups.email),
    ...named('/mapping/groups/accountKey', ofGroups.accountKey),
    ...namedInFilters('/mapping/groups/filters', ofGroups.filters),
    ...namedInFilters('/mapping/sharedMailboxes/filters', ofMailboxes),
    ...namedInFilters('/filters', filters),
    ...named('/division/attribute', division?.attribute),
    ...named('/phoneRegion/attribute', typeof phoneRegion === 'object' ? phoneRegion.attribute : undefined),
  ];
}

function named(pointer: string, given: string | readonly string[] = []): Named[] {
  const isList = typeof given !== 'string';
  return listOf(given).map((name, index) => [isList ? `${pointer}/${index}` : pointer, name]);
}

function namedInFilters(pointer: string, filters: SourceConfiguration['filters'] = []): Named[] {
  return filters.map(({ include, exclude }, index) => {
    const verb = include === undefined ? 'exclude' : 'include';
    return [`${pointer}/${index}/${verb}/attribute`, (include ?? exclude)?.attribute ?? ''];
  });
}

const NEEDED = ['email', 'fullName', 'accountKey'] as const;
const OF_USERS: readonly (keyof Mapping)[] = ['mobile', 'active', 'delegates'];

function findTableFaults(source: SourceConfiguration, complain: Complain): void {
  const { mapping = {}, division } = source;
  for (const name of source.joins === undefined ? NEEDED : []) {
    if (mapping[name] === undefined) complain('/mapping', `needs ${name}: the heading of the column that has it`);
  }
  const isUsers = rowsOf(source) === 'users';
  for (const name of isUsers ? (['members'] as const) : OF_USERS) {
    if ((name === 'active' ? nameOfActive(mapping.active) : mapping[name]) !== undefined && mapping[name] !== 'none')
      complain(`/mapping/${name}`, `works only with accounts: ${isUsers ? 'functional' : 'users'}`);
  }
  if ((mapping.groups ?? 'none') !== 'none') complain('/mapping/groups', 'a table has no groups; leave it out');
  if (mapping.sharedMailboxes !== undefined)
    complain('/mapping/sharedMailboxes', 'a table has no mailboxes; use accounts: functional');
  if (mapping.linkedMailboxes !== undefined)
    complain('/mapping/linkedMailboxes', 'works only with ldap and ldif; a table has no mailboxes');
  if (typeof mapping.active === 'object') findWordFaults(mapping.active, complain);
  if (typeof mapping.delegates === 'object')
    complain('/mapping/delegates', 'a table names delegates by address; name only the column');
  if (division?.by === 'ou') complain('/division/by', 'a table has no organisational units; use by: attribute');
  for (const [pointer, name] of namedAttributes({ ...source, mapping: {} })) {
    if (/^(?:distinguishedName|memberOf)$/i.test(name))
      complain(pointer, `${name} is compared as a directory compares it; filter by another column`);
  }
}

/** A word cannot mean both; whoever wrote it meant one of them. */
function findWordFaults(
  { yes = [], no = [] }: { readonly yes?: readonly string[]; readonly no?: readonly string[] },
  complain: Complain,
): void {
  const fold = (word: string): string => word.trim().toLowerCase();
  const both = no.filter((word) => yes.some((other) => fold(other) === fold(word)));
  for (const word of both) complain('/mapping/active/no', `"${word}" stands in yes and in no`);
}

const OF_SELECTION = ['filters', 'mapping', 'phoneRegion', 'division'] as const;
/** Written by `plan`; a folder that holds one of them would be read back as if people had written it. */
const RENDERED = /^(?:users|functional)(?:\/|$)/i;

function findHandWrittenFaults(source: SourceConfiguration, complain: Complain): void {
  for (const name of OF_SELECTION) {
    if (source[name] !== undefined) complain(`/${name}`, 'does not go with yaml: the files say everything themselves');
  }
  if (RENDERED.test(source.yaml?.folder ?? ''))
    complain('/yaml/folder', 'users and functional are written by plan; choose another folder, such as accounts');
}
