import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../../src/model/directory/directory.ts';
import { hasObjectClass, valueOf, valuesOf } from '../../../../src/model/directory/entry.ts';
import { normaliseDn } from '../../../../src/model/directory/distinguished-name.ts';
import { selectEntry } from '../../../../src/model/directory/selection.ts';
import type { SelectionFilter } from '../../../../src/model/schema/generated/organisation.ts';
import { dnOf, entry } from '../../../support/account-builder.ts';

const USER = ['top', 'person', 'organizationalPerson', 'user'];

function group(name: string, ...memberOf: string[]) {
  return entry(`CN=${name},OU=Groups,DC=company,DC=org`, {
    objectClass: ['top', 'group'],
    memberOf: memberOf.map(groupDn),
  });
}

function groupDn(name: string): string {
  return `cn=${name}, ou=groups, dc=company, dc=org`;
}

describe('an entry', () => {
  const anna = entry(dnOf('anna'), { Mail: [' ', ' a@company.org '], objectClass: USER });

  it('is read without regard to the case of names', () => {
    expect(valuesOf(anna, 'MAIL')).toEqual([' ', ' a@company.org ']);
    expect(valuesOf(anna, 'cn')).toEqual([]);
  });

  it('has a first value that is not blank, trimmed', () => {
    expect(valueOf(anna, 'mail')).toBe('a@company.org');
    expect(valueOf(anna, 'cn')).toBeUndefined();
    expect(hasObjectClass(anna, 'user')).toBe(true);
  });
});

describe('groupsOf', () => {
  const groups = [group('a', 'b'), group('b', 'c', 'a'), group('c'), group('self', 'self'), group('far')];

  it.each([
    [['a'], ['a', 'b', 'c']],
    [['c'], ['c']],
    [['self'], ['self']],
    [
      ['a', 'far'],
      ['a', 'b', 'c', 'far'],
    ],
    [['unknown'], ['unknown']],
    [[], []],
  ])('follows nesting and cycles: a member of %j is in %j', (direct, all) => {
    const anna = entry(dnOf('anna'), { memberOf: direct.map(groupDn) });
    const found = buildDirectory([anna], groups).groupsOf(anna);
    expect([...found].sort()).toEqual(all.map((name) => normaliseDn(groupDn(name))).sort());
  });

  it('gives everybody the whole closure, whoever is asked first', () => {
    const inA = entry(dnOf('anna'), { memberOf: groupDn('a') });
    const inB = entry(dnOf('bas'), { memberOf: groupDn('b') });
    const directory = buildDirectory([inA, inB], groups);
    expect(directory.groupsOf(inB)).toEqual(directory.groupsOf(inA));
  });

  it('finds entries in any spelling of their DN', () => {
    const anna = entry('CN=Jansen\\, Anna,OU=Staff,DC=company,DC=org');
    const directory = buildDirectory([anna], groups);
    expect(directory.entryOf('cn="jansen, anna",ou=STAFF, dc=company,dc=org')).toBe(anna);
    expect(directory.entryOf(groupDn('a'))).toBe(groups[0]);
    expect(directory.groupOf(anna.dn)).toBeUndefined();
  });
});

describe('selectEntry', () => {
  const groups = [group('Staff', 'Everybody'), group('Everybody'), group('Zivver-no-account')];

  function verdictOf(
    attributes: Record<string, string | string[]>,
    filters: SelectionFilter[] = [],
    dn = dnOf('anna'),
  ): string {
    const anna = entry(dn, { objectClass: USER, ...attributes });
    return selectEntry(anna, filters, buildDirectory([anna], groups)).verdict;
  }

  it.each([
    [[...USER, 'computer'], 'not-a-person'],
    [['top', 'person', 'contact'], 'not-a-person'],
    [['top', 'person'], 'not-a-person'],
    [['top', 'organizationalUnit'], 'ignored'],
    [['TOP', 'Person', 'USER'], 'person'],
    [USER, 'person'],
    [[], 'person'],
  ])('of the classes %j says %s', (objectClass, verdict) => {
    expect(verdictOf({ objectClass })).toBe(verdict);
  });

  it.each([
    ['OU=Staff,DC=company,DC=org', 'person'],
    ['ou=staff, dc=company, dc=org', 'person'],
    ['DC=company,DC=org', 'person'],
    ['OU=taff,DC=company,DC=org', 'filtered'],
    ['Staff', 'filtered'],
  ])('includes the subtree %s: %s', (base, verdict) => {
    expect(verdictOf({}, [{ include: { attribute: 'distinguishedName', values: [base] } }])).toBe(verdict);
  });

  it.each([
    ['Staff', 'person'],
    ['sTAFF', 'person'],
    ['Everybody', 'person'],
    [groupDn('Everybody'), 'person'],
    ['Every*', 'filtered'],
    ['Zivver-no-account', 'filtered'],
  ])('includes members of %s, by name or DN, nested ones too: %s', (name, verdict) => {
    const filters = [{ include: { attribute: 'memberOf', values: [name] } }];
    expect(verdictOf({ memberOf: groupDn('Staff') }, filters)).toBe(verdict);
  });

  it.each([
    ['Nurse', 'nurse', 'person'],
    ['nurse*', 'Nurse (night)', 'person'],
    ['*night*', 'Nurse\n(night)', 'person'],
    ['n.rse', 'nurse', 'filtered'],
    ['nurse', 'nurses', 'filtered'],
    ['(*)', '(x)', 'person'],
    ['ÉCOLE', 'école', 'person'],
  ])('matches the whole value without case: %s and %j: %s', (pattern, value, verdict) => {
    expect(verdictOf({ title: value }, [{ include: { attribute: 'Title', values: [pattern] } }])).toBe(verdict);
  });

  it('needs every filter, and one value of each', () => {
    const include = { include: { attribute: 'title', values: ['nurse', 'doctor'] } };
    const exclude = { exclude: { attribute: 'memberOf', values: ['Zivver-no-account'] } };
    expect(verdictOf({ title: 'doctor' }, [include, exclude])).toBe('person');
    expect(verdictOf({ title: 'doctor', memberOf: groupDn('Zivver-no-account') }, [include, exclude])).toBe('filtered');
    expect(verdictOf({ title: 'porter' }, [include, exclude])).toBe('filtered');
    expect(verdictOf({ memberOf: [] }, [exclude])).toBe('person');
  });
});
