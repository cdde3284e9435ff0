import { expect, it } from 'vitest';
import { findSchemaFaults } from '../../../../src/model/schema/validate.ts';

const WHOLE = {
  zivver: { url: 'https://x.org/scim/v2', claimedDomains: ['x.org'] },
  sources: [{ name: 'ad', yaml: { folder: 'a' } }],
};

it.each([
  [{ users: { missing: 'suspnd' } }, 'must be one of suspend, delete, keep: did you mean suspend?'],
  [{ users: { missing: 'disable' } }, 'must be one of suspend, delete, keep, for example missing: suspend'],
  [{ users: { create: 'yes' } }, 'must be true or false (yes and no are text in YAML 1.2)'],
  [{ secrets: { seal: ['sso'] } }, 'must be one of ssoKey, mobile, for example seal: [ssoKey]'],
  [{ limits: { suspend: { share: 101 } } }, 'must be 100 or less'],
  [{ limits: { suspend: { share: 'x' } } }, 'must be a number'],
  [{ protected: ['a@x.org'] }, 'must be keys of its own, below it and indented'],
  [{ protected: { addresses: 'a@x.org' } }, 'must be a list, as [one, two]'],
  [{ approval: { signatures: { minimum: 0 } } }, 'must be 1 or more'],
])('%j: %s', (part, what) => {
  expect(findSchemaFaults('organisation', { ...WHOLE, ...part }).map((fault) => fault.what)).toContain(what);
});

it('what a list must contain is told once, with what the key is for', () => {
  const faults = findSchemaFaults('organisation', { ...WHOLE, secrets: { seal: ['mobile'] } });
  expect(faults).toEqual([
    {
      pointer: '/secrets/seal',
      what: expect.stringMatching(/^misses an entry that it must have \(What plans/) as string,
    },
  ]);
});

it('a value is in no fault', () => {
  const faults = findSchemaFaults('organisation', { ...WHOLE, users: { missing: 'suspendcanary' } });
  expect(JSON.stringify(faults)).not.toContain('canary');
});
