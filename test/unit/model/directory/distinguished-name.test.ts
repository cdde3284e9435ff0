import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  areDnsEqual,
  commonNameOf,
  foldCase,
  isDn,
  isDnUnder,
  normaliseDn,
  parentOf,
} from '../../../../src/model/directory/distinguished-name.ts';
import { parseDn } from '../../../../src/model/directory/dn-parser.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';

describe('parseDn', () => {
  it.each([
    ['CN=Jansen\\, Jan (ICT) [A],OU=Staff,DC=company,DC=org', 'Jansen, Jan (ICT) [A]'],
    ['CN=Jansen\\2C Jan,DC=org', 'Jansen, Jan'],
    ['CN="Jansen, Jan",DC=org', 'Jansen, Jan'],
    ['CN=R&D \\+ Sales,DC=org', 'R&D + Sales'],
    ['CN=\\#Hekje,DC=org', '#Hekje'],
    ['CN=a\\3Db\\3Bc,DC=org', 'a=b;c'],
    ['CN=A\\C3\\AFcha,DC=org', 'Aïcha'],
    ['CN=Aïcha 😀,DC=org', 'Aïcha 😀'],
    ['CN=gone\\0ADEL:0246da7a,DC=org', 'gone\nDEL:0246da7a'],
    ['  CN =  two  blanks  , DC=org', 'two  blanks'],
    ['CN=trailing\\ ,DC=org', 'trailing '],
    ['CN=back\\\\slash,DC=org', 'back\\slash'],
    ['CN=ends\\\\', 'ends\\'],
    ['2.5.4.3=By Number', 'By Number'],
    ['CN=a=b', 'a=b'],
  ])('reads the first value of %s', (text, value) => {
    expect(parseDn(text)[0]?.[0]?.value).toBe(value);
  });

  it('reads the parts of a level that has several', () => {
    expect(parseDn('CN=a+UID=b,DC=c').map((rdn) => rdn.map(({ type }) => type))).toEqual([['CN', 'UID'], ['DC']]);
  });

  it('reads the empty DN as no parts', () => {
    expect(parseDn('')).toEqual([]);
    expect(parseDn('  ')).toEqual([]);
  });

  it.each([
    'Jansen, Jan',
    'CN=Jansen, Jan,DC=org',
    'CN=',
    'CN=a,',
    'CN=a,,DC=b',
    'CN="a',
    'CN="a"b',
    'CN=a\\',
    'CN=a\\x',
  ])('refuses %s and names the column', (text) => {
    const error = catchError(() => parseDn(text));
    expect(error.code).toBe('CONFIGURATION_INVALID');
    expect(error.problems[0]?.where).toMatch(/^column \d+$/);
    expect(isDn(text)).toBe(false);
  });

  it('refuses escaped bytes that are not UTF-8', () => {
    expect(catchError(() => parseDn('CN=A\\EFcha,DC=org')).code).toBe('CONFIGURATION_INVALID');
  });
});

describe('areDnsEqual', () => {
  it.each([
    ['CN=Jansen\\, Jan,DC=org', 'cn="JANSEN, jan", dc=ORG'],
    ['CN=Jansen\\, Jan,DC=org', 'CN=Jansen\\2c Jan,DC=org'],
    ['CN=Aïcha,DC=org', 'CN=A\\c3\\afCHA,DC=org'],
    ['CN=Ai\u0308cha,DC=org', 'CN=A\u00efcha,DC=org'],
    ['CN=a+UID=b,DC=c', 'UID=B+CN=A,DC=C'],
    ['2.5.4.11=Staff', 'OU=Staff'],
    ['OID.2.5.4.11=Staff', 'OU=Staff'],
    ['OU=\u03a3', 'OU=\u03c2'],
    ['no name', 'NO NAME'],
  ])('takes %s and %s for one name', (one, other) => {
    expect(areDnsEqual(one, other)).toBe(true);
  });

  it.each([
    ['CN=a\\,CN\\=b', 'CN=a,CN=b'],
    ['CN=a\\+CN=b', 'CN=a+CN=b'],
    ['CN=a', 'CN=a\\ '],
    ['CN=a', 'OU=a'],
    ['', 'not a name'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(areDnsEqual(one, other)).toBe(false);
  });
});

describe('isDnUnder', () => {
  const base = 'OU=Staff,DC=company,DC=org';

  it.each([
    base,
    `CN=Jan,${base}`,
    'CN=a\\,b, ou=STAFF, dc=company, dc=org',
    `CN=a,OU=b,${base}`,
    'CN=a\\\\,OU=Staff,DC=company,DC=org',
  ])('finds %s in the subtree', (dn) => {
    expect(isDnUnder(dn, base)).toBe(true);
  });

  it.each([
    'OU=OldStaff,DC=company,DC=org',
    'CN=a\\,OU\\=Staff,DC=company,DC=org',
    'CN=a\\,OU=Staff,DC=company,DC=org',
    'DC=company,DC=org',
    'junk',
  ])('finds %s outside the subtree', (dn) => {
    expect(isDnUnder(dn, base)).toBe(false);
  });

  it('puts everything below the empty base', () => {
    expect(isDnUnder('DC=org', '')).toBe(true);
  });
});

describe('normaliseDn', () => {
  const value = fc.string({
    unit: fc.constantFrom(...Array.from('aZ09 ,+="\\<>#;()éÏ汉😀')),
    minLength: 1,
    maxLength: 12,
  });
  const rdns = fc.array(fc.tuple(fc.constantFrom('CN', 'ou', 'Dc'), value), { minLength: 1, maxLength: 4 });

  it('gives every spelling of a name the same key', () => {
    fc.assert(
      fc.property(rdns, (parts) => {
        const [first, ...others] = [spellEscaped, spellHex, spellQuoted].map((spell) =>
          normaliseDn(parts.map(([type, text]) => `${type}=${spell(text)}`).join(',')),
        );
        expect(others).toEqual([first, first]);
      }),
    );
  });

  it('gives two names the same key only if their folded parts are the same', () => {
    fc.assert(
      fc.property(rdns, rdns, (one, other) => {
        const fold = (parts: [string, string][]): string => JSON.stringify(parts.map((part) => part.map(foldCase)));
        const key = (parts: [string, string][]): string =>
          normaliseDn(parts.map(([t, v]) => `${t}=${spellHex(v)}`).join(','));
        expect(key(one) === key(other)).toBe(fold(one) === fold(other));
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof normaliseDn(text) === 'string'));
  });
});

describe('commonNameOf and parentOf', () => {
  it('give the readable name and the level above as written', () => {
    expect(commonNameOf('CN=Jansen\\, Jan,OU=Staff,DC=org')).toBe('Jansen, Jan');
    expect(parentOf('CN=Jansen\\, Jan, OU=Staff\\2C old,DC=org')).toBe('OU=Staff\\2C old,DC=org');
  });

  it('give null where there is none', () => {
    expect(commonNameOf('OU=Staff,DC=org')).toBeNull();
    expect(commonNameOf('Jan')).toBeNull();
    expect(parentOf('DC=org')).toBeNull();
    expect(parentOf('nonsense')).toBeNull();
  });
});

function spellEscaped(text: string): string {
  return text.replace(/[,+="\\<>#;]/g, '\\$&').replace(/^ | $/g, '\\ ');
}

function spellHex(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

function spellQuoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function catchError(action: () => unknown): ReconcileError {
  try {
    action();
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
