import { expect, it } from 'vitest';
import { asCalled } from '../../../src/operations/as-called.ts';

const NPX = { npm_command: 'exec', npm_lifecycle_script: "'zivver-gitops' 'plan'" };

it.each<[string, string]>([
  ['Then:\n  zivver-gitops apply', 'Then:\n  npx zivver-gitops apply'],
  ['Choose one of: zivver-gitops history', 'Choose one of: npx zivver-gitops history'],
  ['zivver-gitops --organisation city plan', 'npx zivver-gitops --organisation city plan'],
  ['zivver-gitops restore anna@company.org', 'npx zivver-gitops restore anna@company.org'],
  ['npx zivver-gitops plan', 'npx zivver-gitops plan'],
  ['git switch -c zivver-gitops/set-up-city', 'git switch -c zivver-gitops/set-up-city'],
  ['made by zivver-gitops 1.0.0', 'made by zivver-gitops 1.0.0'],
])('who came with npx reads %j with it', (text, shown) => {
  expect(asCalled(text, NPX)).toBe(shown);
});

it.each<NodeJS.ProcessEnv>([{}, { npm_command: 'exec', npm_lifecycle_script: 'vitest' }, { npm_command: 'test' }])(
  'whoever came otherwise reads it without (%j)',
  (environment) => {
    expect(asCalled('zivver-gitops apply', environment)).toBe('zivver-gitops apply');
  },
);
