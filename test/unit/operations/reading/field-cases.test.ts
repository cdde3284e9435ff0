import { factText } from '../../../../src/model/facts/fact.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSecret } from '../../../../src/adapters/secrets/environment.ts';
import { parseExcelTable } from '../../../../src/adapters/tables/excel-table.ts';
import { fieldFile, mapCase, planCase } from '../../../support/field/field-world.ts';
import { refusalOf } from '../../../support/problems-of.ts';

/** Exports and directories as they are found, each with what is right. A case stands for its kind. */

const KEY_OF_000123 = '3576e8e4-03a4-5826-a3cd-b57d61df334d';
const KEY_OF_GUID = 'fce71218-f434-53c3-8335-2d5f8c5edc9a';

describe('a second export of the same people changes nobody', () => {
  it.each([
    ['cells without a place', '01-xlsx-cells-without-r', 6],
    ['an objectGUID as csvde writes it', '04-csvde-guid', 4],
    ['merged cells in a column of a filter', '09-merged-cells', 4],
  ])('with %s', async (_what, name, people) => {
    const { before, isEmpty, plan } = await planCase(name);
    expect(before.plan.body.changes).toHaveLength(people);
    expect({ isEmpty, changes: plan.body.changes, open: plan.body.open }).toEqual({
      isEmpty: true,
      changes: [],
      open: [],
    });
  });

  it('with addresses that were typed wrongly: those that cannot be read are open, with the value', async () => {
    const { plan } = await planCase('02-proxyaddresses-false-evidence');
    expect(plan.body.changes).toEqual([]);
    // p00 has a blank before SMTP:, which stands in nobody's way.
    expect(plan.body.open.map(({ address, reason, evidence }) => [address, reason, evidence?.value])).toEqual([
      ['p01@company.org', 'no-address', 'smtp:p01@company.org'],
      ['p02@company.org', 'no-address', 'SMTP:p02@company.org\u00a0'],
      ['p03@company.org', 'no-address', 'SMTP:p.three@company.org, SMTP:p03@company.org'],
      ['p04@company.org', 'no-address', 'p04@company.org'],
    ]);
    expect(JSON.stringify(plan.body)).not.toContain('has no value');
  });

  it('with NULL where the key should be: nobody gets the account of another', async () => {
    const { before, plan } = await planCase('03-placeholder-key');
    expect(before.plan.body.changes.map(({ address }) => address)).not.toContain('anna@company.org');
    expect(plan.body.changes.map(({ action, address }) => [action, address])).toEqual([['create', 'anna@company.org']]);
    expect(plan.body.open.map(({ address, reason }) => [address, reason])).toEqual([['bert@company.org', 'no-key']]);
  });

  it('without memberOf: what the groups themselves say counts, and nobody loses access', async () => {
    const { plan } = await planCase('07-memberof-left-out');
    expect(plan.body.changes).toEqual([]);
    expect(plan.body.open.map(({ address, reason }) => [address, reason])).toEqual(
      ['team0', 'team1', 'team2'].map((name) => [`${name}@company.org`, 'members-disagree']),
    );
  });
});

describe('is refused, with its place', () => {
  it.each([
    [
      'names of .NET types',
      '06-adpropertyvaluecollection/second',
      'a.csv line 2',
      'proxyaddresses: the name of a type',
    ],
    ['one byte of another encoding', '08-ldif-one-bad-byte/second', 'a.ldif:28', 'a byte that is not UTF-8'],
    ['a count of more entries', '10-numentries', 'a.ldif:17', 'counted 2 entries, and the file has 1'],
    ['number formats that nobody can follow', '12-number-formats', 'row 12', 'number: a number that its format'],
    ['letters of a console', '17-csv-cp850', 'a.csv', 'set csv.encoding (cp850'],
    ['a last row without its end', '18-csv-no-last-line-end', 'a.csv', 'set csv.lastLineEnd: optional'],
  ])('%s', async (_what, name, where, what) => {
    const { code, problems } = await refusalOf(() => mapCase(name));
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems).toContainEqual({ where: expect.stringContaining(where), what: expect.stringContaining(what) });
  });
});

