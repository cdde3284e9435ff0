import { expect, test } from 'vitest';
import { formatPath } from '../../../../src/adapters/zivver/scim-path.ts';

test('an account has its own path, and an id cannot lead out of it', () => {
  expect(formatPath('user', 'a/../b')).toBe('/Users/a%2F..%2Fb');
  expect(formatPath('functional')).toBe('/Groups');
});

test('an empty id never becomes the path of all accounts', () => {
  for (const id of ['', '.', '..']) expect(() => formatPath('user', id)).toThrow('is the id of no account');
});
