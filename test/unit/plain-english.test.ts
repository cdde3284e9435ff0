import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Words for people stand in files of these names, and nowhere else words of a plan. */
const CATALOGUES = /(?:^|\/)(?:words-[\w-]+|[\w-]+-words|[\w-]+-sentences|report-words|limit-rules)\.ts$/;

const SRC = path.resolve(import.meta.dirname, '../../src');

/** What somebody who reads English as a second language stumbles over, or what is called otherwise everywhere else. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\bfolded\b/i, 'say: behind "Show the …"'],
  [/\blifted\b(?! by\b)/i, 'say who lifted it: lifted by …'],
  [/\bmend(?:s|ed|ing)?\b/i, 'correct'],
  [/\bkept up\b|\bkeeps? up\b/i, 'up to date'],
  [/\bcatch(?:es)? up\b/i, 'say what becomes equal'],
  [/\bstill to come\b/i, 'in the future'],
  [/\bshut(?:s)? out\b/i, 'cannot log in'],
  [/\b(?:at a glance|keep in mind|bear in mind|rule of thumb|out of the box|on the fly|under the hood)\b/i, 'an idiom'],
  [/\b(?:hence|thus|thereof|whilst|aforementioned|albeit|henceforth)\b/i, 'a plain word'],
  [/\b(?:in order to|prior to|with regard to|in the event of)\b/i, 'to, before, about, if'],
  [/\b(?:e\.g\.|i\.e\.|etc\.)/i, 'for example, that is'],
  [/\b(?:leverage|utili[sz]e|facilitate|terminate|commence)\w*\b/i, 'a plain word'],
  [/\b(?:oops|sorry|please)\b/i, 'nothing'],
  [/\b(?:items?|(?<!deleted )objects?|entities|sync(?:s|ed|ing|hroni[sz]\w+)?)\b/i, 'entry, account, apply'],
  [/\b(?:can't|won't|don't|doesn't|isn't|aren't|it's)\b/i, 'write it out'],
];

const MOST_WORDS = 45;

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => CATALOGUES.test(file))
  .sort();

/** Texts between quotes or backticks; a value is `X`. */
function textsOf(file: string): string[] {
  const source = readFileSync(path.join(SRC, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/^import [^;]*;$/gm, '')
    .replace(/ from '[^']*'/g, '');
  const flat = source.replace(/\$\{[^{}`]*\}/g, 'X').replace(/\$\{[^{}]*\}/g, 'X');
  return [...flat.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)].map(([, quoted, template]) => quoted ?? template ?? '');
}

describe.each(FILES)('%s', (file) => {
  const texts = textsOf(file).filter((text) => /\p{L} \p{L}/u.test(text));

  it('has no word that a reader may not know', () => {
    const found = texts.flatMap((text) =>
      BANNED.flatMap(([banned, better]) =>
        banned.test(text) ? [`"${banned.exec(text)?.[0]}" in "${text}": ${better}`] : [],
      ),
    );
    expect(found).toEqual([]);
  });

  it(`has no sentence of more than ${MOST_WORDS} words`, () => {
    const long = texts
      .flatMap((text) => text.split(/(?<=[.?!]) |: |; /))
      .filter((one) => one.split(/\s+/).length > MOST_WORDS);
    expect(long).toEqual([]);
  });
});

it('finds the catalogues', () => {
  expect(FILES.length).toBeGreaterThan(25);
  expect(FILES.flatMap(textsOf).length).toBeGreaterThan(500);
});
