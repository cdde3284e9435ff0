import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createYamlSource } from '../../../../src/adapters/yaml-files/yaml-source.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const INFO =
  'kind: functional\nkey: info-desk\naddress: Info@Company.org\nfullName: Info\nmembers: [b@company.org, a@company.org]\n';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hand-written-'));
});

afterEach(() => rm(folder, { recursive: true }));

const source = () => createYamlSource({ name: 'by-hand', folder, place: 'accounts' });
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const keyOf = async (): Promise<string | undefined> => (await source().read([])).selected[0]?.written?.key;

describe('a yaml source', () => {
  it('reads one account a file, in folders too, and leaves notes alone', async () => {
    await mkdir(path.join(folder, 'desks'));
    await write('desks/info.yaml', INFO);
    await write('README.md', '# Ours');
    await write('.gitkeep', '');
    const snapshot = await source().read([]);
    expect(snapshot).toMatchObject({ kind: 'yaml', server: 'accounts', pages: 1, groups: [] });
    expect(snapshot.selected).toMatchObject([
      {
        dn: 'accounts/desks/info.yaml',
        written: { kind: 'functional', address: 'info@company.org', members: ['a@company.org', 'b@company.org'] },
      },
    ]);
  });

  it('keeps the key of an account whose address and file name change', async () => {
    await write('info.yaml', INFO);
    const before = await keyOf();
    await rm(path.join(folder, 'info.yaml'));
    await write('front-desk.yaml', INFO.replace('Info@Company.org', 'desk@company.org'));
    expect(await keyOf()).toBe(before);
    expect(before).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it('takes the key of a desired file as it is', async () => {
    const key = '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10';
    await write('info.yaml', INFO.replace('info-desk', key));
    expect(await keyOf()).toBe(key);
  });

  it('names every fault of every file with line and column', async () => {
    await write('a.yaml', 'kind: functional\nkey: A B\naddress: a b@company.org\nfullName: X\nmember: []\n');
    await write('b.yaml', 'kind: group\n');
    await write('c.yaml', 'kind: user\nkey: c\naddress: c@company.org\nfullName: C\n');
    await write('d.yml', INFO);
    await write('e.yaml', 'kind: [\n');
    await write('f.yaml', INFO.replace('info-desk', '7d444840-9dc0-11d1-b245-5ffdce74fad2'));
    const { code, problems } = await refusalOf(() => source().read([]));
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems.map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        'accounts/a.yaml:2:1',
        'accounts/a.yaml:3:1',
        'accounts/a.yaml:5:1',
        'accounts/b.yaml:1:1',
        'accounts/c.yaml:1:1',
        'accounts/d.yml',
        'accounts/f.yaml:2:1',
      ]),
    );
    expect(problems.some(({ where }) => where.startsWith('accounts/e.yaml:'))).toBe(true);
  });

  it('says what a value must look like in words, not in patterns', async () => {
    await write('a.yaml', 'kind: user\nkey: A B\naddress: a\nfullName: X\nactive: true\nmobile: "0612345678"\n');
    const { problems } = await refusalOf(() => source().read([]));
    expect(problems.map(({ where, what }) => `${where} ${what.split(' ').slice(0, 3).join(' ')}`).sort()).toEqual([
      'accounts/a.yaml:2:1 key: must be',
      'accounts/a.yaml:3:1 address: must hold',
      'accounts/a.yaml:6:1 mobile: must be',
    ]);
    expect(problems.some(({ what }) => what.includes('pattern'))).toBe(false);
  });

  it('refuses a copied file whose key or address was not changed', async () => {
    await write('info.yaml', INFO);
    await write('sales.yaml', INFO.replace('info-desk', 'sales'));
    await write('zorg.yaml', INFO.replace('Info@', 'zorg@'));
    const { problems } = await refusalOf(() => source().read([]));
    expect(problems).toEqual([
      { where: 'accounts/sales.yaml', what: 'info@company.org: also in accounts/info.yaml' },
      { where: 'accounts/zorg.yaml', what: 'key: the same as in accounts/info.yaml' },
    ]);
  });

  it('says of a folder that is not there that it is not there', async () => {
    const missing = createYamlSource({ name: 'by-hand', folder: path.join(folder, 'no'), place: 'no' });
    const { problems } = await refusalOf(() => missing.read([]));
    expect(problems).toEqual([{ where: 'no', what: 'the folder does not exist' }]);
  });
});
