import { factText } from '../../../../src/model/facts/fact.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { formatGuid } from '../../../../src/model/directory/guid.ts';
import { markUndecoded } from '../../../../src/model/directory/entry.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { refusalOf } from '../../../support/problems-of.ts';
import { createLdifSource } from '../../../../src/adapters/ldif/ldif.ts';
import type { Source, SourceSnapshot } from '../../../../src/model/directory/source.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/ldif/${name}`, import.meta.url));
const ldapsearch = fixture('ldapsearch.ldif');
const ldifde = fixture('ldifde-unicode.ldif');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ldif-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an export of ldapsearch', () => {
  it('is read with folded lines, base64 values, a base64 DN and a GUID in plain letters', async () => {
    const snapshot = await read([ldapsearch]);
    expect(snapshot).toMatchObject({ name: 'export', kind: 'ldif', server: 'ldapsearch.ldif', baseDn: '', pages: 1 });
    expect(snapshot.selected.map(({ dn }) => dn)).toEqual([
      'CN=Jan Jansen,OU=Staff,DC=company,DC=org',
      'CN=Aïcha Yılmaz,OU=Zorg,OU=Staff,DC=company,DC=org',
      'CN=PRINTER7,OU=Devices,DC=company,DC=org',
    ]);
    const [jan, aicha] = snapshot.selected.map(({ attributes }) => attributes);
    expect(formatGuid(jan?.get('objectguid')?.[0] ?? '')).toBe('0246da7a-d5f5-4bdd-8be6-9e3d5da27c93');
    expect(formatGuid(aicha?.get('objectguid')?.[0] ?? '')).toBe('44434241-4645-4847-494a-4b4c4d4e4f50');
    expect(aicha?.get('name')).toEqual(['Aïcha Yılmaz']);
    expect(jan?.get('proxyaddresses')).toEqual(['SMTP:jan.jansen@company.org', 'smtp:j.jansen@company.org']);
    expect(jan?.has('name')).toBe(false);
    expect(jan?.get('memberof')).toEqual(snapshot.groups.map(({ dn }) => dn));
  });

  it('mentions another domain but not the partitions without people', async () => {
    const { warnings } = await read([ldapsearch]);
    expect(warnings.filter((one) => factText(one).includes('DC=care'))).toHaveLength(1);
    expect(warnings.filter((one) => factText(one).includes('CN=Configuration'))).toEqual([]);
  });

  it('mentions a needed attribute that the export leaves out', async () => {
    const { warnings } = await read([ldapsearch], { attributes: ['mail', 'extensionAttribute1'] });
    expect(warnings.filter((one) => factText(one).includes('extensionAttribute1'))).toHaveLength(1);
    expect(warnings.filter((one) => factText(one).includes(' mail:'))).toEqual([]);
  });

  it('without -LLL ends with a trailer, which is no entry', async () => {
    const trailer = '# search result\nsearch: 2\nresult: 0 Success\npagedresults: cookie=\n\n# numEntries: 1\n';
    const snapshot = await readText(`# extended LDIF\nversion: 1\n\n${person('Jan')}\n${trailer}`);
    expect(snapshot.selected).toHaveLength(1);
    expect(snapshot.warnings).toEqual([]);
  });
});

describe('an export of ldifde', () => {
  it('is read as UTF-16 with CRLF, changetype: add and a value on the next line', async () => {
    const snapshot = await read([ldifde], { attributes: ['displayName', 'objectCategory'] });
    const [els, ...others] = snapshot.selected;
    expect(others).toEqual([]);
    expect(els?.attributes.get('displayname')).toEqual(['Els de Groot – Zürich']);
    expect(els?.attributes.get('objectcategory')).toEqual(['CN=Person,CN=Schema,CN=Configuration,DC=company,DC=org']);
    expect(els?.attributes.has('changetype')).toBe(false);
  });

  it('without -u is read as windows-1252', async () => {
    const bytes = Buffer.from(person('Zo\u00eb').replaceAll('\n', '\r\n'), 'latin1');
    const { selected } = await readText(Buffer.concat([bytes, Buffer.from('description: \x80\r\n\r\n', 'latin1')]));
    expect(selected[0]?.dn).toBe('CN=Zo\u00eb,OU=Staff,DC=company,DC=org');
  });
});

