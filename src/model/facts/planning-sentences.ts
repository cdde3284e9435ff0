import { andOf, countOf, someOf } from '../text/grammar.ts';
import { joinPhrases, phrase, type Phrase, wordsOf } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

const UNSELECTED = wordsOf('selected by no source; left as it is, since ');

const REFUSAL = { reader: 'text', mailbox: 'text', by: 'text', day: 'text', note: 'text?' } as const;

function notePhrase(note: string | undefined): Phrase {
  return note === undefined ? [] : phrase` (${note})`;
}

/** What a plan leaves, and what its reviewers should know beyond its changes. */
export const PLANNING_SENTENCES = {
  'kept-by-option': sentence({ option: 'text' }, ({ option }) => phrase`${UNSELECTED}${option} is keep`),
  'kept-by-first-plan': sentence({}, () => phrase`${UNSELECTED}a first plan takes nothing away`),
  'waits-for-wave': sentence({}, () => phrase`waits for the next wave: this plan would go beyond a limit with it`),
  'file-removed-by-hand': sentence(
    {},
    () => phrase`somebody removed the desired file without a plan: nobody manages the account, which stays in Zivver`,
  ),
  'refused-twice': sentence(
    { plans: 'texts', why: 'text' },
    ({ plans, why }) => phrase`Zivver refused this in the plans ${andOf(plans)}: ${why}`,
  ),
  'waits-for-open': sentence(
    { observed: 'count', limit: 'count' },
    ({ observed, limit }) =>
      phrase`waits until people have seen the ${countOf(observed, 'account', 'accounts')} that newly keep access (openAccess, at most ${limit}): merge this plan, and the next one has it`,
  ),
  owned: sentence(
    { address: 'text', owner: 'text', reason: 'text' },
    ({ address, owner, reason }) => phrase`${address} is owned by ${owner}: ${reason}`,
  ),
  'owned-in-source': sentence(
    { address: 'text', owner: 'text' },
    ({ address, owner }) => phrase`${address} is owned by ${owner}, by managedBy in Active Directory`,
  ),
  unowned: sentence(
    { addresses: 'texts' },
    ({ addresses }) => phrase`Nobody owns, by owners.yaml or managedBy: ${someOf(addresses, 10, 'and')}.`,
  ),
  'owners-overdue': sentence({ accounts: 'facts', others: 'count' }, ({ accounts, others }) => {
    const more = others === 0 ? [] : phrase` and ${others} more`;
    return phrase`To be looked at again by their owners (owners.yaml): ${joinPhrases(accounts, ', ')}${more}.`;
  }),
  overdue: sentence(
    { account: 'text', owner: 'text', day: 'text' },
    ({ account, owner, day }) => phrase`${account} by ${owner}, since ${day}`,
  ),
  'owners-idle': sentence(
    { accounts: 'texts' },
    ({ accounts }) => phrase`owners.yaml names what is no functional account: ${someOf(accounts, 10, 'and')}.`,
  ),
  'refused-and-given': sentence(
    REFUSAL,
    ({ reader, mailbox, by, day, note }) =>
      phrase`${reader} gets access to ${mailbox} with this plan, and was refused at certification by ${by} on ${day}${notePhrase(note)}.`,
  ),
  'refused-and-kept': sentence(
    REFUSAL,
    ({ reader, mailbox, by, day, note }) =>
      phrase`${reader} can still read ${mailbox}, and was refused at certification by ${by} on ${day}${notePhrase(note)}. Take them out in Active Directory.`,
  ),
  'keys-erased': sentence(
    { addresses: 'texts', why: ['unknown', 'off'] },
    ({ addresses, why }) =>
      phrase`Single sign-on keys that these accounts may have are erased, because ${wordsOf(why === 'off' ? 'sso.enabled is false' : 'no key is known for them')}: ${someOf(addresses, 10, 'and')}. Whoever logs in by single sign-on there cannot any more, until the key is set again.`,
  ),
  'leavers-deleted': sentence(
    { options: 'texts', count: 'count', milder: ['suspend', 'empty'] },
    ({ options, count, milder }) => {
      const are = wordsOf(options.length === 1 ? 'is' : 'are');
      const here = count === 0 ? phrase`none in this plan` : phrase`${count} in this plan`;
      return phrase`${andOf(options)} ${are} set to delete: accounts that leave the source are deleted for ever with all their messages (${here}). ${wordsOf(milder)} can be undone.`;
    },
  ),
  'divisions-unused': sentence({ divisions: 'texts', changes: 'count' }, ({ divisions, changes }) => {
    const [only] = divisions;
    const which =
      divisions.length === 1
        ? phrase`Division ${only ?? ''} is`
        : phrase`${divisions.length} divisions (${someOf(divisions, 5, 'and')}) are`;
    const they = wordsOf(divisions.length === 1 ? 'it does' : 'they do');
    return phrase`${which} not used by any account in Zivver yet. If ${they} not exist there, ${countOf(changes, 'change fails', 'changes fail')}: create the division in Zivver first, with exactly this identifier.`;
  }),
} as const;
