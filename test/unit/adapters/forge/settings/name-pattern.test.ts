import { expect, test } from 'vitest';
import { isMeant } from '../../../../../src/adapters/forge/settings/name-pattern.ts';

test.each([
  ['main', 'main', true],
  ['main', 'Main', false],
  ['main', '*', true],
  ['main', 'ma*', true],
  ['main', '*in', true],
  ['main', 'm*a*n', true],
  ['main', 'main*', true],
  ['main', '*main', true],
  ['main', 'mai*ain', false],
  ['main', 'm*x*n', false],
  ['mainly', 'main', false],
  ['zivver-gitops/city/0001', 'zivver-gitops/*', true],
  ['zivver-gitops', 'zivver-gitops/*', false],
  ['main', '', false],
  ['m.in', 'm*in', true],
  ['main', 'm.in', false],
])('%s is meant by %s: %s', (name, pattern, meant) => {
  expect(isMeant(name, pattern)).toBe(meant);
});
