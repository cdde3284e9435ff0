import { describe, expect, it } from 'vitest';
import { buildChange as addId, type Change, type ChangeContent } from '../../../../src/model/change/change.ts';
import { findContradictions, verifyChanges } from '../../../../src/model/change/verify-changes.ts';
import { findSchemaFaults } from '../../../../src/model/schema/validate.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildPlan,
  buildSuspension,
  type ChangeParts,
} from '../../../support/plan-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const address = 'anna@company.org';
const KEY = { before: { signOnKey: 'objectGUID as base64' }, after: { signOnKey: 'objectGUID as guid' } };
const NAMES = { before: { fullName: 'Anna' }, after: { fullName: 'Ann' } };

function update(parts: Partial<ChangeParts> = {}): Change {
  return buildChange({ address, fullName: 'Anna', ...NAMES, ...parts });
}

function reactivation(parts: Partial<ChangeParts> = {}): Change {
  const states = { before: { active: false }, after: { active: true } };
  return buildChange({ address, action: 'reactivate', reason: 'returned', ...states, ...parts });
}

const VALID: Readonly<Record<string, Change>> = {
  create: buildCreation(address),
  'create of a functional account': buildCreation(address, { members: ['b@company.org'] }, { kind: 'functional' }),
  update: update(),
  'update of a single sign-on key': update({ ...KEY, reason: 'sign-on', sealed: true }),
  'update that erases one': update({
    before: { ...KEY.before, aliases: [] },
    after: { signOnKey: null, aliases: ['a@company.org'] },
  }),
  suspend: buildSuspension(address),
  'suspend that gives an alias up': buildSuspension(address, {
    before: { active: true, aliases: ['a@company.org', 'b@company.org'] },
    after: { active: false, aliases: ['a@company.org'] },
  }),
  reactivate: reactivation({ sealed: true }),
  delete: buildDeletion(address),
};

function emptied() {
  return { before: { members: ['b@x'] }, after: { members: [] } };
}

function isRefused(change: Change): boolean {
  const faults = findSchemaFaults('plan', buildPlan({ changes: [change] }));
  return faults.length > 0 || findContradictions(change).length > 0;
}

