import { andOf, countOf, orOf } from '../text/grammar.ts';
import { REFUSED_ALIAS_CURES, REFUSED_ALIAS_WHY, RETRY_ALIASES } from '../ledger/refused-alias-words.ts';
import { joinPhrases, phrase, wordsOf } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

const BEHIND = {
  deleted: 'was deleted',
  unexplained: 'is not found any more',
  disabled: 'is disabled',
  expired: 'has expired',
  moved: 'was moved out of the selection',
  filtered: 'is left out by the query or a filter',
  'address-removed': 'has no address any more',
} as const;

const INACTIVE = { disabled: 'is disabled', expired: 'has expired', unused: 'is not to be used' } as const;

const STATES = { functional: 'functional', active: 'active', suspended: 'suspended' } as const;

const WANTED = { person: 'a person', group: 'a group', mailbox: 'a shared mailbox' } as const;

/** Why an account stays as it is, or is left out, once accounts and entries were compared. */
export const SETTLING_SENTENCES = {
  'also-claimed': sentence(
    { what: 'text', entries: 'texts' },
    ({ what, entries }) => phrase`${what} is also claimed by ${andOf(entries)}`,
  ),
  'key-also-claimed': sentence(
    { entries: 'texts' },
    ({ entries }) => phrase`the account key is also claimed by ${andOf(entries)}`,
  ),
  'inactive-but-claimed': sentence(
    { entry: 'text', state: Object.keys(INACTIVE) as (keyof typeof INACTIVE)[], claim: 'fact' },
    ({ entry, state, claim }) => phrase`its own entry ${entry} ${wordsOf(INACTIVE[state])}, but ${claim}`,
  ),
  'alias-refused': sentence(
    { alias: 'text', plan: 'text', why: Object.keys(REFUSED_ALIAS_WHY) as (keyof typeof REFUSED_ALIAS_WHY)[] },
    ({ alias, plan, why }) =>
      phrase`Zivver refused the alias ${alias} when plan ${plan} was applied: ${wordsOf(REFUSED_ALIAS_WHY[why])}. ${wordsOf(REFUSED_ALIAS_CURES[why])} ${wordsOf(RETRY_ALIASES)}`,
  ),
  'may-be-unread': sentence(
    { place: ['selection', 'domain'] },
    ({ place }) =>
      phrase`found nowhere, but the ${wordsOf(place === 'domain' ? 'domain' : 'source')} has entries whose account key may not be read; one of them may be this account`,
  ),
  malformed: sentence(
    { what: 'text' },
    ({ what }) => phrase`what Zivver sends of this account cannot be read: ${what}`,
  ),
  'unread-has-address': sentence(
    { why: 'fact', entry: 'text', place: ['selection', 'domain'] },
    ({ why, entry, place }) =>
      phrase`${why}. ${entry}${wordsOf(place === 'domain' ? ', which is not selected,' : '')} has the address of this account`,
  ),
  'behind-it': sentence(
    {
      became: Object.keys(BEHIND) as (keyof typeof BEHIND)[],
      entry: 'text?',
      claimant: 'text',
      address: 'text',
    },
    ({ became, entry, claimant, address }) => {
      const isNew = became === 'deleted' || became === 'unexplained';
      const own = wordsOf(isNew ? 'the entry behind this account' : 'its own entry');
      const which = entry === undefined ? [] : phrase` ${entry}`;
      const other = wordsOf(isNew ? 'a new entry' : 'another entry');
      return phrase`${own}${which} ${wordsOf(BEHIND[became])}, and ${other}, ${claimant}, has the address ${address}`;
    },
  ),
  'servers-disagree': sentence(
    { server: 'text', second: 'text', entry: 'text', became: Object.keys(BEHIND) as (keyof typeof BEHIND)[] },
    ({ server, second, entry, became }) =>
      phrase`missing on ${server} (${wordsOf(became)}), but ${second} still selects ${entry}: the domain controllers disagree`,
  ),
  'query-holds': sentence(
    { entry: 'text' },
    ({ entry }) => phrase`${entry} was not selected, and everything that the query asks for holds: read again`,
  ),
  'membership-unread': sentence(
    { entry: 'text', groups: 'texts' },
    ({ entry, groups }) =>
      phrase`memberOf of ${entry} does not have ${orOf(groups)}, but member of the group has the entry. A lost right to read looks like this`,
  ),
  unconfirmed: sentence(
    { whys: 'texts' },
    ({ whys }) => phrase`found nowhere, and no second domain controller confirms it: ${andOf(whys)}`,
  ),
  grace: sentence(
    { since: 'text', until: 'text', days: 'count' },
    ({ since, until, days }) =>
      phrase`found nowhere since ${since}. Planned for suspension if still missing on ${until} (users.unexplainedAfter: ${days}d)`,
  ),
  held: sentence({ address: 'text', holder: 'text', state: ['used', 'suspended'] }, ({ address, holder, state }) => {
    const who = wordsOf(state === 'suspended' ? 'the suspended account ' : '');
    return phrase`${address} belongs to ${who}${holder} in Zivver`;
  }),
  'in-a-circle': sentence(
    { addresses: 'texts' },
    ({ addresses }) =>
      phrase`the source exchanges addresses in a circle: ${joinPhrases(
        addresses.map((address) => phrase`${address}`),
        ' → ',
      )}`,
  ),
  'inactive-without-account': sentence(
    { state: ['disabled', 'expired', 'inactive'] },
    ({ state }) => phrase`the account is ${wordsOf(state)}, and Zivver has none`,
  ),
  'option-off': sentence({ option: 'text' }, ({ option }) => phrase`${option} is false`),
  'reactivation-off': sentence(
    {},
    () => phrase`suspended in Zivver, active in the source, and users.reactivate is false`,
  ),
  'record-contradicts': sentence(
    { address: 'text', recorded: 'text' },
    ({ address, recorded }) =>
      phrase`${address} in Zivver carries its key, but its desired file records the account ${recorded}. Correct the ExternalAccountId in Zivver, or zivverId in the desired file by pull request`,
  ),
  'key-twice': sentence({ addresses: 'texts' }, ({ addresses }) => phrase`${andOf(addresses)} in Zivver carry its key`),
  'key-of-another': sentence(
    { address: 'text' },
    ({ address }) => phrase`${address} in Zivver carries the key of another account`,
  ),
  'address-twice': sentence(
    { address: 'text', count: 'count' },
    ({ address, count }) => phrase`Zivver has ${countOf(count, 'account', 'accounts')} with the address ${address}`,
  ),
  'wrong-kind': sentence(
    { address: 'text', held: ['user', 'functional'], wanted: Object.keys(WANTED) as (keyof typeof WANTED)[] },
    ({ address, held, wanted }) =>
      phrase`${address} is ${wordsOf(held === 'user' ? 'a personal account' : 'a functional account')} in Zivver, but ${wordsOf(WANTED[wanted])} in the source`,
  ),
  doubles: sentence(
    { same: ['address', 'ExternalAccountId'], accounts: 'facts' },
    ({ same, accounts }) =>
      phrase`Zivver has ${countOf(accounts.length, 'account', 'accounts')} with the same ${wordsOf(same)}: ${joinPhrases(accounts, ', ')}. Merge or rename them in Zivver by hand`,
  ),
  double: sentence(
    { address: 'text', state: Object.keys(STATES) as (keyof typeof STATES)[], id: 'text' },
    ({ address, state, id }) => phrase`${address} (${wordsOf(STATES[state])}, id ${id})`,
  ),
  'somebody-else': sentence(
    { address: 'text' },
    ({ address }) =>
      phrase`its key is that of ${address}, but name and address are both others: a number that was given to somebody else looks the same. If it is the same person, change the name or the address of ${address} in Zivver by hand; if not, correct the key`,
  ),
  'on-hold': sentence({ until: 'text', plan: 'text?', reason: 'text' }, ({ until, plan, reason }) => {
    const since = plan === undefined ? [] : phrase` since plan ${plan} was rolled back`;
    return phrase`on hold until ${until}${since} (holds.yaml): ${reason}`;
  }),
  'passes-to': sentence(
    { entry: 'text' },
    ({ entry }) => phrase`its account passes to ${entry}, as handovers in organisation.yaml says`,
  ),
} as const;
