import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/model/errors.ts';
import { COMMANDS } from '../../src/model/text/command-name.ts';
import { REVIEWING_PAGE } from '../../src/operations/setup/pipelines/reviewing-page.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

describe('the README', () => {
  it('lists every error code with its exit code and what to do', () => {
    const rows = [...README.matchAll(/^\| `([A-Z_]+)` +\| (\d+) +\| (\S.*\S) +\|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, exit]) => [code, Number(exit)]))).toEqual(EXIT_CODES);
  });

  it('lists every command', async () => {
    const { stdout } = await execa(process.execPath, [path.join(ROOT, 'dist/cli.js'), '--help']);
    const commands = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)/gm)].map(
      ([, name]) => name,
    );
    const section = README.slice(README.indexOf('## Commands'), README.indexOf('## Limits'));
    const told = [...section.matchAll(/^\| `([a-z-]+)(?: [^`]+)?` +\|/gm)].map(([, name]) => name);
    expect(new Set(told)).toEqual(new Set(commands.filter((name) => name !== 'help')));
    expect(new Set<string | undefined>(COMMANDS)).toEqual(new Set(told));
  });

  it('links to files that exist', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((target) => !existsSync(path.join(ROOT, target)))).toEqual([]);
  });

  it('shows its tables as tables: no row stands apart from its head', () => {
    const lines = README.split('\n');
    const isRow = (line = ''): boolean => /^(> )?\|/.test(line);
    const heads = lines.filter(
      (line, index) => isRow(line) && /^(> )?\|[\s:|-]+\|$/.test(line) && isRow(lines[index - 1]),
    );
    const tables = lines.filter((line, index) => isRow(line) && !isRow(lines[index - 1]));
    expect(tables).toHaveLength(heads.length);
    const loose = lines.filter(
      (line, index) => isRow(line) && !isRow(lines[index - 1]) && !/^(> )?\|[\s:|-]+\|$/.test(lines[index + 1] ?? ''),
    );
    expect(loose).toEqual([]);
  });

  it('leads to the page for reviewers that init puts into a repository', () => {
    expect(readFileSync(path.join(ROOT, '.github/docs/reviewing.md'), 'utf8')).toBe(REVIEWING_PAGE);
    expect(REVIEWING_PAGE.split('\n').length).toBeLessThan(40);
  });

  it.each(['set-up', 'reviewing', 'auditing', 'by-hand', 'operating'])(
    'has a page %s whose links and commands exist',
    async (name) => {
      const text = readFileSync(path.join(ROOT, `.github/docs/${name}.md`), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
      expect(links.filter((target) => !existsSync(path.join(ROOT, '.github/docs', target)))).toEqual([]);
      const { stdout } = await execa(process.execPath, [path.join(ROOT, 'dist/cli.js'), '--help']);
      const called = [...text.matchAll(/zivver-gitops ([a-z-]+)/g)].map(([, command]) => command);
      expect(called.length).toBeGreaterThan(0);
      expect(called.filter((command) => !new RegExp(`^  ${command}\\b`, 'm').test(stdout))).toEqual([]);
    },
  );

  it('shows what stands in the committed review', () => {
    const review = readFileSync(path.join(ROOT, /plans\/example\/[^)]+plan\.md/.exec(README)?.[0] ?? ''), 'utf8');
    const quoted = [
      '**Only if you know that each of the 4 accounts below should be suspended.**',
      '4 of 24 active (16.7 %), limit 5',
      '**`Noah Peters`**',
    ];
    for (const text of quoted) {
      expect(README).toContain(text);
      expect(review).toContain(text);
    }
    for (const [, id] of README.matchAll(/· `([0-9a-f]{10})`/g)) expect(review).toContain(id);
  });
});