describe('a file is read', () => {
  it.each([
    ['with a byte order mark', `\ufeff${person('Jan')}\n`],
    ['with CRLF', `${person('Jan')}\n`.replaceAll('\n', '\r\n')],
    ['with several empty lines', `\n\n${person('Jan')}\n\n\n`],
    ['with comments inside an entry', `${person('Jan')}# note\nmail: jan@company.org\n\n`],
    ['with the whole range of an attribute', `${person('Jan')}memberOf;range=0-*: CN=G,DC=org\n\n`],
  ])('%s', async (_how, text) => {
    const { selected, warnings } = await readText(text);
    expect(selected.map(({ dn }) => dn)).toEqual(['CN=Jan,OU=Staff,DC=company,DC=org']);
    expect(selected[0]?.attributes.get('objectclass')).toEqual(['top', 'user']);
    expect(warnings).toEqual([]);
  });

  describe.each(['utf-8', 'utf-16le', 'windows-1252'] as const)('in blocks, as %s', (encoding) => {
    it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('the border %i bytes before the end of the file', async (distance) => {
      const encode = (text: string): Buffer =>
        encoding === 'utf-16le'
          ? Buffer.from(text, encoding)
          : Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'latin1');
      const mark = encoding === 'utf-16le' ? '\ufeff' : '';
      const line = 'title: éé\r\n\r\n';
      const before = `${mark}${person('Jan').replaceAll('\n', '\r\n')}# `;
      const border = (1 << 18) + distance;
      const missing = border - encode(`${before}\r\n${line}`).length;
      const filled = 'x'.repeat(Math.floor(missing / encode('x').length));
      const { selected } = await readText(encode(`${before}${filled}\r\n${line}`), ['title']);
      expect(selected[0]?.attributes.get('title')).toEqual(['éé']);
      expect(selected[0]?.attributes.get('objectclass')).toEqual(['top', 'user']);
    });
  });

  it('keeping leading blanks out of values and trailing ones in', async () => {
    const { selected } = await readText(`${person('Jan')}title:   nurse \n\n`, ['title']);
    expect(selected[0]?.attributes.get('title')).toEqual(['nurse ']);
  });

  it('holding only the attributes that are asked for, whatever the export has', async () => {
    const { selected } = await readText(`${person('Jan')}title: nurse\nthumbnailPhoto:: /////w==\n\n`, ['Title']);
    expect([...(selected[0]?.attributes ?? [])].map(([name]) => name)).toEqual(['objectclass', 'title']);
  });

  it.each(['AAECAwQFBgcICQoLDA0ODw==', 'AAECAwQFBgcICQoLDA0ODx==', 'AAE=', 'AAF=', 'AAEC'])(
    'keeping the bytes of a binary attribute in the one canonical spelling (%s)',
    async (text) => {
      const { selected } = await readText(`${person('Jan')}objectGUID:: ${text}\n\n`);
      expect(selected[0]?.attributes.get('objectguid')).toEqual([Buffer.from(text, 'base64').toString('base64')]);
    },
  );

  it('keeping bytes that are no text, marked as such', async () => {
    const { selected } = await readText(`${person('Jan')}logonHours:: /////w==\n\n`, ['logonHours']);
    expect(selected[0]?.attributes.get('logonhours')).toEqual([markUndecoded(Buffer.from([255, 255, 255, 255]))]);
  });
});

