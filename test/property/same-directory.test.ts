import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLdifSource } from '../../src/adapters/ldif/ldif.ts';
import { parseCsvTable } from '../../src/adapters/tables/csv-table.ts';
import { parseExcelTable } from '../../src/adapters/tables/excel-table.ts';
import { buildEntries } from '../../src/adapters/tables/table-entries.ts';
import type { Table } from '../../src/adapters/tables/table.ts';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../src/model/mapping/open-mapping.ts';
import { attributesToRead } from '../../src/model/mapping/mapped-attributes.ts';
import { tableColumns } from '../../src/model/mapping/table-columns.ts';
import type { SourceSnapshot } from '../../src/model/directory/source.ts';
import { BASE, closeAfterEach, CONTEXT, openSource, root, startResponder } from '../support/ldap-world.ts';
import { IS_LONG } from '../support/trials.ts';
import { buildInlineWorkbook, buildStrictWorkbook } from '../support/workbook-forms.ts';
import { rollDice, type Dice } from '../support/world/dice.ts';
import { buildWorkbook } from '../support/workbook.ts';

/** One directory, written down in the forms that exports have, is one set of accounts and of people who are left out. */

const NOW = new Date('2026-11-23T10:00:00.000Z');
const TRIALS = IS_LONG ? 500 : 15;
const NAMES = ['Zoë Bos', 'Jan "JJ" Vis', "An 't Hooft", 'Bo; Vis', 'Müller, Max', 'Els', 'Ünal Şen', 'Çelik'];
/** What stands around the people. */
const DOMAIN = [
  { ...root, attributes: { ...root.attributes, namingContexts: [CONTEXT] } },
  { dn: CONTEXT, attributes: { objectClass: ['top', 'domainDNS'] } },
  { dn: BASE, attributes: { objectClass: ['top', 'organizationalUnit'] } },
];

