import { factText } from '../../../../src/model/facts/fact.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mapFolder } from '../../../support/field/field-world.ts';
import { refusalOf } from '../../../support/problems-of.ts';

/** Further exports of the kinds that are found: each is read rightly, held with a reason, or refused with its place. */

const trial = mkdtempSync(path.join(tmpdir(), 'kinds-'));
afterAll(() => rmSync(trial, { recursive: true, force: true }));

const TABLE = 'mapping: { email: mail, fullName: name, accountKey: nr, active: active, mobile: mobile }';

async function map(content: string | Buffer, mapping = TABLE) {
  const kind = mapping === '' ? 'ldif: { files: [export] }' : 'csv: { file: export }';
  const zivver = 'zivver: { url: https://x.example/scim, claimedDomains: [company.org] }';
  const rest = `phoneRegion: NL\n    ${mapping}\nsso: { enabled: false }\n`;
  writeFileSync(path.join(trial, 'export'), content);
  writeFileSync(path.join(trial, 'organisation.yaml'), `${zivver}\nsources:\n  - name: hr\n    ${kind}\n    ${rest}`);
  return mapFolder(trial);
}

const accountsOf = async (...given: Parameters<typeof map>) =>
  (await map(...given)).accounts.map(({ account }) => account);
const heldOf = async (...given: Parameters<typeof map>) =>
  (await map(...given)).excluded.map(({ exclusion: { reason, detail } }) => `${reason}: ${factText(detail)}`);
const firstProblemOf = async (...given: Parameters<typeof map>) => {
  const { code, problems } = await refusalOf(() => map(...given));
  return `${code} ${problems[0]?.what ?? ''}`;
};

const HEAD = 'nr;name;mail;active;mobile\r\n';
const row = (nr: string, name = 'An Bos', more = 'an@company.org;ja;'): string => `${nr};${name};${more}\r\n`;
const KEY_OF_GUID = 'fce71218-f434-53c3-8335-2d5f8c5edc9a';

