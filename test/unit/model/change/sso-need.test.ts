import { expect, it } from 'vitest';
import type { AccountAttributes, Change } from '../../../../src/model/change/change.ts';
import { needsSsoKey, sendsExtension } from '../../../../src/model/change/sso-need.ts';

it.each<[Change['kind'], AccountAttributes, boolean]>([
  ['user', { aliases: [] }, true],
  ['user', { externalAccountId: 'k' }, true],
  ['user', { delegates: [] }, true],
  ['user', { fullName: 'a', active: false, address: 'a@x', mobile: null, division: '/' }, false],
  ['user', { signOnKey: 'k' }, true],
  ['user', { signOnKey: null }, false],
  ['user', {}, false],
  ['functional', { aliases: [] }, true],
  ['functional', { externalAccountId: 'k' }, true],
  ['functional', { members: [], fullName: 'a' }, false],
  ['functional', { delegates: [] }, false],
])('a write of a %s account that sets %j sends the extension of Zivver: %s', (kind, after, isSent) => {
  expect(sendsExtension(kind, after)).toBe(isSent);
});

it.each<[Change['kind'], Change['action'], AccountAttributes, boolean]>([
  ['user', 'create', {}, true],
  ['user', 'reactivate', { active: true }, true],
  ['user', 'update', { fullName: 'a' }, false],
  ['user', 'update', { aliases: [] }, true],
  ['user', 'suspend', { active: false }, false],
  ['user', 'delete', { aliases: [] }, false],
  ['functional', 'create', { aliases: [] }, false],
  ['functional', 'update', { aliases: [] }, false],
])('of a %s account, %s of %j needs the single sign-on key: %s', (kind, action, after, isNeeded) => {
  expect(needsSsoKey(kind, action, after)).toBe(isNeeded);
});
