import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';

let root: string;
let git: GitRepository;

function call(...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', ['-c', 'user.name=R', '-c', 'user.email=r@a.example', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function commit(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  call('add', '--all');
  call('commit', '--quiet', '--message', 'more');
  return call('rev-parse', 'HEAD');
}

const FILES = {
  'a.txt': 'A',
  'a/b.txt': 'B',
  'a/b/c.yaml': 'C',
  'a-b': 'between a and a/',
  'desired/ö ü/x': 'Umlaute',
  'desired/one/two/three': '3',
};
let first: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'repository-'));
  call('init', '--quiet', '--initial-branch', 'main');
  mkdirSync(path.join(root, 'a'));
  symlinkSync('a.txt', path.join(root, 'a/link'));
  first = commit(FILES);
  git = new GitRepository(root);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a listing is the one of git ls-tree, of every folder and of a single file', async () => {
  for (const folder of ['', 'a/', 'a/b/', 'desired/', 'desired/ö ü/', 'a.txt', 'a.txt/', 'a/link', 'none/', 'a/none']) {
    const listed = call('-c', 'core.quotePath=false', 'ls-tree', '-r', first, ...(folder === '' ? [] : ['--', folder]));
    const expected = listed
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => ({ blob: line.slice(12, 52), path: line.slice(53) }));
    expect(await git.listTree(first, folder), folder).toEqual(expected);
  }
});

test('a file of a commit is read by its path; what is a folder, or not there, is no file', async () => {
  expect((await git.readFileAt(first, 'desired/ö ü/x'))?.toString('utf8')).toBe('Umlaute');
  for (const name of ['a', 'none', 'a.txt/none', 'a.txt\nHEAD:a-b', ''])
    expect(await git.readFileAt(first, name), name).toBe(undefined);
});

test('a ref is looked up anew each time, also after objects came that were not there', async () => {
  expect(await git.resolve('refs/heads/main')).toBe(first);
  expect(await git.resolve('refs/heads/none')).toBe(undefined);
  expect(await git.resolve('HEAD\nHEAD')).toBe(undefined);
  const second = commit({ 'a.txt': 'later' });
  expect(await git.resolve('refs/heads/main')).toBe(second);
  expect((await git.readFileAt(second, 'a.txt'))?.toString('utf8')).toBe('later');
  expect((await git.readFileAt(first, 'a.txt'))?.toString('utf8')).toBe('A');
});

test('an object or a folder that was lost is an error, and nothing is taken for empty', async () => {
  const lost = { code: 'GIT_UNUSABLE' };
  await expect(git.readBlobs(['c'.repeat(40)])).rejects.toMatchObject(lost);
  await expect(git.listTree('c'.repeat(40), 'a/')).rejects.toMatchObject(lost);
  const tree = call('rev-parse', `${first}:desired/one`);
  rmSync(path.join(root, '.git/objects', tree.slice(0, 2), tree.slice(2)));
  const fresh = new GitRepository(root);
  await expect(fresh.listTree(first, 'desired/')).rejects.toMatchObject(lost);
  await expect(fresh.listTree(first, 'desired/one/two/')).rejects.toMatchObject(lost);
  // What is whole is read all the same.
  expect(await fresh.listTree(first, 'a/b/')).toHaveLength(1);
});

test('many objects are read in order, some of them twice', async () => {
  const names = Object.keys(FILES);
  const blobs = names.map((name) => call('hash-object', '-w', '--', name));
  const many = Array.from({ length: 500 }, (_, index) => index % blobs.length);
  const texts = await git.readBlobs(many.map((index) => blobs[index] ?? ''));
  expect(texts).toEqual(many.map((index) => (names[index] === 'a.txt' ? 'later' : Object.values(FILES)[index])));
});
