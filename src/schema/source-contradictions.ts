import type { Mapping, SourceConfiguration } from './generated/organisation.ts';
import { isDirectory, isTable, rowsOf, SOURCE_KINDS } from './source-kind.ts';

type Complain = (below: string, what: string) => void;

/** Rules between the keys of one source that a JSON schema cannot say readably. `below`: JSON pointer into the source. */
export function findSourceContradictions(source: SourceConfiguration, complain: Complain): void {
  const kinds = SOURCE_KINDS.filter((kind) => source[kind] !== undefined);
  if (kinds.length !== 1) return complain('', `source ${source.name} needs exactly one of ${SOURCE_KINDS.join(', ')}`);
  if (source.query !== undefined && source.ldap === undefined)
    complain('/query', `query works only with ldap; use filters with ${kinds[0]}`);
  complainAboutUrls(source, complain);
  complainAboutDivision(source, complain);
  if (isDirectory(source)) complainAboutDirectory(source, complain);
  if (isTable(source)) complainAboutTable(source, complain);
  if (source.yaml !== undefined) complainAboutHandWritten(source, complain);
}

function complainAboutUrls({ ldap }: SourceConfiguration, complain: Complain): void {
  ldap?.urls.forEach((url, index) => {
    if (url.startsWith('ldap://') && ldap.startTls !== true)
      complain(
        `/ldap/urls/${index}`,
        'ldap:// would send the password unencrypted; use ldaps:// or set startTls: true',
      );
    if (url.startsWith('ldaps://') && ldap.startTls === true)
      complain(`/ldap/urls/${index}`, 'startTls: true goes with ldap://, not with ldaps://');
  });
}

function complainAboutDivision({ division: rule }: SourceConfiguration, complain: Complain): void {
  if (rule?.by === 'attribute' && rule.attribute === undefined)
    complain('/division', 'division by attribute needs the key attribute');
  if (rule?.by === 'ou' && rule.ou === undefined) complain('/division', 'division by ou needs the table ou');
  if (rule?.by === 'constant' && rule.value === undefined)
    complain('/division', 'division by constant needs the key value');
}

const LDAP_ATTRIBUTE = /^[A-Za-z][A-Za-z0-9-]{0,255}$/;

function complainAboutDirectory(source: SourceConfiguration, complain: Complain): void {
  for (const [pointer, attribute] of namedAttributes(source)) {
    if (!LDAP_ATTRIBUTE.test(attribute)) complain(pointer, `${attribute} is not the name of an LDAP attribute`);
  }
  const { mapping } = source;
  if ((mapping?.active ?? 'userAccountControl') !== 'userAccountControl')
    complain('/mapping/active', 'must be userAccountControl; only csv and excel have a column for it');
  for (const name of ['aliases', 'members'] as const) {
    if (mapping?.[name] !== undefined) complain(`/mapping/${name}`, 'works only with csv and excel');
  }
}

function namedAttributes({ mapping, filters, division }: SourceConfiguration): [pointer: string, name: string][] {
  const mapped = Object.entries(mapping ?? {}).map(([use, name]): [string, string] => [
    `/mapping/${use}`,
    String(name),
  ]);
  const filtered = (filters ?? []).map(({ include, exclude }, index): [string, string] => {
    const verb = include === undefined ? 'exclude' : 'include';
    return [`/filters/${index}/${verb}/attribute`, (include ?? exclude)?.attribute ?? ''];
  });
  return [...mapped, ...filtered, ['/division/attribute', division?.attribute ?? 'none']];
}

const NEEDED = ['email', 'fullName', 'accountKey'] as const;
const OF_USERS: readonly (keyof Mapping)[] = ['mobile', 'active', 'delegates'];

function complainAboutTable(source: SourceConfiguration, complain: Complain): void {
  const { mapping, division } = source;
  for (const name of NEEDED) {
    const isNamed = mapping?.[name] !== undefined && mapping[name] !== 'none';
    if (!isNamed) complain('/mapping', `needs ${name}: the heading of the column that has it`);
  }
  const isUsers = rowsOf(source) === 'users';
  const foreign = isUsers ? (['members'] as const) : OF_USERS;
  for (const name of foreign) {
    if ((mapping?.[name] ?? 'none') !== 'none')
      complain(`/mapping/${name}`, `works only with accounts: ${isUsers ? 'functional' : 'users'}`);
  }
  if ((mapping?.groups ?? 'none') !== 'none') complain('/mapping/groups', 'a table has no groups; write none');
  if (division?.by === 'ou') complain('/division/by', 'a table has no organisational units; use by: attribute');
  for (const [pointer, name] of namedAttributes({ ...source, mapping: {} })) {
    if (/^(?:distinguishedName|memberOf)$/i.test(name))
      complain(pointer, `${name} is compared as a directory compares it; filter by another column`);
  }
}

const OF_SELECTION = ['filters', 'mapping', 'phoneRegion', 'division'] as const;
/** Written by `plan`; a folder that holds one of them would be read back as if people had written it. */
const RENDERED = /^(?:users|functional)(?:\/|$)/i;

function complainAboutHandWritten(source: SourceConfiguration, complain: Complain): void {
  for (const name of OF_SELECTION) {
    if (source[name] !== undefined) complain(`/${name}`, 'works not with yaml: the files say everything themselves');
  }
  if (RENDERED.test(source.yaml?.folder ?? ''))
    complain('/yaml/folder', 'users and functional are written by plan; choose another folder, such as accounts');
}
