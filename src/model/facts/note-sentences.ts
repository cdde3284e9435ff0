import { andOf, countOf, someOf } from '../text/grammar.ts';
import { joinPhrases, phrase, wordsOf } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

/** What is told once about a reading of the sources, with numbers and the cure. */
export const NOTE_SENTENCES = {
  'shared-mailboxes': sentence({ count: 'count' }, ({ count }) => {
    const are = wordsOf(
      count === 1
        ? 'is treated as a personal account, and since it is disabled it is suspended or gets none'
        : 'are treated as personal accounts, and since they are disabled they are suspended or get none',
    );
    return phrase`${countOf(count, 'shared mailbox', 'shared mailboxes')} ${are}. Set mapping.sharedMailboxes: functional (or exclude) in organisation.yaml.`;
  }),
  'linked-mailboxes': sentence({ count: 'count' }, ({ count }) => {
    const are = wordsOf(
      count === 1
        ? 'belongs to somebody who logs on in another forest; its user here is disabled, so it is suspended or gets none'
        : 'belong to people who log on in another forest; their users here are disabled, so they are suspended or get none',
    );
    return phrase`${countOf(count, 'linked mailbox', 'linked mailboxes')} ${are}. Set mapping.linkedMailboxes: active in organisation.yaml if these people work here.`;
  }),
  landlines: sentence(
    { count: 'count', attributes: 'texts', place: ['directory', 'source'] },
    ({ count, attributes, place }) => {
      const where = wordsOf(place === 'directory' ? 'in Active Directory' : 'in the source');
      return phrase`${countOf(count, 'person has', 'people have')} a landline where a mobile number should be. It is left out, since it cannot receive a login code: correct ${andOf(attributes)} ${where}, or map another attribute (mapping.mobile).`;
    },
  ),
  'remote-mailboxes': sentence({ count: 'count' }, ({ count }) => {
    const whose = wordsOf(count === 1 ? 'its' : 'their');
    return phrase`${countOf(count, 'mailbox is', 'mailboxes are')} in Exchange Online, where msExchDelegateListLink is not updated any more: ${whose} delegates may be out of date. Map delegates from an attribute that is updated, or write mapping.delegates: none.`;
  }),
  'aliases-unclaimed': sentence({ count: 'count', domains: 'facts', others: 'count' }, ({ count, domains, others }) => {
    const are = countOf(count, 'alias is left out, because its', 'aliases are left out, because their');
    const more = others === 0 ? [] : phrase` and more in ${countOf(others, 'other domain', 'other domains')}`;
    return phrase`${are} domain is not claimed: ${joinPhrases(domains, ', ')}${more}. To keep what is in a domain, claim it in Zivver and add it to zivver.claimedDomains.`;
  }),
  'in-domain': sentence({ count: 'count', domain: 'text' }, ({ count, domain }) => phrase`${count} in ${domain}`),
  'delegates-unknown': sentence(
    { source: 'text', attribute: 'text' },
    ({ source, attribute }) =>
      phrase`Source ${source}: ${attribute} is empty everywhere, so delegates in Zivver are left as they are.`,
  ),
  'unit-idle': sentence(
    { source: 'text', unit: 'text', division: 'text', near: 'text?' },
    ({ source, unit, division, near }) => {
      const cure = near === undefined ? phrase`does the unit exist?` : phrase`did you mean ${near}?`;
      return phrase`Source ${source}: nobody is in ${unit}, which is to be division ${division}: ${cure}`;
    },
  ),
  'filter-idle': sentence(
    { source: 'text', verb: ['include', 'exclude'], attribute: 'text', value: 'text', why: 'fact' },
    ({ source, verb, attribute, value, why }) =>
      phrase`Source ${source}: nobody matches ${value} of the ${wordsOf(verb)} filter on ${attribute}: ${why}`,
  ),
  'not-below-base': sentence({ base: 'text' }, ({ base }) => phrase`it does not lie below baseDn ${base}.`),
  'unit-empty': sentence({ near: 'text?' }, ({ near }) =>
    near === undefined
      ? phrase`no entry is in it, does the unit exist?`
      : phrase`no entry is in it, did you mean ${near}?`,
  ),
  'value-unknown': sentence({}, () => phrase`no entry has this value.`),
  'group-unknown': sentence({}, () => phrase`no such group can be seen, is it written as in the directory?`),
  'group-unselected': sentence(
    { group: 'text' },
    ({ group }) => phrase`the group ${group} exists, but nobody who is selected is in it.`,
  ),
  'filters-left-out': sentence(
    { count: 'count' },
    ({ count }) => phrase`Filters left out ${countOf(count, 'entry', 'entries')}.`,
  ),
  'files-removed': sentence(
    { addresses: 'texts' },
    ({ addresses }) =>
      phrase`Without an account in Zivver, so that ${wordsOf(addresses.length === 1 ? 'its desired file is' : 'their desired files are')} removed: ${someOf(addresses, 50, 'and')}.`,
  ),
  'handover-waits': sentence(
    { from: 'text', to: 'text' },
    ({ from, to }) => phrase`The hand-over of ${from} to ${to} waits: no source has an entry with the second key.`,
  ),
  'handover-in-use': sentence(
    { from: 'text', to: 'text', entry: 'text' },
    ({ from, to, entry }) =>
      phrase`The hand-over of ${from} to ${to} is not carried out: ${entry} has the first key and is in use.`,
  ),
  'former-key-idle': sentence(
    {},
    () => phrase`mapping.formerAccountKey is no longer needed: no account has a key of it any more. Remove the line.`,
  ),
  'keys-changed': sentence(
    { count: 'count' },
    ({ count }) =>
      phrase`${countOf(count, 'account gets', 'accounts get')} another key, because accountKey changed: each entry has both, so it stays the account of the same person, and nothing is written to Zivver. What else the source wants of them comes in the plan after this one.`,
  ),
  'keys-untold': sentence(
    { count: 'count' },
    ({ count }) =>
      phrase`${countOf(count, 'single sign-on key was', 'single sign-on keys were')} last sent with an organisation.yaml that this version cannot read, so that nobody can say how. If sso or the mapping has changed since, they are not replaced: whoever cannot log in needs a change of aliases, delegates or state.`,
  ),
  'leaving-soon': sentence(
    { count: 'count', days: 'count', people: 'facts', others: 'count' },
    ({ count, days, people, others }) => {
      const more = others === 0 ? [] : phrase` and ${countOf(others, 'other', 'others')}`;
      return phrase`${countOf(count, 'person leaves', 'people leave')} within ${countOf(days, 'day', 'days')}, by accountExpires: ${joinPhrases(people, ', ')}${more}. This plan does nothing about them.`;
    },
  ),
  'leaves-on': sentence({ address: 'text', day: 'text' }, ({ address, day }) => phrase`${address} (${day})`),
  'kept-by-hold': sentence(
    { holds: 'facts' },
    ({ holds }) => phrase`Kept active by a hold although the source says otherwise: ${joinPhrases(holds, ', ')}.`,
  ),
  until: sentence({ address: 'text', day: 'text' }, ({ address, day }) => phrase`${address} (until ${day})`),
  'hold-ends': sentence(
    { address: 'text', day: 'text', days: 'count' },
    ({ address, day, days }) =>
      phrase`The hold of ${address} ends on ${day}, in ${countOf(days, 'day', 'days')}: from then on the source decides.`,
  ),
  pilot: sentence({ count: 'count', others: 'count' }, ({ count, others }) => {
    const chosen = countOf(count, 'chosen address', 'chosen addresses');
    const rest = wordsOf(
      others === 1 ? 'is left out of it and stays as it is' : 'are left out of it and stay as they are',
    );
    return phrase`This plan is about ${chosen} only (--only): ${countOf(others, 'other account', 'other accounts')} of the source and the branch ${rest}.`;
  }),
} as const;