describe('a change', () => {
  it.each(Object.entries(VALID))('that is a whole %s holds together', (_name, change) => {
    expect(findSchemaFaults('plan', buildPlan({ changes: [change] }))).toEqual([]);
    expect(findContradictions(change)).toEqual([]);
  });

  it.each<[string, Change]>([
    ['an update that suspends', update({ before: { active: true }, after: { active: false } })],
    ['an update that suspends beside a name', update({ before: { fullName: 'Anna', active: true } })],
    ['an update of nothing', update({ before: {}, after: {} })],
    ['a reactivation that suspends', reactivation({ before: { active: true }, after: { active: false } })],
    ['a reactivation of somebody active', reactivation({ before: { active: true }, after: { active: true } })],
    ['a suspension that renames a person', buildSuspension(address, { before: { active: true, fullName: 'A' } })],
    ['a suspension of a functional account', buildSuspension(address, { kind: 'functional' })],
    [
      'a suspension that takes an alias',
      buildSuspension(address, {
        before: { active: true, aliases: [] },
        after: { active: false, aliases: ['b@company.org'] },
      }),
    ],
    ['a creation of an account that exists', buildCreation(address, {}, { zivverId: 'z' })],
    ['a creation with a past', buildCreation(address, {}, { before: { fullName: 'Anna' } })],
    ['a creation of somebody inactive', buildCreation(address, { active: false })],
    ['a creation with the key of another', buildCreation(address, { externalAccountId: 'other' })],
    ['a creation at another address', buildCreation(address, { address: 'b@company.org' })],
    ['a creation under another name', buildCreation(address, { fullName: 'Somebody Else' })],
    ['a creation for no reason of its own', buildCreation(address, {}, { reason: 'attributes' })],
    ['a deletion that changes something first', buildDeletion(address, { after: { fullName: 'x' } })],
    ['a deletion that does not say what is lost', buildDeletion(address, { before: {} })],
    [
      'a deletion of another address',
      buildDeletion(address, { before: { address: 'b@x', fullName: 'A', active: true } }),
    ],
    ['an update without an account', update({ zivverId: null })],
    ['an update without a key', update({ key: null })],
    [
      'an update that writes a key which is not its own',
      update({ before: { externalAccountId: null }, after: { externalAccountId: 'k' } }),
    ],
    ['an update with another address before it', update({ before: { address: 'b@x' }, after: { address: 'c@x' } })],
    ['an update with another name before it', update({ before: { fullName: 'Bert' } })],
    ['an update of one side only', update({ before: { fullName: 'Anna', mobile: null } })],
    ['an update to the same value', update({ after: { fullName: 'Anna' } })],
    ['a person with members', update({ before: { members: [] }, after: { members: ['b@x'] } })],
    [
      'a functional account with delegates',
      update({ kind: 'functional', before: { delegates: [] }, after: { delegates: ['b@x'] } }),
    ],
    ['an absence that changes a name', update({ reason: 'unexplained' })],
    ['a list out of order', update({ before: { aliases: [] }, after: { aliases: ['b@x', 'a@x'] } })],
    ['a list with a double', update({ before: { aliases: [] }, after: { aliases: ['b@x', 'b@x'] } })],
    ['an address in upper case', update({ before: { aliases: [] }, after: { aliases: ['B@x'] } })],
    ['a key replaced by none', update({ ...KEY, reason: 'sign-on' })],
    ['a key replaced by the same', update({ before: KEY.before, after: KEY.before, sealed: true })],
    ['a key erased by nothing', update({ before: KEY.before, after: { signOnKey: null } })],
    ['another key for no key', update({ reason: 'sign-on' })],
    ['a key of a functional account', update({ ...KEY, kind: 'functional', sealed: true })],
    ['a key sealed for nothing', update({ sealed: true })],
    ['the id of another change', { ...update(), id: '0123456789' }],
    ['a claim of the old format', { ...update(), irreversible: false } as unknown as Change],
  ])('that is %s is refused', (_name, change) => {
    expect(isRefused(change)).toBe(true);
  });

  const box = (parts: Partial<ChangeParts>) => update({ kind: 'functional', ...parts });
  const STATELESS = 'a new user is active, a functional account has no state';
  const ABSENCE = 'an absence empties a functional account and changes nothing else';
  const lone = (name: string) => `${name} stands only before or only after it`;

  it.each<[string, Change, readonly string[]]>([
    ['a creation of somebody inactive', buildCreation(address, { active: false }), [STATELESS]],
    [
      'a functional account with a state',
      buildCreation(address, { active: true }, { kind: 'functional' }),
      [STATELESS],
    ],
    [
      'a person who had members',
      update({ before: { members: ['b@x'] }, after: {} }),
      ['a user account has no members', lone('members')],
    ],
    [
      'a person who gets members',
      update({ before: {}, after: { members: ['b@x'] } }),
      ['a user account has no members', lone('members')],
    ],
    [
      'a functional account with a number and delegates',
      box({ before: { delegates: [] }, after: { mobile: '1' } }),
      [
        'a functional account has no delegates',
        'a functional account has no mobile',
        lone('mobile'),
        lone('delegates'),
      ],
    ],
    ['a value before only', update({ before: { fullName: 'Anna', mobile: '1' } }), [lone('mobile')]],
    ['a value after only', update({ after: { fullName: 'Ann', mobile: '1' } }), [lone('mobile')]],
    ['an update to the same', update({ after: { fullName: 'Anna' } }), ['fullName is the same before and after it']],
    ['an absence that empties', box({ reason: 'unexplained', ...emptied() }), []],
    ['an absence of a person that changes a name', update({ reason: 'unexplained' }), [ABSENCE]],
    ['an absence that changes a name', box({ reason: 'unexplained' }), [ABSENCE]],
    [
      'an absence that takes some of the members',
      box({ reason: 'unexplained', before: { members: ['a@x', 'b@x'] }, after: { members: ['b@x'] } }),
      [ABSENCE],
    ],
    [
      'an absence that empties and renames',
      box({
        reason: 'unexplained',
        before: { ...NAMES.before, ...emptied().before },
        after: { ...NAMES.after, ...emptied().after },
      }),
      [ABSENCE],
    ],
    [
      'an absence that empties a person',
      update({ reason: 'unexplained', ...emptied() }),
      ['a user account has no members', ABSENCE],
    ],
    ['a double', update({ before: { aliases: [] }, after: { aliases: ['b@x', 'b@x'] } }), ['a list is not in order']],
    ['a key sealed for nothing', update({ sealed: true }), ['nothing in it needs a single sign-on key']],
    ['a key replaced by none', update({ ...KEY }), ['it replaces a single sign-on key and sends none']],
    ['no key for the reason', update({ reason: 'sign-on' }), ['it is about no single sign-on key']],
  ])('that is %s is told what is wrong, and nothing else', (_name, change, faults) => {
    const where = `change ${change.id}`;
    expect(findContradictions(change)).toEqual(faults.map((what) => ({ where, what })));
  });

  it('has an id that follows from each part of what it does', () => {
    const parts: Partial<ChangeContent>[] = [
      { action: 'reactivate' },
      { kind: 'functional' },
      { key: 'other' },
      { zivverId: 'other' },
      { address: 'other@company.org' },
      { before: { fullName: 'other' } },
      { after: { fullName: 'other' } },
    ];
    const { id: _id, ...content } = update();
    const ids = [update(), ...parts.map((part) => addId({ ...content, ...part } as ChangeContent))].map(({ id }) => id);
    expect(new Set(ids).size).toBe(parts.length + 1);
  });
});

