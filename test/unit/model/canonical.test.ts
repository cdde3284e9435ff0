import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, formatCanonicalJson } from '../../../src/model/canonical.ts';

describe('formatCanonicalJson', () => {
  it('writes what the reference implementation of RFC 8785 writes', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter(isWellFormed);
    fc.assert(
      fc.property(value, (data) => {
        expect(formatCanonicalJson(data)).toBe(canonicalize(data));
      }),
      { numRuns: 2000 },
    );
  });

  it('sorts names by UTF-16 code units, as RFC 8785 §3.2.3 shows', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = formatCanonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\u{1f600}',
      '\ufb33',
    ]);
  });

  it.each([
    [1e21, '1e+21'],
    [-0, '0'],
    [4.5, '4.5'],
    [2e-3, '0.002'],
    [1e-27, '1e-27'],
    [Number('333333333.33333329'), '333333333.3333333'],
  ])('writes the number %d as ECMAScript does', (value, text) => {
    expect(formatCanonicalJson(value)).toBe(text);
  });

  it('gives the same bytes whatever the order of the names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (data) => {
        const reversed = Object.fromEntries(Object.entries(data).reverse());
        expect(formatCanonicalJson(reversed)).toBe(formatCanonicalJson(data));
      }),
    );
  });

  it.each(['[{"a":{"10":1,"9":2}}]', '{"a":[1,{"__proto__":[{"b":1,"10":2}]}],"b":0}', '{"01":1,"1":2,"a":3}'])(
    'writes names that JavaScript would reorder, anywhere in %s, as the reference implementation does',
    (text) => {
      const data: unknown = JSON.parse(text);
      expect(formatCanonicalJson(data)).toBe(canonicalize(data));
    },
  );

  it('keeps a name called __proto__', () => {
    expect(formatCanonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  });

  it.each([
    undefined,
    () => 1,
    Number.NaN,
    Infinity,
    Symbol('x'),
    10n,
    '\ud800',
    { a: undefined },
    [undefined],
    { '\udc00': 1 },
  ])('refuses case %#, which JSON cannot hold, instead of dropping it', (value) => {
    expect(() => formatCanonicalJson(value)).toThrow(TypeError);
  });
});

it.each([
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
  [undefined, 'a value of type undefined'],
  [10n, 'a value of type bigint'],
])('names what JSON cannot hold: %s', (value, named) => {
  expect(() => formatCanonicalJson({ a: value })).toThrow(`canonical JSON cannot hold ${named}`);
});

describe('digestOf', () => {
  it('is the SHA-256 of the UTF-8 bytes', () => {
    expect(digestOf('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digestOf('é')).toBe(digestOf(Buffer.from([0xc3, 0xa9])));
  });
});

function isWellFormed(value: unknown): boolean {
  return JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value));
}

it('names that are numbers stand in the order of their digits, alone and among others', () => {
  expect(formatCanonicalJson({ 9: 1, 10: 2 })).toBe('{"10":2,"9":1}');
  expect(formatCanonicalJson([{ 9: { a: 1 }, 10: 2 }, { b: 1 }])).toBe('[{"10":2,"9":{"a":1}},{"b":1}]');
});
