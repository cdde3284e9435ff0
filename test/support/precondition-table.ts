import type { ExistingAccount } from '../../src/model/account/account.ts';
import type { Change } from '../../src/model/change/change.ts';
import { addressOf, existingFunctional, existingUser, idFor, keyFor } from './account-builder.ts';
import { buildChange, buildCreation, buildDeletion, buildSuspension } from './plan-builder.ts';

export const anna = addressOf('anna');
export const of = { zivverId: idFor('anna'), key: keyFor('anna') };
/** Somebody whom no change is about. */
export const witness = existingUser('witness');

/** The states in which the apply may find the one account a change is about. */
export const STATES: Readonly<Record<string, readonly ExistingAccount[]>> = {
  before: [existingUser('anna')],
  after: [existingUser('anna', { fullName: 'Anna', aliases: [addressOf('a')] })],
  half: [existingUser('anna', { fullName: 'Anna' })],
  other: [existingUser('anna', { fullName: 'Somebody' })],
  renamed: [existingUser('anna', { address: addressOf('elsewhere') })],
  suspended: [existingUser('anna', { active: false })],
  gone: [witness],
  stranger: [existingUser('stranger', { address: anna })],
  strangerAlias: [existingUser('stranger', { aliases: [anna] })],
  functional: [existingFunctional('stranger', { address: anna })],
  created: [existingUser('anna', { zivverId: 'new', fullName: 'Anna' })],
  createdOther: [existingUser('anna', { zivverId: 'new', fullName: 'Somebody' })],
};

/** One change of every action, about the same account. */
export const CHANGES: Readonly<Record<string, Change>> = {
  create: buildCreation(anna, { fullName: 'Anna', externalAccountId: keyFor('anna') }, { ...of, zivverId: null }),
  update: buildChange({
    address: anna,
    ...of,
    before: { fullName: 'anna', aliases: [] },
    after: { fullName: 'Anna', aliases: [addressOf('a')] },
  }),
  suspend: buildSuspension(anna, of),
  reactivate: buildChange({
    address: anna,
    ...of,
    action: 'reactivate',
    before: { active: false },
    after: { active: true },
  }),
  delete: buildDeletion(anna, { ...of, before: { address: anna, fullName: 'anna', active: true } }),
};

/** Action → state → what the precondition says. */
export const TABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  create: {
    before: 'conflicted',
    after: 'already-applied',
    half: 'already-applied',
    other: 'conflicted',
    renamed: 'ready',
    suspended: 'conflicted',
    gone: 'ready',
    stranger: 'conflicted',
    strangerAlias: 'conflicted',
    functional: 'conflicted',
    created: 'already-applied',
    createdOther: 'conflicted',
  },
  update: {
    before: 'ready',
    after: 'already-applied',
    half: 'ready',
    other: 'conflicted',
    renamed: 'conflicted',
    suspended: 'ready',
    gone: 'conflicted',
    stranger: 'conflicted',
    strangerAlias: 'conflicted',
    functional: 'conflicted',
    created: 'conflicted',
    createdOther: 'conflicted',
  },
  suspend: {
    before: 'ready',
    after: 'ready',
    half: 'ready',
    other: 'ready',
    renamed: 'conflicted',
    suspended: 'already-applied',
    gone: 'conflicted',
    stranger: 'conflicted',
    strangerAlias: 'conflicted',
    functional: 'conflicted',
    created: 'conflicted',
    createdOther: 'conflicted',
  },
  reactivate: {
    before: 'already-applied',
    after: 'already-applied',
    half: 'already-applied',
    other: 'already-applied',
    renamed: 'conflicted',
    suspended: 'ready',
    gone: 'conflicted',
    stranger: 'conflicted',
    strangerAlias: 'conflicted',
    functional: 'conflicted',
    created: 'conflicted',
    createdOther: 'conflicted',
  },
  delete: {
    before: 'ready',
    after: 'conflicted',
    half: 'conflicted',
    other: 'conflicted',
    renamed: 'conflicted',
    suspended: 'conflicted',
    gone: 'already-applied',
    stranger: 'already-applied',
    strangerAlias: 'already-applied',
    functional: 'already-applied',
    created: 'already-applied',
    createdOther: 'already-applied',
  },
};