describe('the changes of a plan', () => {
  const other = { address: 'bert@company.org', fullName: 'Anna' };

  it('may pass an address from one account to another', () => {
    const gives = update({ before: { aliases: ['team@company.org'] }, after: { aliases: [] } });
    const takes = update({ ...other, before: { aliases: [] }, after: { aliases: ['team@company.org'] } });
    expect(() => verifyChanges([gives, takes], 'plan.json')).not.toThrow();
  });

  it('may create as many accounts as they like, none of which has an id in Zivver yet', () => {
    expect(() => verifyChanges([buildCreation('a@x'), buildCreation('b@x')], 'plan.json')).not.toThrow();
  });

  it.each<[string, Change[], string]>([
    ['an id', [update(), update()], 'another change has the same id'],
    [
      'an account',
      [update(), update({ ...other, zivverId: update().zivverId })],
      'another change is about the same account',
    ],
    ['a key', [update(), update({ ...other, key: update().key })], 'another change has the same key'],
    [
      'the address of an account',
      [update(), update({ key: 'k', zivverId: 'z' })],
      'another change names the same address as its account',
    ],
    [
      'a claimed address',
      [
        update({ before: { aliases: [] }, after: { aliases: ['team@company.org'] } }),
        update({ ...other, before: { aliases: [] }, after: { aliases: ['team@company.org'] } }),
      ],
      'another change takes the same address',
    ],
    [
      'a new address',
      [buildCreation('x@company.org'), update({ before: { aliases: [] }, after: { aliases: ['x@company.org'] } })],
      'another change takes the same address',
    ],
  ])('do not share %s', async (_name, changes, what) => {
    const { code, problems } = await refusalOf(() => verifyChanges(changes, 'plan.json'));
    expect(code).toBe('PLAN_CONTRADICTORY');
    expect(problems.map((problem) => problem.what)).toContain(what);
  });
});
