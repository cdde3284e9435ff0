import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { buildAdvice } from '../../../../src/model/plan/advice.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { configure, existingUser, indexOf } from '../../../support/account-builder.ts';
import { buildChange, buildCreation } from '../../../support/plan-builder.ts';

function inDivision(...divisions: string[]): Change[] {
  return divisions.map((division, index) => buildCreation(`p${index}@company.org`, { division }));
}

function advise(changes: Change[], options = ''): readonly string[] {
  const index = indexOf(existingUser('anna', { division: 'care' }), existingUser('bas', { division: null }));
  return buildAdvice(changes, { configuration: configure(options), index }).map(factText);
}

describe('a division', () => {
  it('that an account has already, or none at all, is nothing to warn of', () => {
    expect(advise(inDivision('care', '/'))).toEqual([]);
  });

  it('that no account has may not exist: the changes that need it are counted', () => {
    expect(advise(inDivision('night', 'night', 'care'))).toEqual([
      expect.stringMatching(/^Division night is not used .* 2 changes fail/),
    ]);
  });

  it('is one line of advice, however many there are', () => {
    const [advice, ...others] = advise(inDivision('g', 'f', 'e', 'd', 'c', 'b', 'a', 'g'));
    expect(others).toEqual([]);
    expect(advice).toMatch(/^7 divisions \(g, a, b, c, d and 2 more\) are not used .* 8 changes fail/);
  });
});

describe('deletion', () => {
  it.each([
    ['users: { missing: suspend }', 0],
    ['users: { missing: delete }', 1],
    ['functional: { missing: delete }', 1],
    ['users: { missing: delete }\nfunctional: { missing: delete }', 1],
  ])('with %s is worth %i warnings', (options, count) => {
    expect(advise([], options).length).toBe(count);
  });
});

describe('the single sign-on key', () => {
  const delegates = (address: string, given: Partial<Change> = {}): Change =>
    buildChange({ address, before: { delegates: [] }, after: { delegates: ['anna@company.org'] }, ...given });

  it('that is not sent is erased, and that is told of every account', () => {
    const [advice, ...others] = advise([delegates('bas@company.org', { sealed: false })], 'sso: { enabled: false }');
    expect(others).toEqual([]);
    expect(advice).toMatch(/may have are erased, because sso.enabled is false: bas@company.org\./);
  });

  it('that is sent is told with its change', () => {
    expect(advise([delegates('bas@company.org', { sealed: true })])).toEqual([]);
  });

  it('stays where nothing of its extension is written', () => {
    const renamed = buildChange({ address: 'bas@company.org', before: { fullName: 'b' }, after: { fullName: 'B' } });
    expect(advise([renamed], 'sso: { enabled: false }')).toEqual([]);
  });
});
