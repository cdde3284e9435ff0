import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { configure } from '../../../support/account-builder.ts';
import { group, map, person } from '../../../support/mapping-builder.ts';

describe.each(['include', 'exclude'])('an %s filter on memberOf', (verb) => {
  const configuration = configure('', `    filters: [{ ${verb}: { attribute: memberOf, values: [team] } }]`);
  const people = [person('anna'), person('bas')];
  const team = 'CN=team,OU=Staff,DC=company,DC=org';

  it('leaves everybody as they are in an export where nobody has the attribute', () => {
    const { accounts, excluded } = map({ people, groups: [group('team')], configuration });
    expect(accounts).toEqual([]);
    expect(excluded.map(({ effect, reason, exclusion }) => [effect, reason, exclusion.reason])).toEqual([
      ['held', null, 'lost-rights'],
      ['held', null, 'lost-rights'],
    ]);
    expect(excluded[0]?.exclusion.detail).toEqual(fact('memberships-not-exported'));
  });

  it('decides as soon as somebody has it', () => {
    const some = [person('anna', { memberOf: team }), person('bas')];
    const { accounts, excluded } = map({ people: some, groups: [group('team')], configuration });
    const users = accounts.filter(({ kind }) => kind === 'user');
    expect(users.map(({ account }) => account.fullName)).toEqual([verb === 'include' ? 'anna' : 'bas']);
    expect(excluded.map(({ reason }) => reason)).toContain('filtered');
  });
});
