import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import { parseConfiguration, type Configuration } from '../../../../src/model/configuration/configuration.ts';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import { formatGuid } from '../../../../src/model/directory/guid.ts';
import type { MappedAccounts } from '../../../../src/model/mapping/mapped.ts';
import { tableColumns } from '../../../../src/model/mapping/table-columns.ts';
import { findDisputes } from '../../../../src/model/settle/disputes.ts';
import { parseCsvTable } from '../../../../src/adapters/tables/csv-table.ts';
import { parseHandWritten } from '../../../../src/adapters/yaml-files/hand-written.ts';
import type { SourceSnapshot } from '../../../../src/model/directory/source.ts';
import { buildEntries } from '../../../../src/adapters/tables/table-entries.ts';
import { entry } from '../../../support/account-builder.ts';
import { mapReads } from '../../../support/mapping-builder.ts';

const GUID = Buffer.from('0123456789abcdef').toString('base64');

function configure(sources: string, more = ''): Configuration {
  const text = `zivver: { url: https://app.zivver.com/scim, claimedDomains: [company.org] }\n${more}sources:\n${sources}`;
  return parseConfiguration(text, 'example', '/desired/example');
}

const PEOPLE = `  - name: payroll
    csv: { file: people.csv }
    mapping: { email: E-mail, fullName: Naam, accountKey: Nr, mobile: Mobiel, active: In dienst, aliases: Aliassen, delegates: Gemachtigden }
    filters: [{ exclude: { attribute: Afdeling, values: [Extern] } }]
    division: { by: attribute, attribute: Afdeling }
`;
const DESKS = `  - name: desks
    csv: { file: desks.csv, accounts: functional }
    mapping: { email: Adres, fullName: Naam, accountKey: Code, members: Leden }
`;
const DIRECTORY = '  - name: office\n    ldif: { files: [a.ldif] }\n';
const BY_HAND = '  - name: by-hand\n    yaml: { folder: accounts }\n';

const HEADER = 'Nr;E-mail;Naam;Mobiel;In dienst;Aliassen;Gemachtigden;Afdeling\n';

interface Given {
  readonly rows?: string;
  readonly desks?: string;
  readonly entries?: Entry[];
  readonly written?: string[];
  readonly configuration: Configuration;
}

function map({ rows = '', desks = '', entries = [], written = [], configuration }: Given): MappedAccounts {
  const tables: Readonly<Record<string, string>> = { payroll: HEADER + rows, desks: `Code;Adres;Naam;Leden\n${desks}` };
  const sources = configuration.sources.map((configured) => {
    const table = tables[configured.name];
    const selected =
      table === undefined
        ? configured.yaml === undefined
          ? entries
          : written.map(parse)
        : buildEntries(parseCsvTable(Buffer.from(table), `${configured.name}.csv`), tableColumns(configured));
    const snapshot = { name: configured.name, server: 's', baseDn: '', selected, groups: [], pages: 1, warnings: [] };
    const kind: SourceSnapshot['kind'] = configured.yaml === undefined ? 'csv' : 'yaml';
    return { configured, lookedUp: [], snapshot: { ...snapshot, kind } };
  });
  return mapReads(sources, configuration);
}

