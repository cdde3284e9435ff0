/** The built program plays its demo, as after `npm run build`. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guidOf } from '../../src/demo/hospital.ts';
import { buildMonday } from '../../src/demo/monday.ts';
import { buildFriday } from '../../src/demo/friday.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { columnsOf } from '../../src/model/text/terminal-layout.ts';
import { ROOT } from '../support/example/example-paths.ts';

const CLI = path.join(ROOT, 'dist', 'cli.js');

let folder: string;
let demo: { readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'demo-test-'));
  demo = await runDemo({ keep: path.join(folder, 'stage') });
}, 120_000);

afterAll(async () => rm(folder, { recursive: true, force: true }));

describe('the demo', () => {
  it('ends well, without a terminal and without any git configuration', () => {
    expect(demo).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('takes all its steps in order', () => {
    const headings = [...demo.stdout.matchAll(/^── (\d+)\/(\d+) · /gm)].map(([, number, of]) => `${number}/${of}`);
    expect(headings).toEqual(['1/9', '2/9', '3/9', '4/9', '5/9', '6/9', '7/9', '8/9', '9/9']);
  });

  it('finds nothing to do after everything was applied', () => {
    expect(stepOf(6)).toContain('No changes');
  });

  it('shows three refusals with their exit codes', () => {
    const codes = [...stepOf(7).matchAll(/\(exit code (\d+)\)/g)].map(([, code]) => Number(code));
    expect(codes).toEqual([25, 30, 22]);
  });

  it('sends no write after the last apply that was approved', async () => {
    const log = await readFile(path.join(folder, 'stage', 'requests.jsonl'), 'utf8');
    const methods = log
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { method: string }).method);
    const lastWrite = methods.findLastIndex((method) => method !== 'GET');
    expect(lastWrite).toBeGreaterThan(0);
    // Two to confirm what was signed. That the refused applies before it sent none, the demo itself proves, or fails.
    expect(methods.slice(lastWrite + 1)).toEqual(['GET', 'GET']);
  });

  it('fits into 80 columns and has no colour in a pipe', () => {
    const long = demo.stdout.split('\n').filter((line) => columnsOf(line) > 80 && / /.test(line.trim()));
    expect(long.filter((line) => !isOneWord(line))).toEqual([]);
    expect(demo.stdout).not.toContain('\u001b');
  });

  it('leaves no single sign-on key, in any form, in any git object', async () => {
    const objects = await readAllObjects();
    const export_ = await readFile(path.join(folder, 'stage/lindenhof/desired/example/active-directory.ldif'));
    const text = Buffer.from(objects.toString('latin1').toLowerCase(), 'latin1');
    for (const login of logins()) {
      const bytes = guidOf(login);
      const base64 = bytes.toString('base64');
      expect(export_.includes(base64) || login === 'n.peters', `${login} is in the export`).toBe(true);
      expect(objects.includes(bytes), `${login} as bytes`).toBe(false);
      for (const form of formsOf(bytes)) expect(text.includes(form.toLowerCase()), `${login} as ${form}`).toBe(false);
    }
    expect(objects.includes('u.kaya@lindenhof.example')).toBe(true);
  });

  it('leaves neither the age identity nor the API key in any git object', async () => {
    const objects = await readAllObjects();
    expect(objects.includes('AGE-SECRET-KEY')).toBe(false);
    expect(objects.includes('demo-key')).toBe(false);
  });
});

describe('a demo that cannot go on', () => {
  it('names the step and fails', async () => {
    const noGit = path.join(folder, 'no-git');
    await mkdir(noGit);
    const failed = await runDemo({ keep: path.join(folder, 'second'), searchPath: noGit });
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/DEMO_FAILED.* 1\/9 · /);
  });

  it('does not touch a folder that has something in it', async () => {
    const before = await readdir(folder);
    const refused = await runDemo({ keep: folder });
    expect(refused.exitCode).toBe(3);
    expect(await readdir(folder)).toEqual(before);
  });
});

async function runDemo({ keep, searchPath }: { keep: string; searchPath?: string }): Promise<typeof demo> {
  const home = path.join(folder, '..', `${path.basename(folder)}-home`);
  const { SystemRoot, TEMP, PATH } = process.env;
  const system = Object.fromEntries(Object.entries({ SystemRoot, TEMP }).filter(([, value]) => value !== undefined));
  const env = { ...system, PATH: searchPath ?? PATH ?? '', HOME: home, USERPROFILE: home };
  const options = { cwd: os.tmpdir(), env, extendEnv: false, reject: false } as const;
  const { exitCode, stdout, stderr } = await execa(process.execPath, [CLI, 'demo', '--keep', keep], options);
  return { exitCode, stdout, stderr };
}

function stepOf(number: number): string {
  const [, text = ''] = demo.stdout.split(`── ${number}/9 · `);
  return text.split(/^── /m)[0] ?? '';
}

function isOneWord(line: string): boolean {
  return line
    .trim()
    .split(' ')
    .some((word) => columnsOf(word) > 70);
}

function logins(): string[] {
  return [...new Set([...buildFriday().people, ...buildMonday().people].map(({ login }) => login))];
}

/** Hexadecimal and GUID text in both byte orders, base64 wherever it starts in a longer text, and hex of base64. */
function formsOf(bytes: Buffer): string[] {
  const base64 = bytes.toString('base64');
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, 20),
  );
  const guid = formatGuid(base64);
  const hex = bytes.toString('hex');
  const bigEndian = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return [...shifted, guid, guid.replaceAll('-', ''), bigEndian, hex, Buffer.from(base64).toString('hex')];
}

/** Contents of all objects of the clone and of the git remote, trees and commits included. */
async function readAllObjects(): Promise<Buffer> {
  const repositories = ['stage/lindenhof', 'stage/lindenhof.git'].map((name) => path.join(folder, name));
  const contents = await Promise.all(
    repositories.map(async (cwd) => {
      const args = ['cat-file', '--batch-all-objects', '--batch'];
      const { stdout } = await execa('git', args, { cwd, encoding: 'buffer', stripFinalNewline: false });
      return Buffer.from(stdout);
    }),
  );
  expect(contents.every(({ length }) => length > 10_000)).toBe(true);
  return Buffer.concat(contents);
}