describe('a table', () => {
  it.each([
    ['headings in other letters, with blanks', ` NR ;Name;"MAIL ";Active;Mobile\r\n${row('1')}`],
    ['a no-break space in a heading', `nr;name;mail;active\u00a0;mobile\r\n${row('1')}`],
    ['empty rows at the end', `${HEAD}${row('1')};;;;\r\n;;;;\r\n`],
    ['a delimiter at the end of each row', `${HEAD}${row('1')}`.replaceAll('\r\n', ';\r\n')],
    ['line ends of an old Mac', `${HEAD}${row('1')}`.replaceAll('\r\n', '\r')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${HEAD}${row('1')}`, 'utf16le').swap16()],
    ['a hint for Excel', `sep=;\r\n${HEAD}${row('1')}`],
    ['a line break in a name', `${HEAD}${row('1', '"An\r\nBos"')}`],
    ['letters put together of two', `${HEAD}${row('1', 'An Bo\u0073')}`],
  ])('with %s is read', async (_what, content) => {
    expect(await accountsOf(content)).toMatchObject([{ address: 'an@company.org', fullName: 'An Bos', active: true }]);
  });

  it.each([
    [
      'two headings alike',
      `nr;name;mail;Mail;active;mobile\r\n1;An;a@company.org;b@company.org;ja;\r\n`,
      'two columns',
    ],
    ['a title above the headings', `Export\r\n${HEAD}${row('1')}`, 'has 5 values, the first row has 1'],
    ['UTF-16 without a mark', Buffer.from(`${HEAD}${row('1')}`, 'utf16le'), 'utf-16le'],
    ['a shortened number', `${HEAD}${row('3,16123E+10')}`, 'shortened'],
    ['numbers with decimals', `${HEAD}${row('1,00')}`, 'decimals'],
    ['a date for a key', `${HEAD}${row('30-11-2026')}`, 'a date'],
    ['a date with its time for a key', `${HEAD}${row('2026-11-30T00:00:00')}`, 'a date'],
    ['a month for a key', `${HEAD}${row('1-mrt')}`, 'a date'],
    ['an error of Dutch Excel', `${HEAD}${row('#N/B')}`, 'an error (#N/B)'],
    ['a type of .NET', `${HEAD}${row('1', 'System.Collections.Hashtable')}`, 'the name of a type'],
    [
      'a comma in a value that is not quoted',
      'nr,name,mail,active,mobile\n1,Bos, An,an@company.org,ja,\n',
      'has 6 values',
    ],
  ])('with %s is refused', async (_what, content, what) => {
    expect(await firstProblemOf(content)).toContain(what);
  });

  it.each([
    ['Ren&eacute;', '"Ren&eacute; Bos"', 'no-name: name has a sign of HTML (&eacute;); correct it in the source'],
    ['a lost letter', 'Zo? Bos', 'no-name: name has a ? where a letter was lost; correct it in the source'],
    ['a shortened name', 'Anna Maria van der…', 'no-name: name has no end: it was cut off; correct it in the source'],
  ])('holds a person called %s', async (_what, name, held) => {
    expect(await heldOf(`${HEAD}${row('1', name)}`)).toEqual([held]);
  });

  it.each([
    ['mailto:an@company.org'],
    ['An <an@company.org>'],
    ['an@company.org.'],
    ['"an@company.org;an2@company.org"'],
    ['аn@company.org'],
  ])('holds a person with the address %s', async (address) => {
    expect(await heldOf(`${HEAD}${row('1', 'An', `${address};ja;`)}`)).toEqual([
      expect.stringMatching(/^no-address: mail is not an e-mail address: mail = /),
    ]);
  });

  it.each(['NULL', 'N/A', 'n.v.t.', '-', '0', '00000', '00000000-0000-0000-0000-000000000000', 'onbekend', 'k.A.'])(
    'has nobody under the key %s',
    async (key) => {
      expect(await heldOf(`${HEAD}${row(key)}`)).toEqual([expect.stringMatching(/^no-key: nr is /)]);
    },
  );

  it('of Get-ADUser without a choice of properties is read', async () => {
    const content = [
      '#TYPE Microsoft.ActiveDirectory.Management.ADUser',
      '"DistinguishedName","Enabled","GivenName","Name","ObjectClass","ObjectGUID","SamAccountName","SID","Surname","UserPrincipalName"',
      '"CN=Jan Bos,OU=Staff,DC=company,DC=org","True","Jan","Jan Bos","user","0246da7a-d5f5-4bdd-8be6-9e3d5da27c93","jan","S-1-5-21-1-2-3-1104","Bos","jan@company.org"',
      '',
    ];
    const mapping = 'mapping: { email: UserPrincipalName, fullName: Name, accountKey: ObjectGUID, active: Enabled }';
    expect(await accountsOf(content.join('\r\n'), mapping)).toMatchObject([{ key: KEY_OF_GUID, active: true }]);
    expect(await accountsOf(content.slice(1).join('\r\n'), mapping)).toMatchObject([{ key: KEY_OF_GUID }]);
  });

  it('of csvde is read, several values in one cell', async () => {
    const content = `DN,objectClass,objectGUID,name,userAccountControl,proxyAddresses\r\n"CN=Bos\\, Jan,OU=Staff,DC=company,DC=org",user,X'7ada4602f5d5dd4b8be69e3d5da27c93',"Bos, Jan",514,SMTP:jan@company.org;smtp:j@company.org;X500:/o=a\r\n`;
    const mapping =
      'mapping: { email: proxyAddresses, fullName: name, accountKey: objectGUID, active: userAccountControl }';
    expect(await accountsOf(content, mapping)).toMatchObject([
      { key: KEY_OF_GUID, address: 'jan@company.org', aliases: ['j@company.org'], active: false },
    ]);
  });

  it('of Entra is read, guests left out', async () => {
    const content =
      '\ufeffuserPrincipalName,displayName,surname,mail,id,userType,accountEnabled\r\njan@company.org,Jan Bos,Bos,Jan@company.org,0246da7a-d5f5-4bdd-8be6-9e3d5da27c93,Member,True\r\nx_gmail.com#EXT#@company.onmicrosoft.com,Guest,,x@gmail.com,1246da7a-d5f5-4bdd-8be6-9e3d5da27c93,Guest,True\r\n';
    const mapping = 'mapping: { email: mail, fullName: displayName, accountKey: id, active: accountEnabled }';
    expect(await accountsOf(content, mapping)).toMatchObject([{ key: KEY_OF_GUID, address: 'jan@company.org' }]);
    expect(await heldOf(content, mapping)).toEqual(['unclaimed-address: x@gmail.com is not in a claimed domain']);
  });

  it('reads a number by the country of each person', async () => {
    const people = `nr;name;mail;active;mobile;c\r\n1;An;an@company.org;ja;06 12345678;NL\r\n2;Bo;bo@company.org;ja;0470 12 34 56;be\r\n3;Cy;cy@company.org;ja;0470 12 34 56;\r\n4;Di;di@company.org;ja;0151 23456789;DE\r\n`;
    writeFileSync(path.join(trial, 'export'), people);
    writeFileSync(
      path.join(trial, 'organisation.yaml'),
      `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }\nsources:\n  - name: hr\n    csv: { file: export }\n    phoneRegion: { attribute: c, otherwise: BE }\n    ${TABLE}\nsso: { enabled: false }\n`,
    );
    const { accounts, exclusions } = await mapFolder(trial);
    expect(accounts.map(({ account }) => account.kind === 'user' && account.mobile)).toEqual([
      '+31612345678',
      '+32470123456',
      '+32470123456',
      '+4915123456789',
    ]);
    expect(exclusions).toEqual([]);
  });

  it('knows a SID by its text and by its bytes, as a directory has it', async () => {
    const base64 = 'AQUAAAAAAAUVAAAA3PTcO4M9K0aCi6YoAAIAAA==';
    const hex = Buffer.from(base64, 'base64').toString('hex');
    const text = 'S-1-5-21-1004336348-1177238915-682003330-512';
    const keys = await Promise.all(
      [base64, text, `X'${hex}'`].map(async (key) => (await accountsOf(`${HEAD}${row(key)}`))[0]?.key),
    );
    expect(new Set(keys).size).toBe(1);
    const ldif = (line: string): string =>
      `dn: CN=jan,DC=org\nobjectClass: user\nname: Jan\nuserAccountControl: 512\nproxyAddresses: SMTP:jan@company.org\n${line}\n\n`;
    const mapping = 'mapping: { accountKey: objectSid }';
    const ofLdif = async (line: string) => {
      writeFileSync(path.join(trial, 'export'), ldif(line));
      writeFileSync(
        path.join(trial, 'organisation.yaml'),
        `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }\nsources: [{ name: ad, ldif: { files: [export] }, ${mapping} }]\nsso: { enabled: false }\n`,
      );
      return (await mapFolder(trial)).accounts[0]?.account.key;
    };
    expect([await ofLdif(`objectSid:: ${base64}`), await ofLdif(`objectSid: ${text}`)]).toEqual([keys[0], keys[0]]);
  });
});

describe('LDIF', () => {
  const entry = (lines: string): string =>
    `dn: CN=jan,OU=Staff,DC=company,DC=org\nobjectClass: user\nobjectGUID:: etpGAvXV3UuL5p49XaJ8kw==\n${lines}\n`;
  const JAN = 'name: Jan Bos\nuserAccountControl: 512\nproxyAddresses: SMTP:jan@company.org\n';

  it.each([
    ['plain', entry(JAN)],
    [
      'with comments and folded lines',
      `# a\n  folded comment\nversion: 1\n\n${entry(JAN.replace('Jan Bos', 'Jan\n  Bos'))}`,
    ],
    ['with changetype: add', entry(`changetype: add\n${JAN}`)],
    ['with a byte order mark', `\ufeff${entry(JAN)}`],
    [
      'with values of another language',
      entry(`name;lang-en: John\n${JAN}proxyAddresses;lang-en: SMTP:john@company.org\n`),
    ],
    ['with the option binary', entry(JAN).replace('objectGUID::', 'objectGUID;binary::')],
    ['with a whole range', entry(`${JAN}memberOf;range=0-*: CN=a,DC=org\n`)],
    [
      'with objectGUID as text',
      entry(JAN).replace(/objectGUID:: .*/, 'objectGUID: {0246DA7A-d5f5-4bdd-8be6-9e3d5da27c93}'),
    ],
    ['of ldbsearch', `# record 1\n${entry(JAN)}# returned 1 records\n# 1 entries\n# 0 referrals\n`],
    ['with a value twice', entry(`${JAN}proxyAddresses: SMTP:jan@company.org\n`)],
    [
      'with a line break in a name',
      entry(JAN.replace('name: Jan Bos', `name:: ${Buffer.from('Jan\nBos').toString('base64')}`)),
    ],
  ])('%s is read', async (_what, content) => {
    expect(await accountsOf(content, '')).toMatchObject([
      { key: KEY_OF_GUID, address: 'jan@company.org', fullName: 'Jan Bos', active: true },
    ]);
  });

  it.each([
    ['a part of a range', entry(`${JAN}memberOf;range=0-1499: CN=a,DC=org\n`), 'only a part of memberof'],
    ['a value in another file', entry(`${JAN}displayName:< file:///etc/passwd\n`), 'in another file'],
    ['a change', `dn: CN=jan,DC=org\nchangetype: modify\nreplace: mail\nmail: x\n-\n\n${entry(JAN)}`, 'changetype'],
    ['a search that failed', `${entry(JAN)}search: 2\nresult: 4 Size limit exceeded\n\n`, 'Size limit exceeded'],
    ['a count of ldbsearch', `${entry(JAN)}# returned 2 records\n# 2 entries\n# 0 referrals\n`, 'counted 2 entries'],
    ['no empty line between entries', `${entry(JAN).trimEnd()}\n${entry(JAN)}`, 'a second dn'],
    ['an entry twice', `${entry(JAN)}${entry(JAN)}`, 'the same entry as'],
  ])('with %s is refused', async (_what, content, what) => {
    expect(await firstProblemOf(content, '')).toContain(what);
  });

  it.each(['Secret : hunter2\r\n\r\n', '<secret>hunter2</secret>\n', '{"secret":"hunter2"}\n'])(
    'that is none is refused without a word of it',
    async (content) => {
      const refusal = await refusalOf(() => map(content, ''));
      expect(JSON.stringify(refusal)).not.toMatch(/hunter2/i);
    },
  );

  it.each([
    ['two states', `${JAN}userAccountControl: 514\n`, 'unknown-state: userAccountControl has 2 values (512 and 514)'],
    ['a state in words', JAN.replace('512', 'NORMAL_ACCOUNT'), 'unknown-state: userAccountControl'],
    ['a date where a time is', `${JAN}accountExpires: 2026-12-31\n`, 'unknown-state: accountExpires'],
    ['two keys', `${JAN}objectGUID:: etpGAvXV3UuL5p49XaJ8lA==\n`, 'no-key: objectGUID has 2 values'],
    ['a name in HTML', JAN.replace('Jan Bos', 'Jan &amp; Els'), 'no-name: name has a sign of HTML (&amp;)'],
  ])('holds a person with %s', async (_what, lines, held) => {
    expect(await heldOf(entry(lines), '')).toEqual([expect.stringContaining(held)]);
  });
});

