import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DOCUMENTS = ['README.md', ...listFiles('.github', '.md')];
const CODE = ['src', 'test', 'schemas', '.ci'].flatMap((folder) => listFiles(folder, ''));

describe('the documents of the repository', () => {
  it.each(DOCUMENTS)('%s links only to what is there', (name) => {
    const links = [...textOf(name).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
      ([, link]) => link ?? '',
    );
    const dead = links.filter((link) => !existsSync(path.join(ROOT, path.dirname(name), decodeURI(link))));
    expect(dead).toEqual([]);
  });

  it.each(['.github/ARCHITECTURE.md', '.github/CONTRIBUTING.md', '.github/docs/reference/threats.md'])(
    '%s names only files and folders that are there',
    (name) => {
      const named = [...textOf(name).matchAll(/`((?:src|test|schemas|\.github|\.ci)\/[\w./-]*)`/g)].map(
        ([, file]) => file,
      );
      expect(named.length).toBeGreaterThan(2);
      expect(named.filter((file) => !existsSync(path.join(ROOT, file ?? '')))).toEqual([]);
    },
  );

  it('.github/docs/organisation.md says of every key what it means', () => {
    const rows = textOf('.github/docs/organisation.md').match(/^\| [`*].*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(120);
    expect(rows.filter((row) => /\| *\|$/.test(row))).toEqual([]);
  });

  it('has every book that a comment cites', () => {
    const names = new Set(DOCUMENTS.map((file) => path.basename(file)));
    const cited = CODE.flatMap((file) =>
      [...commentsOf(file).matchAll(/\b([a-z-]+\.md)(?= §| \d|, "|\))/gi)].map(([, name]) => `${name} (${file})`),
    );
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter((citation) => !names.has(citation.split(' ')[0] ?? ''))).toEqual([]);
  });

  it.each(['zivver-api.md', 'active-directory.md'])('%s has every paragraph that a comment cites', (name) => {
    const paragraphs = new Set(
      [...textOf(`.github/docs/reference/${name}`).matchAll(/^#{2,3} (\d+(?:\.\d+)?)/gm)].map(([, number]) => number),
    );
    const cited = CODE.flatMap((file) =>
      [...commentsOf(file).matchAll(new RegExp(`${name.replace('.', '\\.')} §(\\d+(?:\\.\\d+)?)`, 'g'))].map(
        ([, number]) => number,
      ),
    );
    expect(cited.length).toBeGreaterThan(1);
    expect(cited.filter((number) => !paragraphs.has(number))).toEqual([]);
  });
});

function listFiles(folder: string, ending: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function commentsOf(file: string): string {
  if (!/\.(?:[cm]?[jt]s|py|json)$/.test(file)) return '';
  return [...textOf(file).matchAll(/\/\*\*?[\s\S]*?\*\/|\/\/.*$|"description": ".*"/gm)]
    .map(([text]) => text)
    .join('\n');
}
