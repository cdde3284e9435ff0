import type { Change } from '../change/change.ts';
import { effectOf, hasForeignSignOn } from '../change/effect.ts';
import type { AddressMove } from './address-move.ts';
import {
  isListDifference,
  type Difference,
  type ListDifference,
  type Value,
  type ValueAttribute,
} from './difference.ts';
import { countOf } from '../text/grammar.ts';
import { changeOf, joinPhrases, listOf, strong, phrase, valuePhrase, type Phrase } from '../text/phrase.ts';
import type { Pattern, RepeatedChange } from './repetition.ts';
import type { ReviewedChange } from './reviewed-change.ts';

/** Words of ours for an attribute with a single value. */
export const ATTRIBUTE_NAMES: Readonly<Record<ValueAttribute, string>> = {
  address: 'address',
  fullName: 'name',
  active: 'active',
  mobile: 'mobile number',
  division: 'division',
  externalAccountId: 'key in Zivver',
  signOnKey: 'single sign-on key',
};

/** Everything a change does to the attributes, each as a phrase, and what follows from it. */
export function effectPhrases(reviewed: ReviewedChange, sso: boolean): readonly Phrase[] {
  const { change, differences, moves, places } = reviewed;
  const told = differences.filter((difference) => isWorthTelling(change, difference));
  return [
    ...told.flatMap((difference) => differencePhrases(difference, change.action)),
    ...moves.map(movePhrase),
    ...(places.length === 0 ? [] : [phrase`It follows that they can no longer read the mail of: ${listOf(places)}`]),
    ...signOnPhrases(change, sso),
  ];
}

/** A new account may take the address that another one gives up. */
function movePhrase({ moved, from, to }: AddressMove): Phrase {
  if (from === to) return phrase`${moved} passes to another account, which gets its mail`;
  return phrase`${moved} moves from ${from} to ${to}, which gets its mail`;
}

/** What is the same for all accounts of a group. */
export function repeatedPhrase({ patterns, changes }: RepeatedChange): Phrase {
  const count = strong`The same for ${countOf(changes.length, 'account', 'accounts')}:`;
  return phrase`${count} ${joinPhrases(patterns.flatMap(patternPhrases), '; ')}`;
}

function patternPhrases(pattern: Pattern): readonly Phrase[] {
  if (pattern.kind === 'equal') return differencePhrases(pattern.difference, 'update');
  const name: Phrase = [{ style: 'words', text: ATTRIBUTE_NAMES[pattern.attribute] }];
  switch (pattern.kind) {
    case 'appended':
      return [phrase`the ${name} gets ${pattern.text} at its end`];
    case 'prepended':
      return [phrase`the ${name} gets ${pattern.text} at its beginning`];
    case 'filled':
      return [phrase`a ${name} where there was none, each its own`];
    case 'emptied':
      return [phrase`the ${name} goes, each its own`];
  }
}

/** What one attribute loses and gains. */
function differencePhrases(difference: Difference, action: Change['action']): readonly Phrase[] {
  if (isListDifference(difference)) return listPhrases(difference, action);
  const name: Phrase = [{ style: 'words', text: ATTRIBUTE_NAMES[difference.attribute] }];
  if (action === 'create') return [phrase`${name} ${valuePhrase(difference.after)}`];
  if (difference.attribute === 'signOnKey')
    return [phrase`${name} ${changeOf(difference.before, difference.after)}: ${signOnMeaning(difference.after)}`];
  return [phrase`${name} ${changeOf(difference.before, difference.after)}`];
}

function listPhrases({ attribute, added, removed }: ListDifference, action: Change['action']): readonly Phrase[] {
  const isAlias = attribute === 'aliases';
  if (action === 'create') return [isAlias ? phrase`aliases ${listOf(added)}` : phrase`readable by ${listOf(added)}`];
  const gains = isAlias ? phrase`aliases added: ` : phrase`can read its mail from now on: `;
  const losses = isAlias ? phrase`aliases removed: ` : phrase`can no longer read its mail: `;
  return [
    ...(added.length > 0 ? [phrase`${gains}${listOf(added)}`] : []),
    ...(removed.length > 0 ? [phrase`${losses}${listOf(removed)}`] : []),
  ];
}

/** `user` goes without saying. */
export function kindPhrase({ kind }: Pick<Change, 'kind'>): Phrase {
  return kind === 'user' ? [] : phrase`functional account`;
}

/** Not what the action or the headline already says. */
function isWorthTelling({ action }: Change, difference: Difference): boolean {
  if (action === 'update') return true;
  if (difference.attribute === 'active') return false;
  const isHeadline = ['address', 'fullName', 'externalAccountId'].includes(difference.attribute);
  return !isHeadline || action === 'suspend' || action === 'reactivate';
}

function signOnPhrases(change: Change, sso: boolean): readonly Phrase[] {
  const effect = effectOf(change);
  const isNew = effect.fate === 'created' && change.kind === 'user';
  if (isNew) return sso && !change.sealed ? [phrase`no single sign-on key: Zivver makes a temporary password`] : [];
  if (effect.signOn === 'replaced' || effect.signOn === 'lost') return [];
  if (effect.signOn === 'erased' && (sso || hasForeignSignOn(effect)))
    return [phrase`its single sign-on key in Zivver, if it has one, is erased: ${sso ? NO_KEY : SSO_OFF}`];
  if (!hasForeignSignOn(effect)) return [];
  return [phrase`its single sign-on key is set, or replaced if it has one: ${SAME_VALUE}`];
}

function signOnMeaning(after: Value): Phrase {
  return after === null
    ? phrase`it is erased, so that the person cannot log in with it any more: ${SSO_OFF}`
    : SAME_VALUE;
}

const SAME_VALUE = phrase`then it cannot log in until the identity provider sends the same value`;
const NO_KEY = phrase`the source has none for it`;
const SSO_OFF = phrase`sso.enabled is false`;