const PHONES = ['06-12345678', '(+31) 6 87654321', 'tel:+31611111111', '020-1234567', '06-1 / 06-2', ''];
const folder = mkdtempSync(path.join(tmpdir(), 'same-directory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
closeAfterEach();

interface Person {
  readonly guid: Buffer;
  readonly name: string;
  readonly flags: string;
  readonly mobile: string;
  readonly addresses: readonly string[];
}

function drawPerson(dice: Dice, number: number): Person {
  const guid = Buffer.from(Array.from({ length: 16 }, () => dice.integer(0, 255)));
  const primary = dice.pick(['SMTP:', 'SMTP:', 'SMTP:', 'smtp:']);
  const domain = dice.pick(['company.org', 'company.org', 'elsewhere.example']);
  const aliases = Array.from({ length: dice.integer(0, 2) }, (_, index) => `smtp:a${number}.${index}@company.org`);
  return {
    guid,
    name: dice.pick(NAMES),
    // A column that is empty in every row is refused.
    flags: number === 0 ? '512' : dice.pick(['512', '66048', '514', '']),
    mobile: dice.pick(PHONES),
    addresses: [`${primary}p${number}@${domain}`, ...aliases],
  };
}

function dnOf(index: number): string {
  return `CN=p${index},${BASE}`;
}

async function readLdap(people: readonly Person[]): Promise<SourceSnapshot> {
  const entries = people.map(({ guid, name, flags, mobile, addresses }, index) => ({
    dn: dnOf(index),
    attributes: {
      objectClass: ['top', 'person', 'user'],
      objectCategory: ['person'],
      objectGUID: [guid],
      name: [name],
      ...(flags === '' ? {} : { userAccountControl: [flags] }),
      ...(mobile === '' ? {} : { mobile: [mobile] }),
      proxyAddresses: addresses,
    },
  }));
  const responder = await startResponder({ entries: [...DOMAIN, ...entries] });
  const source = openSource({ urls: [responder.url] });
  try {
    return await source.read(['mobile', 'name', ...ATTRIBUTES]);
  } finally {
    await source.close();
    await responder.close();
  }
}

function renderLdif(people: readonly Person[], { isFolded }: { readonly isFolded: boolean }): string {
  const line = (name: string, value: Buffer | string): string => {
    const bytes = Buffer.from(value);
    const isPlain = typeof value === 'string' && /^[!-9;=?-~][ -~]*$/.test(value) && !value.endsWith(' ') && !isFolded;
    const whole = isPlain ? `${name}: ${value}` : `${name}:: ${bytes.toString('base64')}`;
    return isFolded ? whole.replace(/(.{40})(?=.)/g, '$1\n ') : whole;
  };
  return people
    .map(({ guid, name, flags, mobile, addresses }, index) =>
      [
        line('dn', dnOf(index)),
        ...['top', 'person', 'user'].map((type) => line('objectClass', type)),
        line('objectGUID', guid),
        line('name', name),
        ...(flags === '' ? [] : [line('userAccountControl', flags)]),
        ...(mobile === '' ? [] : [line('mobile', mobile)]),
        ...addresses.map((address) => line('proxyAddresses', address)),
        '\n',
      ].join('\n'),
    )
    .join('');
}

const HEADINGS = ['objectGUID', 'name', 'userAccountControl', 'mobile', 'proxyAddresses'];

function cellsOf({ guid, name, flags, mobile, addresses }: Person, spelling: (guid: Buffer) => string): string[] {
  return [spelling(guid), name, flags, mobile, addresses.join(';')];
}

function renderCsv(rows: readonly (readonly string[])[], delimiter: string, isQuoted = false): string {
  const quote = (cell: string): string =>
    isQuoted || /["\r\n,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return [HEADINGS, ...rows].map((cells) => `${cells.map(quote).join(delimiter)}\r\n`).join('');
}

function resultOf(kind: string, snapshot: SourceSnapshot | Table): unknown {
  const isTable = 'rows' in snapshot;
  const mapping = isTable
    ? '{ email: proxyAddresses, fullName: name, accountKey: objectGUID, active: userAccountControl, mobile: mobile }'
    : '{ groups: none, delegates: none }';
  const source = isTable ? 'csv: { file: a.csv }' : 'ldif: { files: [a.ldif] }';
  const text = `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }\nsources: [{ name: ad, ${source}, mapping: ${mapping} }]\n`;
  const configuration = parseConfiguration(text, 'org', '/desired/org');
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error(kind);
  const rest = { name: 'ad', kind: 'csv', server: 'a', baseDn: '', groups: [], pages: 1, warnings: [] } as const;
  const read = isTable ? { ...rest, selected: buildEntries(snapshot, tableColumns(configured)) } : snapshot;
  const sources = [takeWhole({ configured, snapshot: read, lookedUp: [] }, { configuration, now: NOW })];
  const { accounts, excluded, exclusions } = mapAccounts({ configuration, now: NOW, sources, managedKeys: new Set() });
  const left = excluded.map(({ key, effect, exclusion }) => `${key} ${effect} ${exclusion.reason}`);
  return {
    accounts: accounts.map(({ account }) => account).sort((one, other) => (one.key < other.key ? -1 : 1)),
    excluded: left.sort(),
    exclusions: exclusions.map(({ reason, address }) => `${reason} ${address}`).sort(),
  };
}

async function readLdif(name: string, bytes: Buffer): Promise<SourceSnapshot> {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const { mapping } = { mapping: ['mobile', 'name'] };
  return createLdifSource({ name: 'ad', files: [file] }).read([...mapping, ...ATTRIBUTES]);
}

const ATTRIBUTES = attributesToRead(
  parseConfiguration(
    'zivver: { url: https://x.example/scim, claimedDomains: [company.org] }\nsources: [{ name: ad, ldif: { files: [a] } }]\n',
    'org',
    '/desired/org',
  ).sources[0] as never,
);

it('is the same over LDAP, in three forms of LDIF, four of CSV and three of Excel', async () => {
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const dice = rollDice(`same-directory-${trial}`);
    const people = Array.from({ length: dice.integer(1, 12) }, (_, index) => drawPerson(dice, index));
    const ldif = renderLdif(people, { isFolded: false });
    const wanted = resultOf('ldif', await readLdif('plain.ldif', Buffer.from(ldif)));
    const dashed = people.map((one) => cellsOf(one, (guid) => formatGuid(guid.toString('base64'))));
    const inHex = people.map((one) => cellsOf(one, (guid) => `X'${guid.toString('hex')}'`));
    const inBase64 = people.map((one) => cellsOf(one, (guid) => guid.toString('base64')));
    const csv = (text: string | Buffer): Table => parseCsvTable(Buffer.from(text), 'a.csv');
    const forms: Record<string, SourceSnapshot | Table> = {
      ldap: await readLdap(people),
      folded: await readLdif('folded.ldif', Buffer.from(renderLdif(people, { isFolded: true }))),
      ldifde: await readLdif('ldifde.ldif', Buffer.from(`\ufeff${ldif.replaceAll('\n', '\r\n')}`, 'utf16le')),
      powershell: csv(`\ufeff#TYPE X\r\n${renderCsv(dashed, ';')}`),
      csvde: csv(renderCsv(inHex, ',')),
      tabs: csv(Buffer.from(`\ufeff${renderCsv(inBase64, '\t')}`, 'utf16le')),
      // Every value in quotes, lines of Unix, no byte order mark.
      quoted: csv(renderCsv(inHex, ',', true).replaceAll('\r\n', '\n')),
      excel: parseExcelTable(buildWorkbook([{ name: 'S', rows: [HEADINGS, ...dashed] }]), 'a.xlsx'),
      inline: parseExcelTable(buildInlineWorkbook([HEADINGS, ...inHex]), 'a.xlsx'),
      strict: parseExcelTable(buildStrictWorkbook([HEADINGS, ...inBase64]), 'a.xlsx'),
    };
    for (const [kind, form] of Object.entries(forms))
      expect({ trial, kind, result: resultOf(kind, form) }).toEqual({ trial, kind, result: wanted });
  }
}, 300_000);