describe('a file of another encoding', () => {
  const rene = (bytes: number[]): Buffer =>
    Buffer.concat([
      Buffer.from(person('Jan').replace('\n\n', '\n')),
      Buffer.from('description: Ren'),
      Buffer.from(bytes),
      Buffer.from('\n\n'),
    ]);
  const readBytes = async (bytes: Buffer, encoding?: 'cp850') => {
    const file = join(folder, 'encoded.ldif');
    await writeFile(file, bytes);
    return createLdifSource({ name: 'ad', files: [file], encoding }).read(['description']);
  };

  it('is windows-1252 as a whole, or what is configured', async () => {
    expect((await readBytes(rene([0xe9]))).selected[0]?.attributes.get('description')).toEqual(['René']);
    expect((await readBytes(rene([0x82]), 'cp850')).selected[0]?.attributes.get('description')).toEqual(['René']);
  });

  it('is refused with the line where one byte of a UTF-8 file is damaged', async () => {
    const text = `${person('Zoë')}${person('Jan')}`;
    const bytes = Buffer.concat([Buffer.from(text), rene([0xe9])]);
    const line =
      bytes
        .toString('latin1')
        .split('\n')
        .findIndex((one) => one === 'description: Ren\xe9') + 1;
    const { code, problems } = await refusalOf(() => readBytes(bytes));
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems.map(({ where }) => where.split(':').at(-1))).toEqual([String(line)]);
  });

  it('is refused where the letters can only be those of a Windows console', async () => {
    expect((await refusalOf(() => readBytes(rene([0x82])))).code).toBe('SOURCE_FILE_INVALID');
  });
});

describe('a file is refused', () => {
  it.each([
    ['fewer', `${person('Jan')}\n# numEntries: 2\n`],
    ['more', `${person('Jan')}\n${person('Piet')}\n# numEntries: 1\n`],
  ])('where ldapsearch counted %s entries', async (_case, text) => {
    expect((await refusalOf(() => readText(text))).code).toBe('SOURCE_FILE_INVALID');
  });

  it.each([
    ['of one search', `${person('Jan')}\n# numEntries: 1\n`],
    ['of two searches', `${person('Jan')}\n# numEntries: 1\n\n${person('Piet')}\n# numEntries: 1\n`],
    ['that counts on', `${person('Jan')}\n# numEntries: 1\n\n${person('Piet')}\n# numEntries: 2\n`],
  ])('not by a count %s that is right', async (_case, text) => {
    expect((await readText(text)).selected.length).toBeGreaterThan(0);
  });

  it.each([
    ['for a part of a long attribute', `${person('Jan')}member;range=0-1499: CN=a\n\n`, 4],
    ['for the last part of a long attribute', `${person('Jan')}member;range=1500-*: CN=a\n\n`, 4],
    ['for a modification', 'dn: CN=a\nchangetype: modify\nreplace: mail\nmail: x\n-\n\n', 2],
    ['for a deletion', 'dn: CN=a\nchangetype: delete\n\n', 2],
    ['for a value in another file', `${person('Jan')}jpegPhoto:< file:///photo.jpg\n\n`, 4],
    ['for a NUL byte', `${person('Jan')}title: a\0b\n\n`, 4],
    ['for a line without a colon', `${person('Jan')}title\n\n`, 4],
    ['for a value that is not base64', `${person('Jan')}title:: abc\n\n`, 4],
    ['for two entries without an empty line between', `${person('Jan')}${person('Els')}\n`, 4],
    ['for an entry without a DN', `mail: jan@company.org\n\n`, 1],
    ['for a DN that is not UTF-8', `dn:: /w==\nobjectClass: user\n\n`, 1],
    ['for another version', `version: 2\n\n${person('Jan')}\n`, 1],
    ['for a continued line at its start', ` mail: x\n\n${person('Jan')}\n`, 1],
    ['without the empty line after its last entry', `${person('Jan')}\n${person('Els')}`, 7],
    ['for a last entry of which only the DN is left', `${person('Jan')}\ndn: CN=Els,OU=Staff,DC=company,DC=org\n`, 5],
    ['for a cut DN', `${person('Jan')}\ndn`, 5],
    ['for an export that ended with an error', `${person('Jan')}\nsearch: 2\nresult: 4 Size limit exceeded\n`, 6],
    ['for an export that stopped between two pages', `${person('Jan')}\n# pagedresults: cookie=AQAAAA==\n`, 5],
    ['for the same entry twice', `${person('Jan')}\n${person('JAN')}\n`, 5],
  ])('%s', async (_why, text, line) => {
    const error = await catchError(readText(text));
    expect(error.code).toBe('SOURCE_FILE_INVALID');
    expect(error.problems.map(({ where }) => Number(/:(\d+)$/.exec(where)?.[1]))).toEqual([line]);
  });

  it.each([
    ['without entries', ''],
    ['with comments only', '# nothing found\n'],
    ['whose entries have no attributes at all', 'dn: CN=a,DC=org\n\ndn: CN=b,DC=org\n\n'],
    ['that is UTF-16 without a mark', Buffer.from(person('Jan'), 'utf16le')],
    [
      'whose UTF-16 ends in the middle of a character',
      Buffer.from(`\ufeff${person('Jan')}`, 'utf16le').subarray(0, -1),
    ],
  ])('%s', async (_what, text) => {
    expect((await catchError(readText(text))).code).toBe('SOURCE_FILE_INVALID');
  });

  it('with all its faults at once, up to a bound', async () => {
    const faulty = `${person('Jan')}title\n\n`;
    expect((await catchError(readText(faulty.repeat(3)))).problems).toHaveLength(3);
    expect((await catchError(readText(faulty.repeat(500)))).problems.length).toBeLessThan(60);
  });

  it('together with the faults of the other files', async () => {
    const error = await catchError(read([join(folder, 'absent.ldif'), folder, ldapsearch, ldapsearch]));
    expect(error.code).toBe('SOURCE_FILE_INVALID');
    expect(error.problems.map(({ where }) => where).slice(0, 2)).toEqual([join(folder, 'absent.ldif'), folder]);
    expect(error.problems).toHaveLength(2 + 4);
  });

  it('if none is named', async () => {
    expect((await catchError(read([]))).code).toBe('SOURCE_FILE_INVALID');
  });

  it('wherever it is cut in the middle of an entry', async () => {
    const text = await readFile(ldapsearch, 'utf8');
    for (let length = 1; length < text.indexOf('# refldaps'); length += 7) {
      const part = text.slice(0, length);
      if (part.endsWith('\n\n')) continue;
      expect((await catchError(readText(part))).code).toBe('SOURCE_FILE_INVALID');
    }
  });
});

