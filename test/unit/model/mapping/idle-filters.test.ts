import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../../src/model/directory/directory.ts';
import {
  describeIdleUnits,
  describeIdleValues,
  findIdleUnits,
  findIdleValues,
} from '../../../../src/model/mapping/idle-filters.ts';
import type { SelectionFilter } from '../../../../src/model/schema/generated/organisation.ts';
import { entry } from '../../../support/account-builder.ts';

const BASE = 'OU=Staff,DC=company,DC=org';
const CARE = `OU=Care,${BASE}`;
const GROUP = 'CN=Zivver Users,OU=Groups,DC=company,DC=org';
const selected = [
  entry(`CN=Anna,OU=Nursing,${CARE}`, { objectClass: 'user', memberOf: GROUP, department: 'Care' }),
  entry(`CN=PC,${BASE}`, { objectClass: ['user', 'computer'] }),
];
const groups = [GROUP, 'CN=Empty,OU=Groups,DC=company,DC=org'].map((dn) => entry(dn, { objectClass: 'group' }));

function idle(attribute: string, ...values: string[]): string[] {
  const filters: SelectionFilter[] = [{ include: { attribute, values: values as [string, ...string[]] } }];
  const ldif = { files: ['x'], baseDn: BASE } as const;
  const found = findIdleValues(
    { filters, ldif: { ...ldif, files: ['x'] } },
    { selected, groups },
    buildDirectory(selected, groups),
  );
  return describeIdleValues('office', found).map(factText);
}

describe('a value of a filter that nobody matches', () => {
  it.each([
    ['distinguishedName', `OU=Cure,${BASE}`, 'does the unit exist'],
    ['distinguishedName', `OU=Nursing,${BASE}`, `did you mean OU=Nursing,${CARE}`],
    ['distinguishedName', 'OU=Care,DC=company,DC=org', 'does not lie below baseDn'],
    ['memberOf', 'ZivverUsers', 'no such group'],
    ['memberOf', 'empty', 'exists, but nobody'],
    ['memberOf', 'CN=Zivver Users,OU=Old,DC=company,DC=org', GROUP],
    ['department', 'Cure*', 'no entry has this value'],
  ])('%s %s is told with what is known: %s', (attribute, value, what) => {
    const notes = idle(attribute, value);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(value);
    expect(notes[0]).toContain(what);
  });

  it('is told alone, beside others that somebody matches', () => {
    expect(idle('distinguishedName', CARE, BASE)).toEqual([]);
    expect(idle('memberOf', 'zivver users', 'Nobody')).toHaveLength(1);
    expect(idle('department', 'CA*')).toEqual([]);
  });
});

it('a row of the division table below which nobody is, is told with the unit that may be meant', () => {
  const ou = [`OU=Cure,${BASE}`, `OU=Nursing,${BASE}`, CARE].map((dn, index) => ({ dn, division: `d${index}` }));
  const [first, ...rest] = ou;
  if (first === undefined) throw new Error('no row');
  const units = findIdleUnits({ division: { by: 'ou', ou: [first, ...rest] } }, { selected, groups });
  expect(describeIdleUnits('office', units).map(factText)).toEqual([
    `Source office: nobody is in OU=Cure,${BASE}, which is to be division d0: does the unit exist?`,
    `Source office: nobody is in OU=Nursing,${BASE}, which is to be division d1: did you mean OU=Nursing,${CARE}?`,
  ]);
});
