import { describe, expect, it } from 'vitest';
import { findDocumentFaults, parseYamlDocument } from '../../../../src/model/schema/yaml-document.ts';

function problemsOf(text: string): readonly { where: string; what: string }[] {
  const parsed = parseYamlDocument(text, 'file.yaml');
  return parsed.ok ? [] : parsed.problems;
}

describe('parseYamlDocument', () => {
  it.each([
    ['an alias', 'a: &x 1\nb: *x\n'],
    ['an anchor nobody uses', 'a: &x 1\n'],
    ['an alias bomb', `a: &a [x]\n${'bcdefgh'.replaceAll(/./g, (name) => `${name}: [*a, *a]\n`)}`],
    ['a duplicate key', 'a: 1\na: 2\n'],
    ['__proto__ as a key', '__proto__: { admin: true }\n'],
    ['__proto__ as a quoted key', '"__proto__": 1\n'],
    ['a tag', 'a: !foo 1\n'],
    ['a tag that runs code elsewhere', 'a: !!js/function "x"\n'],
    ['binary data', 'a: !!binary aGFsbG8=\n'],
    ['a set', 'a: !!set { x }\n'],
    ['a YAML directive', '%YAML 1.1\n---\na: no\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a number as a key', '1: x\n'],
    ['a list as a key', '[a]: x\n'],
    ['null as a key', '~: x\n'],
    ['a NUL character', 'a: "x\0y"\n'],
    ['an unclosed quote', 'a: "x\n'],
    ['tabs as indentation', 'a:\n\tb: 1\n'],
    ['nesting without an end', '['.repeat(5000)],
  ])('refuses %s', (_case, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it('does not merge with <<', () => {
    const parsed = parseYamlDocument('base: { a: 1 }\n<<: { b: 2 }\n', 'file.yaml');
    expect(parsed.ok && parsed.document.data).toEqual({ base: { a: 1 }, '<<': { b: 2 } });
  });

  it.each(['no', 'on', 'yes', '12:30', '1_000', '0o8', 'e3'])('reads %s as text, as YAML 1.2 does', (word) => {
    const parsed = parseYamlDocument(`a: ${word}\n`, 'file.yaml');
    expect(parsed.ok && parsed.document.data).toEqual({ a: word });
  });

  it('tells where a pointer stands, or its nearest parent', () => {
    const parsed = parseYamlDocument('a:\n  - x: 1\n  - y~/z: 2\n', 'file.yaml');
    if (!parsed.ok) throw new Error('does not parse');
    expect(parsed.document.whereIs('/a/1/y~0~1z')).toBe('file.yaml:3:5');
    expect(parsed.document.whereIs('/a/0/missing')).toBe('file.yaml:2:5');
    expect(parsed.document.whereIs('')).toBe('file.yaml:1:1');
  });

  it('names the line and column of a fault', () => {
    expect(problemsOf('a: 1\nb: *x\n')[0]?.where).toBe('file.yaml:2:4');
  });
});

describe('findDocumentFaults', () => {
  it.each([
    ['a leading zero', 'address: 0123'],
    ['a number with lost digits', 'fullName: 12345678901234567890'],
    ['a number in disguise', 'fullName: 1e3'],
    ['an unknown key', 'admin: true'],
    ['constructor as a key', 'constructor: {}'],
    ['null', 'fullName: null'],
  ])('refuses %s in a desired file', (_case, line) => {
    const given = new Map([
      ['kind', 'kind: user'],
      ['key', 'key: 595beed2-0fc8-52a3-b0fc-5dd6e8ffcfc1'],
      ['address', 'address: a@company.org'],
      ['fullName', 'fullName: Anna'],
      ['active', 'active: true'],
      [line.split(':')[0] ?? '', line],
    ]);
    const parsed = parseYamlDocument(`${[...given.values()].join('\n')}\n`, 'file.yaml');
    if (!parsed.ok) throw new Error('does not parse');
    expect(findDocumentFaults(parsed.document, 'account').length).toBeGreaterThan(0);
  });
});