describe('is read', () => {
  const accountsOf = async (...[name, edit]: Parameters<typeof mapCase>) =>
    (await mapCase(name, edit)).accounts.map(({ account }) => account);

  it.each([
    ['a formula that is a text', '05-csv-formula-text', [{ key: KEY_OF_000123, mobile: '+31612345678' }]],
    ['an objectGUID as text', '11-ldif-guid-as-text', [{ key: KEY_OF_GUID }]],
    ['a styles part under another name', '13-styles-by-relationship', [{ key: KEY_OF_000123 }]],
    ['a part in other letters', '14-sharedstrings-case', [{ address: 'an@company.org', fullName: 'An Bos' }]],
    ['a workbook at the root', '15-workbook-at-root', [{ address: 'an@company.org' }, { address: 'bo@company.org' }]],
    ['a list of Exchange Online', '20-exo-braces', [{ address: 'an@company.org', aliases: ['info@company.org'] }]],
  ])('%s', async (_what, name, wanted) => {
    expect(await accountsOf(name)).toMatchObject(wanted);
  });

  it('a number as its format shows it', () => {
    const { rows } = parseExcelTable(readFileSync(fieldFile('12-number-formats', 'a.xlsx')), 'a.xlsx', 'Staff');
    const shown = rows.map(({ cells: [cell] }) => (typeof cell === 'object' && 'number' in cell ? cell.number : cell));
    expect([0, 1, 2, 9, 11].map((row) => shown[row])).toEqual(['000123', 'P0124', '00-0125', '0132', '000134']);
  });

  it('a console export whose encoding is named', async () => {
    const edit = ['csv: { file: a.csv', 'csv: { encoding: cp850, file: a.csv'] as const;
    expect(await accountsOf('17-csv-cp850', edit)).toMatchObject([{ fullName: 'René Müller' }]);
  });

  it('a file that never ends its last row, if that is known', async () => {
    const edit = ['csv: { file: a.csv', 'csv: { lastLineEnd: optional, file: a.csv'] as const;
    expect(await accountsOf('18-csv-no-last-line-end', edit)).not.toEqual([]);
  });

  it('yes and no in the words of five languages, and a word that is neither is told', async () => {
    const { accounts, excluded } = await mapCase('19-active-words');
    const used = accounts.map(({ account }) => [account.fullName, account.kind === 'user' && account.active]);
    const yes = ['P0', 'P2', 'P3', 'P6', 'P7', 'P9', 'P11', 'P12', 'P13', 'P15', 'P17'];
    const no = ['P1', 'P4', 'P8', 'P10', 'P14', 'P16', 'P18'];
    expect(Object.fromEntries(used)).toEqual(
      Object.fromEntries([...yes.map((name) => [name, true]), ...no.map((name) => [name, false])]),
    );
    expect(excluded.map(({ exclusion: { address, reason } }) => [address, reason])).toEqual([
      ['p5@company.org', 'unknown-state'],
    ]);
  });

  it('a linked mailbox: told, and a person in use if that is how it is meant', async () => {
    const { accounts, notes } = await mapCase('22-linked-mailbox');
    expect(accounts.map(({ account }) => account)).toMatchObject([{ active: false }]);
    expect(notes.map(factText).join()).toContain('mapping.linkedMailboxes: active');
    const meant = ['name: ad', 'name: ad\n    mapping: { linkedMailboxes: active }'] as const;
    expect(await accountsOf('22-linked-mailbox', meant)).toMatchObject([{ active: true }]);
  });

  it('phone numbers in their many forms; two numbers are none', async () => {
    const { accounts, exclusions } = await mapCase('24-phones');
    const mobiles = accounts.map(({ account }) => (account.kind === 'user' ? account.mobile : null));
    expect(mobiles).toEqual(['+31612345678', undefined, '+31612345678', '+31612345678', undefined]);
    expect(exclusions.map(({ address, detail }) => [address, factText(detail)])).toEqual([
      ['p1@company.org', 'mobile is left out: two numbers, and nobody can tell which one is meant'],
      ['p4@company.org', 'mobile is left out: the number has a remark'],
    ]);
  });

  it('a password without the byte order mark before it', () => {
    const environment = { SECRET_FILE: fieldFile('25-password-file-bom', 'password.txt') };
    expect(readSecret(environment, 'SECRET')).toBe('Secret-1234567');
  });
});

describe('is nobody, and told', () => {
  const leftOut = async (name: string) =>
    (await mapCase(name)).excluded.map(({ effect, exclusion: { subject, reason, detail } }) => [
      /^CN=([^,\\]+)/.exec(subject)?.[1],
      effect,
      reason,
      factText(detail),
    ]);

  it('a mailbox of Exchange itself, and the loser of a conflict', async () => {
    expect(await leftOut('16-system-mailboxes-and-cnf')).toEqual([
      ['HealthMailbox0a', 'leaves', 'not-a-person', expect.stringContaining('549755813888')],
      ['Piet Kok', 'held', 'not-a-person', expect.stringContaining('CNF')],
    ]);
  });

  it('whoever has an address that Zivver cannot use', async () => {
    const why = 'the primary address in proxyAddresses is none that Zivver can use: proxyAddresses = SMTP:';
    expect(await leftOut('21-unusable-primary-message')).toEqual([
      ['Nb', 'held', 'no-address', `${why}nb@company.org\u00a0`],
      ['Rene', 'held', 'no-address', `${why}rené@company.org`],
      ['Dot', 'held', 'no-address', `${why}dot.@company.org`],
    ]);
  });

  it('whoever has a name of bytes', async () => {
    expect(await leftOut('23-name-not-utf8')).toEqual([
      ['x', 'held', 'no-name', 'name: bytes that are not UTF-8, so no name'],
    ]);
  });
});
