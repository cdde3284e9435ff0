import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/model/canonical.ts';
import { desiredFileName, desiredPath } from '../../../../src/model/desired/desired-file-name.ts';
import { blobIdOf, type DesiredFiles } from '../../../../src/model/desired/desired-file.ts';
import { digestDesired, digestDesiredFiles, renderDesiredFiles } from '../../../../src/model/desired/desired-state.ts';
import { writeDesiredFolder } from '../../../../src/adapters/git/write-desired-folder.ts';
import { readWorkTreeBlobs } from '../../../../src/adapters/git/work-tree.ts';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';
import { desiredFunctional, desiredUser } from '../../../support/account-builder.ts';

describe('desiredFileName', () => {
  it.each([
    ['anna@company.org', 'anna@company.org.yaml'],
    ["o'brien@company.org", 'o%27brien@company.org.yaml'],
    ['../../etc/passwd@x.y', '..%2F..%2Fetc%2Fpasswd@x.y.yaml'],
    ['a%2f@x.y', 'a%252f@x.y.yaml'],
    ['con*?<>|"@x.y', 'con%2A%3F%3C%3E%7C%22@x.y.yaml'],
    ['é@x.y', '%C3%A9@x.y.yaml'],
    ['A@x.y', '%41@x.y.yaml'],
  ])('of %s is %s', (address, name) => {
    expect(desiredFileName(address)).toBe(name);
  });

  it('is never a path, never shared, and readable back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (address) => {
        const name = desiredFileName(address);
        expect(name).toMatch(/^[a-z0-9.@_+%A-F-]+\.yaml$/);
        expect(decodeURIComponent(name.slice(0, -'.yaml'.length))).toBe(address);
      }),
    );
  });

  it('stands in the folder of its kind', () => {
    expect(desiredPath('user', 'a@x.y')).toBe('users/a@x.y.yaml');
    expect(desiredPath('functional', 'a@x.y')).toBe('functional/a@x.y.yaml');
  });
});

describe('blobIdOf', () => {
  it.each(['', 'a\n', 'é\r\n', '\u0000'])('of %j is what git says', (content) => {
    const id = execFileSync('git', ['hash-object', '--stdin', '--no-filters'], { input: content, encoding: 'utf8' });
    expect(blobIdOf(content)).toBe(id.trim());
    expect(blobIdOf(Buffer.from(content, 'utf8'))).toBe(id.trim());
  });
});

describe('the digest of the desired files', () => {
  const files = renderDesiredFiles([desiredUser('bas'), desiredUser('anna'), desiredFunctional('info')]);

  it('is the SHA-256 of lines of blob id and path, sorted by path', () => {
    const [info = '', anna = '', bas = ''] = ['functional/info', 'users/anna', 'users/bas'].map(
      (name) => `${name}@company.org.yaml`,
    );
    const lines = [info, anna, bas].map((name) => `${files.get(name)?.blob} ${name}\n`);
    expect(digestDesiredFiles(files)).toBe(digestOf(lines.join('')));
  });

  it('does not depend on the order', () => {
    expect(digestDesiredFiles(new Map([...files].reverse()))).toBe(digestDesiredFiles(files));
  });

  it.each(['content', 'name', 'absence'])('changes with any %s', (what) => {
    const blobs = [...files].map(([name, { blob }]) => [name, blob] as const);
    const [first = ['', ''] as const, ...rest] = blobs;
    const changed = {
      content: [[first[0], blobIdOf('x')] as const, ...rest],
      name: [['users/x', first[1]] as const, ...rest],
      absence: rest,
    };
    expect(digestDesired(new Map(changed[what as keyof typeof changed]))).not.toBe(digestDesired(new Map(blobs)));
  });
});

describe('writeDesiredFolder', () => {
  let root = '';
  let folder = '';
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  const present = (): Promise<Map<string, string>> => readWorkTreeBlobs(new GitRepository(root), 'company');
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'desired-'));
    folder = path.join(root, 'desired/company');
    mkdirSync(folder, { recursive: true });
    git('init', '-q');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('makes the folder hold exactly these files, committed, staged or neither', async () => {
    const first = renderDesiredFiles([desiredUser('anna'), desiredFunctional('info')]);
    await writeDesiredFolder(folder, first, await present());
    expect(await present()).toEqual(blobsOf(first));
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@company.org', 'commit', '-q', '-m', 'first');
    expect(await present()).toEqual(blobsOf(first));
    const next = renderDesiredFiles([desiredUser('anna', { fullName: 'Anna' }), desiredUser('bas')]);
    await writeDesiredFolder(folder, next, await present());
    expect(await present()).toEqual(blobsOf(next));
  });

  it('finds the same ids by comparing with a commit, whatever lies between it and the work tree', async () => {
    const first = renderDesiredFiles(['anna', 'bas', 'els', 'jan'].map((name) => desiredUser(name)));
    await writeDesiredFolder(folder, first, await present());
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@company.org', 'commit', '-q', '-m', 'first');
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    const users = path.join(folder, 'users');
    writeFileSync(path.join(users, 'bas@company.org.yaml'), 'staged');
    writeFileSync(path.join(users, 'new@company.org.yaml'), 'committed later');
    git('rm', '-q', path.join(users, 'els@company.org.yaml'));
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@company.org', 'commit', '-q', '-m', 'second');
    writeFileSync(path.join(users, 'anna@company.org.yaml'), 'changed');
    writeFileSync(path.join(users, 'bas@company.org.yaml'), first.get('users/bas@company.org.yaml')?.text ?? '');
    rmSync(path.join(users, 'jan@company.org.yaml'));
    writeFileSync(path.join(users, 'other@company.org.yaml'), 'untracked');
    const found = await readWorkTreeBlobs(new GitRepository(root), 'company', { commit, files: first });
    expect(found).toEqual(await present());
    expect([...found.keys()].sort()).toEqual(
      ['anna', 'bas', 'new', 'other'].map((name) => `users/${name}@company.org.yaml`),
    );
  });

  it('touches only what differs', async () => {
    const files = renderDesiredFiles([desiredUser('anna')]);
    await writeDesiredFolder(folder, files, await present());
    const anna = path.join(folder, 'users/anna@company.org.yaml');
    utimesSync(anna, new Date(0), new Date(0));
    await writeDesiredFolder(folder, files, await present());
    expect(statSync(anna).mtimeMs).toBe(0);
  });

  it('leaves what is no desired file alone', async () => {
    writeFileSync(path.join(folder, 'organisation.yaml'), 'x');
    mkdirSync(path.join(folder, 'users'));
    writeFileSync(path.join(folder, 'users', 'notes.txt'), 'x');
    await writeDesiredFolder(folder, new Map(), await present());
    expect(readdirSync(folder).sort()).toEqual(['functional', 'organisation.yaml', 'users']);
    expect(readdirSync(path.join(folder, 'users'))).toEqual(['notes.txt']);
  });
});

function blobsOf(files: DesiredFiles): Map<string, string> {
  return new Map([...files].map(([name, { text }]) => [name, blobIdOf(text)]));
}
