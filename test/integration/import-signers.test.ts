import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSigners } from '../../src/model/approval/signers.ts';
import { exportSigners, importSigners } from '../../src/operations/setup/import-signers.ts';
import { generateKeyFile, HAS_OPENSSH, isVerifiedByOpenssh, signWithOpenssh } from '../support/openssh.ts';
import { makeKey } from '../support/ssh-key.ts';

let root: string;
let allowed: string;
const place = () => ({ root, organisation: 'city' });
const [ONE, TWO, THREE] = ['ssh-ed25519', 'ecdsa-sha2-nistp384', 'sk-ssh-ed25519@openssh.com'].map((kind) =>
  makeKey(kind as 'ssh-ed25519').line.replace(' test', ''),
) as [string, string, string];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'signers-'));
  allowed = path.join(root, 'allowed_signers');
  await mkdir(path.join(root, 'desired/city'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const read = async () => readFile(path.join(root, 'desired/city/signers.yaml'), 'utf8');
const write = async (text: string) => writeFile(path.join(root, 'desired/city/signers.yaml'), text);

describe('an allowed_signers file', () => {
  test('becomes signers.yaml, and comes out of it as it was', async () => {
    const lines = [
      `rita@city.example namespaces="approval@zivver-gitops",valid-before="20271231235959Z" ${ONE}`,
      `koen@city.example namespaces="approval@zivver-gitops" ${TWO}`,
    ];
    await writeFile(allowed, `${lines.join('\n')}\n`);
    const made = await importSigners(place(), allowed);
    expect(made).toEqual({ file: 'desired/city/signers.yaml', people: 2, keys: 2, otherUses: 0 });
    expect(parseSigners(await read(), 'signers.yaml').map(({ address }) => address)).toEqual([
      'rita@city.example',
      'koen@city.example',
    ]);
    expect(await exportSigners(place())).toBe(`${lines.join('\n')}\n`);
  });

  test('adds what is missing, keeps names, roles and comments, and adds nothing twice', async () => {
    await write(
      `# appointed by the board\nsigners:\n  - name: Rita Roos # chair\n    address: rita@city.example\n    role: board\n    keys:\n      - key: ${ONE}\n`,
    );
    await writeFile(allowed, `RITA@city.example ${ONE}\nrita@city.example ${TWO}\nanna@city.example ${THREE}\n`);
    expect(await importSigners(place(), allowed)).toMatchObject({ keys: 2 });
    const text = await read();
    expect(text).toContain('# appointed by the board');
    expect(text).toContain('# chair');
    expect(parseSigners(text, 'signers.yaml')).toEqual([
      { name: 'Rita Roos', address: 'rita@city.example', role: 'board', keys: [{ key: ONE }, { key: TWO }] },
      { name: 'anna', address: 'anna@city.example', keys: [{ key: THREE }] },
    ]);
    expect(await importSigners(place(), allowed)).toMatchObject({ keys: 0 });
    expect(await read()).toBe(text);
  });

  test.each([
    ['a line for many', `*@city.example ${ONE}`],
    ['an authority', `rita@city.example cert-authority ${ONE}`],
    ['a key that does not count', 'rita@city.example ssh-dss AAAA'],
    ['one key of two people', `rita@city.example ${ONE}\nkoen@city.example ${ONE}`],
  ])('with %s is refused as a whole', async (_name, line) => {
    await writeFile(allowed, `anna@city.example ${THREE}\n${line}\n`);
    await expect(importSigners(place(), allowed)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    await expect(read()).rejects.toThrow();
  });

  test('with a key that signers.yaml lists for somebody else changes nothing, and says whose it is', async () => {
    await write(`signers:\n  - name: Rita Roos\n    address: rita@city.example\n    keys:\n      - key: ${ONE}\n`);
    const text = await read();
    await writeFile(allowed, `eve@city.example ${ONE}\nanna@city.example ${TWO}\n`);
    await expect(importSigners(place(), allowed)).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      problems: [
        {
          where: allowed,
          what: 'names eve@city.example for a key that signers.yaml lists as that of Rita Roos',
        },
      ],
    });
    expect(await read()).toBe(text);
  });

  test('of other uses adds nothing, and says how many lines it left out', async () => {
    await writeFile(allowed, `rita@city.example namespaces="git,file" ${ONE}\n`);
    expect(await importSigners(place(), allowed)).toMatchObject({ keys: 0, otherUses: 1 });
    await expect(read()).rejects.toThrow();
  });

  test.skipIf(!HAS_OPENSSH)('that was exported verifies with ssh-keygen what these people signed', async () => {
    const file = generateKeyFile(root, 'key');
    const line = (await readFile(`${file}.pub`, 'utf8')).trim();
    await write(`signers:\n  - name: Rita\n    address: rita@city.example\n    keys:\n      - key: ${line}\n`);
    await writeFile(allowed, await exportSigners(place()));
    const signatureFile = path.join(root, 'signature');
    await writeFile(signatureFile, signWithOpenssh(file, 'text', 'approval@zivver-gitops'));
    const question = { text: 'text', principal: 'rita@city.example', allowedSigners: allowed, signatureFile };
    expect(isVerifiedByOpenssh({ ...question, namespace: 'approval@zivver-gitops' })).toBe(true);
    expect(isVerifiedByOpenssh({ ...question, namespace: 'file' })).toBe(false);
  });
});
