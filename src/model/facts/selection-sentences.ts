import { someOf } from '../text/grammar.ts';
import { phrase, wordsOf } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

const NO_PEOPLE = {
  computer: 'a computer account',
  contact: 'a contact',
  'other-class': 'not of the class user',
} as const;

const MAILBOXES = {
  shared: 'a shared mailbox',
  room: 'a room',
  equipment: 'equipment',
  system: 'a mailbox of Exchange itself',
} as const;

/** Why an entry is not one of the people whom an organisation wants accounts for. */
export const SELECTION_SENTENCES = {
  'not-a-person': sentence(
    { what: Object.keys(NO_PEOPLE) as (keyof typeof NO_PEOPLE)[] },
    ({ what }) => phrase`${wordsOf(NO_PEOPLE[what])}`,
  ),
  'not-included': sentence(
    { attribute: 'text', why: 'fact' },
    ({ attribute, why }) => phrase`not in the include filter on ${attribute}: ${why}`,
  ),
  'excluded-by': sentence(
    { attribute: 'text', why: 'fact' },
    ({ attribute, why }) => phrase`in the exclude filter on ${attribute}: ${why}`,
  ),
  'group-filtered': sentence({ why: 'fact' }, ({ why }) => phrase`group ${why}`),
  'not-member-of': sentence(
    { groups: 'texts' },
    ({ groups }) => phrase`it is not, or no longer, a member of ${someOf(groups, 5, 'or')}`,
  ),
  'not-under': sentence({ units: 'texts' }, ({ units }) => phrase`it is not under ${someOf(units, 5, 'or')}`),
  'has-none': sentence(
    { wanted: 'texts' },
    ({ wanted }) => phrase`it has no value, wanted is ${someOf(wanted, 5, 'or')}`,
  ),
  'has-other': sentence(
    { held: 'texts', wanted: 'texts' },
    ({ held, wanted }) => phrase`it has ${someOf(held, 5, 'and')}, wanted is ${someOf(wanted, 5, 'or')}`,
  ),
  'member-of': sentence({ groups: 'texts' }, ({ groups }) => phrase`it is a member of ${someOf(groups, 5, 'and')}`),
  under: sentence({ units: 'texts' }, ({ units }) => phrase`it is under ${someOf(units, 5, 'and')}`),
  has: sentence({ values: 'texts' }, ({ values }) => phrase`it has ${someOf(values, 5, 'and')}`),
  'made-twice': sentence(
    {},
    () =>
      phrase`one of two entries of the same name, which two domain controllers made at once (CNF). Delete it or rename it`,
  ),
  mailbox: sentence({ use: Object.keys(MAILBOXES) as (keyof typeof MAILBOXES)[], type: 'text?' }, ({ use, type }) => {
    const mark = type === undefined ? [] : phrase` (msExchRecipientTypeDetails is ${type})`;
    return phrase`${wordsOf(MAILBOXES[use])}${mark}`;
  }),
  'memberships-not-exported': sentence(
    {},
    () =>
      phrase`no entry in the files has memberOf, so nobody can tell whom the filter on memberOf leaves in. Export the attribute, or remove the filter`,
  ),
} as const;