function parse(text: string, index: number): Entry {
  const parsed = parseHandWritten(text, `accounts/${index}.yaml`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { file, account } = parsed.written;
  return { dn: file, attributes: new Map(), isRow: true, written: account };
}

function person(name: string, given: Record<string, string | string[]> = {}): Entry {
  return entry(`CN=${name},OU=Staff,DC=company,DC=org`, {
    objectClass: ['user'],
    objectGUID: Buffer.from(name.padEnd(16, '_')).toString('base64'),
    name,
    userAccountControl: '512',
    proxyAddresses: [`SMTP:${name}@company.org`],
    ...given,
  });
}

const reasonsOf = ({ excluded, exclusions }: MappedAccounts): string[] =>
  [...excluded.map(({ exclusion }) => exclusion), ...exclusions]
    .map(({ reason, subject }) => `${reason} ${subject}`)
    .sort();

describe('rows of people', () => {
  it('become accounts by the headings of the mapping', () => {
    const rows =
      '0012;Jan@Company.org;Jan Bos;612345678;ja;"j@company.org;jan@elsewhere.example";els@company.org;Zorg\n0013;els@company.org;Els;;WAAR;;;Zorg\n';
    const { accounts, exclusions } = map({ rows, configuration: configure(PEOPLE) });
    expect(accounts[0]).toEqual({
      kind: 'user',
      source: 'payroll',
      dn: 'payroll.csv line 2',
      origin: 'row',
      keyKind: 'number',
      people: [{ address: 'els@company.org', key: accountKeyOf('0013') }],
      inactivity: null,
      ssoKey: '0012',
      account: {
        kind: 'user',
        key: accountKeyOf('0012'),
        address: 'jan@company.org',
        fullName: 'Jan Bos',
        active: true,
        aliases: ['j@company.org'],
        mobile: '+31612345678',
        division: 'Zorg',
        delegates: ['els@company.org'],
      },
    });
    expect(exclusions).toMatchObject([{ reason: 'alias-unclaimed', subject: 'payroll.csv line 2' }]);
  });

  it.each([
    [`;a@company.org;A;;ja;;;Zorg`, 'no-key', 'held'],
    [`1;;A;;ja;;;Zorg`, 'no-address', 'leaves'],
    [`1;a at company;A;;ja;;;Zorg`, 'no-address', 'held'],
    [`1;a@elsewhere.example;A;;ja;;;Zorg`, 'unclaimed-address', 'leaves'],
    [`1;a@company.org;;;ja;;;Zorg`, 'no-name', 'held'],
    [`1;a@company.org;A;;misschien;;;Zorg`, 'unknown-state', 'held'],
    [`1;a@company.org;A;;;;;Zorg`, 'unknown-state', 'held'],
    [`1;a@company.org;A;;ja;;;extern`, 'filtered', 'leaves'],
  ])('%s is left out: %s, %s', (row, reason, effect) => {
    const others = '8;x@company.org;X;;ja;;;Zorg\n';
    const { accounts, excluded } = map({ rows: `${row}\n${others}`, configuration: configure(PEOPLE) });
    expect(accounts).toHaveLength(1);
    expect(excluded).toMatchObject([
      { effect, exclusion: { reason, subject: 'payroll.csv line 2' }, evidence: { lookup: 'file' } },
    ]);
  });

  it('say no in words, with the cell as evidence', () => {
    const { accounts } = map({ rows: '1;a@company.org;A;;Nee;;;Z\n', configuration: configure(PEOPLE) });
    expect(accounts[0]).toMatchObject({
      account: { active: false },
      inactivity: { reason: 'disabled', attribute: 'In dienst', value: 'Nee' },
    });
  });

  it.each([
    ['base64', GUID, GUID],
    ['base64', formatGuid(GUID).toUpperCase(), GUID],
    ['base64', `{${formatGuid(GUID)}}`, GUID],
    ['guid', GUID, formatGuid(GUID)],
    ['guid', formatGuid(GUID), formatGuid(GUID)],
  ])('have the key of their objectGUID, with SSO as %s, spelt %s', (keyFormat, spelt, ssoKey) => {
    const sso = `sso: { enabled: true, keyFormat: ${keyFormat} }\nsecrets: { recipients: [age1${'q'.repeat(58)}] }\n`;
    const { accounts } = map({ rows: `${spelt};a@company.org;A;;ja;;;Z\n`, configuration: configure(PEOPLE, sso) });
    expect(accounts[0]).toMatchObject({ account: { key: accountKeyOf(formatGuid(GUID)) }, ssoKey });
  });

  it('are ambiguous beside an entry of the directory with the same key, and so is the entry', () => {
    const entries = [person('jan', { objectGUID: GUID })];
    const rows = `${formatGuid(GUID)};jan.b@company.org;Jan;;ja;;;Z\n`;
    const { accounts } = map({ rows, entries, configuration: configure(DIRECTORY + PEOPLE) });
    expect(findDisputes(accounts).keys.size).toBe(1);
  });
});

describe('delegates and members by address', () => {
  const entries = [
    person('anna', { proxyAddresses: ['SMTP:anna@company.org', 'smtp:old@company.org'] }),
    person('bas', { userAccountControl: '514' }),
    person('twin', { proxyAddresses: ['SMTP:one@company.org', 'smtp:same@company.org'] }),
    person('twin2', { proxyAddresses: ['SMTP:two@company.org', 'smtp:same@company.org'] }),
    person('held', { name: '' }),
  ];

  it('are who has the address, also as an alias; others are left out with the reason, or left for Zivver to know', () => {
    const desks =
      'D1;info@company.org;Info;"old@company.org;bas@company.org;same@company.org;held@company.org;new@company.org;x y;desk@company.org"\nD2;desk@company.org;Desk;\n';
    const mapped = map({ desks, entries, configuration: configure(DIRECTORY + DESKS) });
    const info = mapped.accounts.find(({ account }) => account.address === 'info@company.org');
    expect(info).toMatchObject({
      kind: 'functional',
      account: { members: ['anna@company.org', 'held@company.org', 'new@company.org'] },
    });
    const known = Object.fromEntries(info?.people.map(({ address, key }) => [address, key !== null]) ?? []);
    expect(known).toEqual({ 'anna@company.org': true, 'held@company.org': true, 'new@company.org': false });
    expect(
      mapped.exclusions
        .filter(({ reason }) => reason === 'member-left-out')
        .map(({ detail }) => factText(detail))
        .sort(),
    ).toEqual([
      'member bas@company.org is left out: the account is disabled',
      'member desk@company.org is left out: it is a functional account, and only people are members',
      'member same@company.org is left out: several entries claim this address',
      'x y in Leden is left out: not an e-mail address',
    ]);
  });
});

describe('accounts written by hand', () => {
  const INFO =
    'kind: functional\nkey: info\naddress: info@company.org\nfullName: Info\nmembers: [anna@company.org]\naliases: [i@company.org, i@elsewhere.example]\n';

  it('are what they say, with members of the directory', () => {
    const mapped = map({ written: [INFO], entries: [person('anna')], configuration: configure(DIRECTORY + BY_HAND) });
    expect(mapped.accounts.find(({ kind }) => kind === 'functional')).toMatchObject({
      source: 'by-hand',
      dn: 'accounts/0.yaml',
      origin: 'hand',
      account: { address: 'info@company.org', members: ['anna@company.org'], aliases: ['i@company.org'] },
    });
    expect(reasonsOf(mapped)).toEqual(['alias-unclaimed accounts/0.yaml']);
  });

  it('have no single sign-on key, and may be inactive', () => {
    const user = 'kind: user\nkey: temp\naddress: temp@company.org\nfullName: Temp\nactive: false\n';
    const { accounts } = map({ written: [user], configuration: configure(BY_HAND) });
    expect(accounts[0]).toMatchObject({
      ssoKey: null,
      inactivity: { reason: 'disabled', attribute: 'active', value: 'false' },
    });
  });

  it('stay as they are if their domain is not claimed: rather a typing mistake than a farewell', () => {
    const { accounts, excluded } = map({
      written: [INFO.replace('info@company.org', 'info@compnay.org')],
      configuration: configure(BY_HAND),
    });
    expect(accounts).toEqual([]);
    expect(excluded).toMatchObject([{ effect: 'held', reason: null, exclusion: { reason: 'unclaimed-address' } }]);
  });

  it('are one with the entry whose key they name, and ambiguous with one of the same address', () => {
    const anna = person('anna');
    const key = accountKeyOf(formatGuid(anna.attributes.get('objectguid')?.[0] ?? ''));
    const user = (name: string) => `kind: user\nkey: ${name}\naddress: anna@company.org\nfullName: A\nactive: true\n`;
    const both = (name: string) =>
      map({ written: [user(name)], entries: [anna], configuration: configure(DIRECTORY + BY_HAND) });
    expect(both(key).accounts).toMatchObject([{ source: 'office', account: { fullName: 'anna' } }]);
    expect(findDisputes(both(key).accounts).addresses.size).toBe(0);
    expect(findDisputes(both('anna').accounts).addresses.size).toBe(1);
  });
});
