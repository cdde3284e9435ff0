import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import type { MappedFunctional } from '../../../../src/model/mapping/mapped.ts';
import {
  configure,
  desiredFunctional,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedFunctional,
  mappedUser,
} from '../../../support/account-builder.ts';

const names = ['anna', 'bas', 'carla', 'dirk'];

function settleTeam(team: MappedFunctional, memberNames: readonly string[], isManaged = true) {
  const existing = existingFunctional('team', { memberIds: memberNames.map(idFor) });
  return settleAccounts({
    configuration: configure(),
    mapped: {
      accounts: [...names.map((name) => mappedUser(name)), team],
      excluded: [],
      exclusions: [],
      notes: [],
      emptyAttributes: [],
    },
    index: indexOf(...names.map((name) => existingUser(name)), existing),
    baseline: isManaged ? [desiredFunctional('team')] : [],
    bootstrap: false,
  });
}

describe('members whom a group and their own entries tell otherwise', () => {
  const disputed = ['bas', 'carla'].map((name) => ({ address: `${name}@company.org`, key: keyFor(name) }));
  const mapped = mappedFunctional('team', { members: ['anna@company.org'] });
  const team: MappedFunctional = { ...mapped, disputed, membersOpen: fact('members-unread') };

  it('stay members if they are, and become none if they are not; the others follow the source', () => {
    const { settled, open } = settleTeam(team, ['anna', 'bas', 'dirk']);
    expect(settled.at(-1)?.desired).toMatchObject({ members: ['anna@company.org', 'bas@company.org'] });
    expect(open).toMatchObject([
      {
        reason: 'members-disagree',
        address: 'team@company.org',
        value: 'members',
        detail: fact('members-unread'),
      },
    ]);
    expect(open[0]?.keepsAccess).toBe(false);
  });

  it('stay members too where the source agrees on nobody', () => {
    const { settled } = settleTeam({ ...team, people: [], account: { ...team.account, members: [] } }, ['bas']);
    expect(settled.at(-1)?.desired).toMatchObject({ members: ['bas@company.org'] });
  });

  it('are none of a new account', () => {
    const { settled } = settleAccounts({
      configuration: configure(),
      mapped: {
        accounts: [...names.map((name) => mappedUser(name)), team],
        excluded: [],
        exclusions: [],
        notes: [],
        emptyAttributes: [],
      },
      index: indexOf(),
      baseline: [],
      bootstrap: true,
    });
    expect(settled.at(-1)?.desired).toMatchObject({ members: ['anna@company.org'] });
  });
});