describe('the LDIF source', () => {
  it('selects below its base only, and gives all groups', async () => {
    const { selected, groups, baseDn } = await read([ldapsearch], { baseDn: 'ou=staff, dc=company, dc=org' });
    expect(selected).toHaveLength(2);
    expect(groups).toHaveLength(1);
    expect(baseDn).toBe('ou=staff, dc=company, dc=org');
  });

  it('refuses a base that is no DN', () => {
    expect(() => createLdifSource({ name: 'x', files: [ldapsearch], baseDn: 'Staff' })).toThrow(ReconcileError);
  });

  it('finds entries by any spelling of their DN, also outside the base', async () => {
    const source = open([ldapsearch], 'OU=Staff,DC=company,DC=org');
    const found = await source.lookUpDns(['cn=printer7,ou=devices,dc=company,dc=org', 'CN=nobody,DC=org'], []);
    expect(found.map(({ dn }) => dn)).toEqual(['CN=PRINTER7,OU=Devices,DC=company,DC=org']);
    await source.close();
  });

  it('knows the people of all files, and deleted ones apart', async () => {
    const { people, deleted } = await open([ldapsearch, ldifde], 'OU=Nowhere,DC=org').readDomain([]);
    expect(people.map(({ attributes }) => attributes.get('samaccountname')?.[0])).toEqual([
      'jjansen',
      'ayilmaz',
      'egroot',
    ]);
    expect(deleted.map(({ attributes }) => attributes.get('samaccountname')?.[0])).toEqual(['ppot']);
  });
});

function person(name: string): string {
  return `dn: CN=${name},OU=Staff,DC=company,DC=org\nobjectClass: top\nobjectClass: user\n`;
}

function open(files: readonly string[], baseDn?: string): Source {
  return createLdifSource({ name: 'export', files, baseDn });
}

function read(
  files: readonly string[],
  { baseDn, attributes = [] }: { baseDn?: string; attributes?: string[] } = {},
): Promise<SourceSnapshot> {
  return open(files, baseDn).read(attributes);
}

async function readText(text: string | Buffer, attributes: string[] = []): Promise<SourceSnapshot> {
  const file = join(folder, 'export.ldif');
  await writeFile(file, text);
  return read([file], { attributes });
}

async function catchError(reading: Promise<unknown>): Promise<ReconcileError> {
  const error: unknown = await reading.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof ReconcileError) return error;
  throw error;
}
