import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { PATTERN_WORDS } from '../../../../src/model/schema/pattern-words.ts';
import { describeKey, suggestKey } from '../../../../src/model/schema/schema-keys.ts';
import { findSchemaFaults } from '../../../../src/model/schema/validate.ts';

describe('a key that nobody knows', () => {
  it.each([
    ['', 'SSO', 'did you mean sso?'],
    ['/sources/0', 'Query', 'did you mean query?'],
    ['/sources/0/ldap', 'basedn', 'did you mean baseDn?'],
    ['/sources/0/mapping', 'emial', 'did you mean email?'],
    ['/users', 'creat', 'did you mean create?'],
  ])('at "%s" called %s: %s', (parent, given, words) => {
    expect(suggestKey('organisation', parent, given)).toBe(words);
  });

  it('is told what is allowed if nothing is like it', () => {
    expect(suggestKey('organisation', '/sso', 'colour')).toMatch(/^allowed here: enabled, /);
    expect(suggestKey('plan', '/body', 'colour')).toBeNull();
  });
});

it('a key that is missing says what it is for', () => {
  expect(describeKey('organisation', '/sources/0/ldap', 'baseDn')).toMatch(/\w/);
  const what = findSchemaFaults('organisation', {}).map((fault) => fault.what);
  expect(what.join('\n')).toMatch(/missing key zivver \(/);
});

it('every pattern of a file that people write has words', async () => {
  const names = ['organisation', 'holds', 'signers', 'handwritten'];
  const texts = await Promise.all(names.map((name) => readFile(`schemas/${name}.schema.json`, 'utf8')));
  const patterns = texts.flatMap((text) => [...text.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)]);
  const unknown = patterns
    .map(([, pattern = '']) => JSON.parse(pattern) as string)
    .filter((pattern) => PATTERN_WORDS[pattern] === undefined && !/^\^\([A-Za-z|]+\)\$$/.test(pattern));
  expect(unknown).toEqual([]);
});
