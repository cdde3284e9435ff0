import { andOf, countOf, plural } from '../text/grammar.ts';
import { joinPhrases, phrase, type Phrase } from '../text/phrase.ts';
import { sentence } from './sentence.ts';

/** What a rollback cannot restore, leaves alone, and brings with it. */
export const ROLLBACK_SENTENCES = {
  'deleted-for-ever': sentence(
    { plan: 'text', address: 'text', name: 'text' },
    ({ plan, address, name }) =>
      phrase`Cannot be undone: plan ${plan} deleted ${address} (${name}) for ever, with all its messages.`,
  ),
  'gone-from-zivver': sentence(
    { address: 'text', name: 'text' },
    ({ address, name }) => phrase`Cannot be undone: ${address} (${name}) is no longer in Zivver.`,
  ),
  'not-restored': sentence({ address: 'text', attributes: 'texts' }, ({ address, attributes }) =>
    joinPhrases(
      [
        phrase`Not restored: ${andOf(attributes)} of ${address}.`,
        ...whyUnsendable(attributes),
        phrase`Set ZIVVER_GITOPS_IDENTITY and make it again.`,
      ],
      ' ',
    ),
  ),
  'changed-since': sentence(
    { plan: 'text', address: 'text', attributes: 'texts' },
    ({ plan, address, attributes }) =>
      phrase`Left as it is: ${andOf(attributes)} of ${address}, because somebody changed it since plan ${plan}.`,
  ),
  'suspended-again': sentence(
    { address: 'text', attributes: 'texts' },
    ({ address, attributes }) =>
      phrase`Left as it is: ${andOf(attributes)} of ${address}, because the account is suspended again.`,
  ),
  restores: sentence(
    { plan: 'text' },
    ({ plan }) =>
      phrase`This rollback restores what Zivver had before plan ${plan}. Active Directory was not read for it.`,
  ),
  'created-not-deleted': sentence(
    { plan: 'text', count: 'count' },
    ({ plan, count }) =>
      phrase`${countOf(count, 'account that', 'accounts that')} plan ${plan} created ${plural(count, 'is', 'are')} suspended or emptied, not deleted.`,
  ),
  'never-done': sentence(
    { plan: 'text', count: 'count' },
    ({ plan, count }) =>
      phrase`${countOf(count, 'change', 'changes')} of plan ${plan} ${plural(count, 'was', 'were')} never done, so that nothing is to be undone there.`,
  ),
  'put-on-hold': sentence(
    { count: 'count', until: 'text' },
    ({ count, until }) =>
      phrase`${countOf(count, 'account is', 'accounts are')} on hold until ${until}, so that the next plan does not undo this. They stand in holds.yaml: correct the source before that day, or remove an entry by pull request.`,
  ),
  'not-on-hold': sentence(
    { address: 'text' },
    ({ address }) =>
      phrase`Not on hold: ${address} has no desired file; the next plan treats it again as organisation.yaml says.`,
  ),
  'no-account-any-more': sentence(
    { address: 'text' },
    ({ address }) => phrase`${address} is left out: it has no Zivver account any more`,
  ),
} as const;

function whyUnsendable(attributes: readonly string[]): Phrase[] {
  return [
    ...(attributes.some((name) => name === 'aliases' || name === 'delegates')
      ? [
          phrase`Aliases and delegates go only together with the single sign-on key, which this rollback could not open, or which is made otherwise since.`,
        ]
      : []),
    ...(attributes.includes('signOnKey')
      ? [phrase`Nobody has the single sign-on key of before: a plan with the earlier setting makes it again.`]
      : []),
    ...(attributes.includes('mobile')
      ? [phrase`The earlier mobile number is sealed, and this rollback could not open it.`]
      : []),
  ];
}