describe('a mailbox of Exchange itself', () => {
  const ldif = (name: string): string =>
    `dn: CN=${name},OU=Staff,DC=company,DC=org\nobjectClass: user\nobjectGUID:: etpGAvXV3UuL5p49XaJ8kw==\nname: ${name}\nuserAccountControl: 512\nproxyAddresses: SMTP:x@company.org\n\n`;

  it.each([
    'HealthMailbox0a',
    'HealthMailbox4e3a1b0c9d8f4e2ab7c6d5e4f3a2b1c0',
    'HealthMailbox-EX01-001',
    'SystemMailbox{1f05a927-0001}',
    'DiscoverySearchMailbox {D919BA05-46A6-415f-80AD-7E09334BB852}',
    'FederatedEmail.4c1f4d8b-8179-4148-93bf-00a95fa1e042',
    'Migration.8f3e7716-2011-43e4-96b1-aba62d229136',
  ])('gets no account by its name alone: %s', async (name) => {
    expect(await accountsOf(ldif(name), '')).toEqual([]);
    expect(await heldOf(ldif(name), '')).toEqual(['not-a-person: a mailbox of Exchange itself']);
  });

  it.each(['Migration Team', 'Health Mailbox', 'System Mailbox Owner'])('is not called %s', async (name) => {
    expect(await accountsOf(ldif(name), '')).toHaveLength(1);
  });
});
