import { expect, it } from 'vitest';
import { buildPopulation } from '../../support/ad-lab/population/population.ts';

const population = buildPopulation('seed', 3000);
const entries = [...population.people, ...population.groups, ...population.contacts, ...population.computers];

function findRepeated(values: readonly (string | undefined)[]): unknown[] {
  const folded = values.map((value) => value?.toLowerCase());
  return folded.filter((value, position) => folded.indexOf(value) !== position);
}

it('the same seed and size give the same population', () => {
  expect(buildPopulation('seed', 3000)).toEqual(population);
});

it('another seed gives other people', () => {
  const other = buildPopulation('other seed', 3000);
  expect(other.people.map((person) => person.dn)).not.toEqual(population.people.map((person) => person.dn));
});

it('there are as many people as asked for, and fewer than 100 are refused', () => {
  expect(population.people).toHaveLength(3000);
  expect(() => buildPopulation('seed', 99)).toThrow(RangeError);
});

it('no DN, objectGUID or account name is used twice', () => {
  expect(findRepeated(entries.map((entry) => entry.dn))).toEqual([]);
  expect(findRepeated(entries.map((entry) => entry.guid))).toEqual([]);
  const logins = entries.flatMap((entry) => entry.attributes['sAMAccountName'] ?? []);
  expect(findRepeated(logins)).toEqual([]);
  expect(logins.filter((login) => login.length > 20 && !login.startsWith('group'))).toEqual([]);
});

it('a primary address is used twice only where that is the point', () => {
  expect(findRepeated(population.people.flatMap((person) => person.primary ?? []))).toEqual(['twins@company.org']);
});

it('common names keep to the 64 characters of the schema', () => {
  const names = entries.map(
    (entry) => /^CN=((?:\\.|[^\\,])*)/s.exec(entry.dn)?.[1]?.replace(/\\(?:3[BD]|.)/gs, 'x') ?? '',
  );
  expect(names.filter((name) => name.length === 0 || [...name].length > 64)).toEqual([]);
});
