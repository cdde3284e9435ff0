import { describe, expect, it } from 'vitest';
import {
  buildCreateChange,
  buildDeleteChange,
  buildExistingChange,
  changeIdOf,
  isSameValue,
  touchedAttributes,
  type AccountAttributes,
  type Attribute,
} from '../../../../src/model/change/change.ts';
import { buildChange, buildCreation, buildDeletion } from '../../../support/plan-builder.ts';

it.each<[AccountAttributes, AccountAttributes, string]>([
  [{}, { fullName: 'b' }, 'update'],
  [{ active: false }, { active: true, fullName: 'b' }, 'reactivate'],
  [{ active: true }, { active: false }, 'suspend'],
])('what changes from %j to %j is a change of the kind %s, with the id of its content', (before, after, action) => {
  const { id: _id, action: _action, before: _before, after: _after, ...content } = buildChange({ address: 'a@x' });
  const change = buildExistingChange(content as Parameters<typeof buildExistingChange>[0], { before, after });
  expect(change).toMatchObject({ ...content, action, before, after });
  expect(change.id).toBe(changeIdOf(change));
  expect(change.id).toMatch(/^[0-9a-f]{10}$/);
});

it('a creation has no past and no id in Zivver, a deletion no future and nothing sealed', () => {
  const { id: _id, action: _action, zivverId: _zivverId, before: _before, ...content } = buildCreation('a@x');
  const created = buildCreateChange(content as unknown as Parameters<typeof buildCreateChange>[0]);
  expect(created).toEqual(buildCreation('a@x'));
  expect(created).toMatchObject({ action: 'create', zivverId: null, before: {} });
  const { id: _other, action: _delete, after: _after, sealed: _sealed, ...rest } = buildDeletion('a@x');
  const deleted = buildDeleteChange(rest as unknown as Parameters<typeof buildDeleteChange>[0]);
  expect(deleted).toEqual(buildDeletion('a@x'));
  expect(deleted).toMatchObject({ action: 'delete', after: {}, sealed: false });
});

it('attributes are touched that stand before or after, in the order in which people read them', () => {
  const pair = { before: { members: [], address: 'a@x' }, after: { fullName: 'b', address: 'b@x', mobile: null } };
  expect(touchedAttributes(pair)).toEqual(['address', 'fullName', 'mobile', 'members']);
  expect(touchedAttributes({ before: {}, after: {} })).toEqual([]);
});

describe('two values', () => {
  type Value = AccountAttributes[Attribute];
  it.each<[Value, Value, boolean]>([
    ['a', 'a', true],
    ['a', 'b', false],
    [null, null, true],
    [null, undefined, false],
    [[], [], true],
    [['a', 'b'], ['a', 'b'], true],
    [['a', 'b'], ['a', 'c'], false],
    [['a', 'b'], ['c', 'b'], false],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [[], undefined, false],
    ['a', ['a'], false],
    [['a'], 'a', false],
  ])('%j and %j are the same: %s', (one, other, isSame) => {
    expect(isSameValue(one, other)).toBe(isSame);
  });
});
