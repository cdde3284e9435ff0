import { BerReader, BerWriter, FilterParser } from 'ldapts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ReconcileError } from '../../../../src/model/errors.ts';
import { parseQuery } from '../../../../src/adapters/ldap/ldap-query.ts';

describe('parseQuery', () => {
  it.each([
    [
      '(&(objectClass=user)(memberOf=CN=A,DC=x))',
      ['(objectClass=user) asks for no group', '(memberOf=CN=A,DC=x) CN=A,DC=x'],
    ],
    [
      '(&(|(memberOf=CN=A,DC=x)(memberOf:1.2.840.113556.1.4.1941:=CN=R&D !,DC=x)))',
      ['(|(memberOf=CN=A,DC=x)(memberOf:1.2.840.113556.1.4.1941:=CN=R&D !,DC=x)) CN=A,DC=x+CN=R&D !,DC=x'],
    ],
    [
      '(&(!(memberOf=CN=A,DC=x))(|(memberOf=CN=A,DC=x)(sn=B)))',
      ['(!(memberOf=CN=A,DC=x)) asks for no group', '(|(memberOf=CN=A,DC=x)(sn=B)) asks for no group'],
    ],
    ['(|(&(sn=A)(memberOf=CN=A,DC=x))(cn=B))', ['(|(&(sn=A)(memberOf=CN=A,DC=x))(cn=B)) asks for no group']],
    ['memberOf=CN=A,DC=x', ['(memberOf=CN=A,DC=x) CN=A,DC=x']],
    ['(!(&(a=b)(c=d)))', ['(!(&(a=b)(c=d))) asks for no group']],
  ])('tells the parts of %s that must hold at once, and which groups they ask for', (query, expected) => {
    const told = parseQuery(query).parts.map(
      ({ text, groupDns }) => `${text} ${groupDns.join('+') || 'asks for no group'}`,
    );
    expect(told).toEqual(expected);
  });

  it.each([
    '(&(objectCategory=person)(objectClass=user))',
    '(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=CN=ZivverUsers,CN=Users,DC=company,DC=org))',
    '(|(mail=*@company.org)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))',
    '(&(whenCreated>=20260101000000.0Z)(name<=Z)(cn~=Jan)(sn=J*a*n*n))',
    '(cn=\\28Jan\\29 \\2a \\5c)',
    '(mail=*)',
    'mail=*',
    '(:2.5.13.2:=x)',
    '(ou:dn:=Staff)',
    '(cn=A\u00efcha*)',
  ])('sends %s as it stands', (query) => {
    expect(encode(query)).toEqual(encodeWithLdapts(query));
  });

  it.each([
    [' ( & ( objectClass = user )\n  (mail=*)\n) ', '(&(objectClass=user)(mail=*))'],
    ['(!mail=*)', '(!(mail=*))'],
    ['(cn=A\\c3\\afcha)', '(cn=A\u00efcha)'],
    ['(cn=A\\c3\\afc*)', '(cn=A\u00efc*)'],
    ['(cn=a**b)', '(cn=a*b)'],
    ['(cn=**)', '(cn=*)'],
    ['(cn= a * b\\20 )', '(cn=a * b )'],
  ])('sends %j as %s', (query, meant) => {
    expect(encode(query)).toEqual(encodeWithLdapts(meant));
  });

  it.each([
    '(objectGUID=\\7a\\da\\46\\02\\f5\\d5\\dd\\4b\\8b\\e6\\9e\\3d\\5d\\a2\\7c\\93)',
    '(objectGUID=0246da7a-d5f5-4bdd-8be6-9e3d5da27c93)',
  ])('sends the bytes of a GUID: %s', (query) => {
    expect(encode(query).toString('hex')).toContain('7ada4602f5d5dd4b8be69e3d5da27c93');
  });

  it('sends an attribute by number or with an option', () => {
    expect(encode('(2.5.4.3=a)').toString('latin1')).toContain('2.5.4.3');
    expect(encode('(userCertificate;binary=*)').toString('latin1')).toContain('userCertificate;binary');
  });

  it('lists the groups that must exist', () => {
    const query =
      '(&(memberOf=CN=A,DC=org)(!(memberOf:1.2.840.113556.1.4.1941:=CN=B\\5c, C \\28x\\29,DC=org))(manager=CN=D,DC=org))';
    expect(parseQuery(query).groupDns).toEqual(['CN=A,DC=org', 'CN=B\\, C (x),DC=org']);
  });

  it.each([
    ['', 1],
    ['   ', 1],
    ['(', 2],
    ['(&)', 3],
    ['(|( ))', 5],
    ['(mail=*', 8],
    ['(mail=*))', 9],
    ['(mail=*)(cn=a)', 9],
    ['(mail)', 2],
    ['(mail=)', 7],
    ['(mail=  )', 9],
    ['(=a)', 2],
    ['(ma il=a)', 2],
    ['(mail:x=a)', 8],
    ['(cn=Jansen (ICT))', 12],
    ['(cn=Jansen\\, Jan)', 11],
    ['(cn=a\\zz)', 6],
    ['(cn=a\nb)', 6],
    ['(cn=\\ff*)', 5],
    ['(cn>=\\ff)', 6],
    ['(memberOf=*Zivver*)', 2],
    ['(distinguishedName=*OU=Staff*)', 2],
    ['(memberOf=ZivverUsers)', 11],
    ['(memberOf=OU=Staff,DC=company,DC=org)', 11],
    ['(memberOf:1.2.840.113556.1.4.1941:=OU=Staff,DC=company,DC=org)', 36],
    ['(memberOf=DC=company,DC=org)', 11],
    ['(memberOf:1.2.840.113556.1.4.1941:=)', 36],
    ['(memberOf:1.2.840.113556.1.4.1941:=ZivverUsers)', 36],
    [`${'(!'.repeat(200)}(a=b)${')'.repeat(200)}`, 103],
  ])('refuses %j at column %i', (query, column) => {
    const error = catchError(query);
    expect(error.code).toBe('SOURCE_QUERY_INVALID');
    expect(error.problems[0]?.where).toBe(`query, column ${column}`);
    expect(error.remedy).not.toBe('');
  });

  it.each([
    ['(&(objectClass=user)(mail=*)', 'Close the "(" of column 1.'],
    ['(&(objectClass=user(mail=*))', 'Close the "(" of column 3.'],
    ['(objectClass=user)(mail=*)', '(&(objectClass=user)(mail=*))'],
    ['&(objectClass=user)(mail=*)', '(&(objectClass=user)(mail=*))'],
    ['(&(objectClass=user)|(mail=*))', '(|(a=b)(c=d))'],
    ['(objectClass=user) AND (mail=*)', '(&(a=b)(c=d))'],
    ['objectClass=user or mail=*', '(|(a=b)(c=d))'],
    ['(mail!=*)', '(!(mail=*))'],
    ['(mail==x)', '\\3d'],
    ['(objectClass="user")', '\\22'],
    ['(memberOf=*Zivver*)', '{ attribute: memberOf, values: [Zivver] }'],
    ['(memberOf=ZivverUsers)', 'CN=ZivverUsers,'],
    ['(distinguishedName=*OU=Staff*)', 'attribute: distinguishedName'],
    ['(memberOf=OU=Staff,DC=company,DC=org)', 'attribute: distinguishedName'],
    ['(canonicalName=company.org/Staff/*)', 'baseDn'],
    ['(memberOf:1.2.840.113556.1.4.1941=CN=a,DC=b)', 'memberOf:1.2.840.113556.1.4.1941:='],
  ])('cures %s with %s', (query, cure) => {
    expect(catchError(query).remedy).toContain(cure);
  });

  it('marks the place in the query', () => {
    expect(catchError('(&(mail=*)(cn=Jansen (ICT)))').problems[0]?.what).toBe('(&(mail=*)(cn=Jansen ▸(ICT)))');
  });

  it.each([
    ['(&(objectClass=user)(ou=Staff))', 1],
    ['(OU=Staff,DC=company,DC=org)', 1],
    ['(distinguishedName=OU=Staff,DC=company,DC=org)', 1],
    ['(name=*,OU=Staff,*)', 1],
    ['(distinguishedName=CN=Jan,OU=Staff,DC=company,DC=org)', 0],
    ['(memberOf=CN=Staff,OU=Groups,DC=company,DC=org)', 0],
    ['(memberOf=CN=Jansen\\5c, Jan,OU=Groups,DC=company,DC=org)', 0],
    ['(manager=CN=Jansen\\5c2C Jan,OU=Staff,DC=company,DC=org)', 0],
    ['(department=OU)', 0],
  ])('%s has %i warnings about choosing a unit by query', (query, count) => {
    expect(parseQuery(query).warnings).toHaveLength(count);
  });

  it('either reads a text or refuses it with its own error, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('(&|!)=*\\5cé: \n<>~a;1.')) });
    fc.assert(
      fc.property(text, (query) => {
        try {
          parseQuery(query);
        } catch (error) {
          expect(error).toBeInstanceOf(ReconcileError);
        }
      }),
    );
  });

  it('sends any value that is escaped by the rules as that value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const escaped = [...Buffer.from(value)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
        const reader = new BerReader(encode(`(cn=${escaped})`));
        expect(FilterParser.parse(reader)).toMatchObject({ attribute: 'cn', value });
      }),
    );
  });
});

function encode(query: string): Buffer {
  const writer = new BerWriter();
  parseQuery(query).filter.write(writer);
  return writer.buffer;
}

function encodeWithLdapts(query: string): Buffer {
  const writer = new BerWriter();
  FilterParser.parseString(query).write(writer);
  return writer.buffer;
}

function catchError(query: string): ReconcileError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
