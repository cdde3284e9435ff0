import { factPhrase } from '../facts/fact.ts';
import type { OpenLine } from '../desired/open-file.ts';
import type { OpenAccount, OpenReason } from '../schema/generated/plan.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';

/** Words of ours for why an account stays as it is, safe in HTML and in headings. */
export const OPEN_NAMES: Readonly<Record<OpenReason, string>> = {
  claimed: 'another entry in use claims its address',
  remade: 'the entry behind it is gone, and a new one has its address',
  'another-person': 'name and address change at once, so it may be somebody else',
  ambiguous: 'claimed by several entries',
  'address-held': 'its address belongs to another account',
  'alias-held': 'its alias belongs to another account',
  'alias-refused': 'Zivver refused its alias',
  'refused-twice': 'Zivver refused its change twice',
  'circular-addresses': 'addresses are exchanged in a circle',
  malformed: 'Zivver sends it in a form that cannot be read',
  'wrong-kind': 'the account in Zivver is of the other kind',
  'lost-rights': 'an attribute looks unreadable rather than empty',
  'no-key': 'its account key cannot be read',
  'unknown-state': 'nobody can tell whether it is in use',
  'no-name': 'it has no usable name',
  'no-address': 'it has no usable address',
  'unclaimed-address': 'its address is in a domain that is not claimed',
  unreadable: 'found nowhere, but some entries cannot be read',
  'servers-disagree': 'domain controllers disagree',
  unconfirmed: 'no second domain controller confirms that it is gone',
  grace: 'found nowhere, not long enough for a suspension',
  'on-hold': 'on hold',
  'members-disagree': 'nobody can say for sure who its members are',
  waiting: 'its change waits',
};

/** The account, what is open about it, and since when. */
export function openHeadline(open: OpenAccount): Phrase {
  const { address, entry, fullName, value, reason, isNew, since, kind } = open;
  const name = [...(fullName === null ? [] : [phrase`${fullName}`]), phrase`${address ?? entry ?? '?'}`];
  const about = value === null || value === address ? [] : [phrase`only ${value}`];
  const parts = [
    strong`${joinPhrases(name, ' · ')}`,
    ...(kind === 'user' ? [] : [phrase`functional account`]),
    ...about,
    wordsOf(OPEN_NAMES[reason]),
    isNew ? strong`new` : phrase`since ${wordsOf(since)}`,
  ];
  return joinPhrases(parts, ' · ');
}

/** What was seen, and what people can do about it. */
export function openDetails(open: OpenAccount): readonly Phrase[] {
  return [factPhrase(open.detail), phrase`Cure: ${curePhrase(open)}`];
}

function curePhrase(open: OpenAccount): Phrase {
  switch (open.reason) {
    case 'claimed':
    case 'remade':
      return handoverPhrase(open);
    case 'another-person':
      return phrase`correct the key in the source; if it is the same person, correct the name or the address first.`;
    case 'ambiguous':
      return phrase`leave it to one of the entries in the source.`;
    case 'address-held':
      return phrase`free the address in Zivver, or give the entry another one.`;
    case 'alias-held':
      return phrase`take the alias from that account in Zivver, or from this entry in the source.`;
    case 'alias-refused':
      return phrase`as told above; then zivver-gitops plan --retry-aliases.`;
    case 'refused-twice':
      return phrase`correct the cause, then zivver-gitops plan --retry-failed; a change that wants something else is tried at once.`;
    case 'circular-addresses':
      return phrase`two steps: give one of them an address in the source that nobody has, merge and apply that plan; then give it its last address.`;
    case 'wrong-kind':
      return phrase`change the type of the account in Zivver by hand.`;
    case 'malformed':
      return phrase`look at the account in Zivver; if nothing is wrong with it there, report it to Zivver.`;
    case 'lost-rights':
      return phrase`let the service account read the attribute, or export it.`;
    case 'no-key':
      return phrase`let the service account read the attribute of the account key, or fill it.`;
    case 'unknown-state':
    case 'no-name':
    case 'no-address':
    case 'unclaimed-address':
      return phrase`correct the entry in the source.`;
    case 'unreadable':
      return phrase`first make the account keys of all entries readable (doctor, attributes).`;
    case 'servers-disagree':
    case 'unconfirmed':
      return phrase`look at the replication of the domain controllers (repadmin /showrepl).`;
    case 'grace':
      return phrase`none needed: it is planned for suspension when the days are over.`;
    case 'on-hold':
      return phrase`remove it from holds.yaml by pull request to end the hold earlier.`;
    case 'members-disagree':
      return phrase`let the service account read memberOf of people and member of groups, or export both at once; else correct the group.`;
    case 'waiting':
      return phrase`merge this plan if its open accounts are right; the next one has the change.`;
  }
}

function handoverPhrase({ key, kind, claimant }: OpenAccount): Phrase {
  const other = phrase`give one of the entries another address in the source`;
  if (key === null || claimant === null) return phrase`${other}.`;
  const line = phrase`{ from: ${key}, to: ${claimant.key}, reason: "…" }`;
  const isMeant =
    kind === 'user'
      ? phrase`if ${claimant.entry} shall read this mail from now on`
      : phrase`if ${claimant.entry} shall go on with this account and its mail`;
  return phrase`${isMeant}, add under handovers in organisation.yaml: ${line}; if not, ${other}.`;
}

/** For the top of a review; null if nothing is open. */
export function openSummary(open: readonly OpenAccount[], count: number): Phrase | null {
  if (open.length === 0) return null;
  const keeping = open.filter(({ keepsAccess }) => keepsAccess);
  const others = count - new Set(keeping.map(({ key, address }) => key ?? address)).size;
  const more = countOf(others, 'account or entry stays as it is.', 'accounts or entries stay as they are.');
  if (keeping.length === 0) return phrase`${more} See below.`;
  const fresh = keeping.filter(({ isNew }) => isNew).length;
  const names = keeping
    .slice(0, NAMED)
    .map(({ address, reason }) => phrase`${address ?? '?'} (${wordsOf(OPEN_NAMES[reason])})`);
  const rest = keeping.length > NAMED ? phrase` and ${keeping.length - NAMED} more` : [];
  const head = strong`${countOf(keeping.length, 'account keeps', 'accounts keep')} access although the source does not say so, ${fresh === 0 ? phrase`none of them` : phrase`${fresh}`} new:`;
  const tail = others > 0 ? phrase` Beside them ${more}` : [];
  return phrase`${head} ${joinPhrases(names, ', ')}${rest}.${tail}`;
}

/** What open.yaml of the branch says, in one sentence. */
export function openLinesPhrase(lines: readonly OpenLine[]): Phrase {
  const keeping = lines.filter(({ keepsAccess }) => keepsAccess);
  const subjects = new Set(lines.map(({ key, address }) => (key === '' ? address : key))).size;
  const accounts = countOf(subjects, 'account stays as it is', 'accounts stay as they are');
  if (keeping.length === 0) return phrase`${accounts} (open.yaml)`;
  const named = joinPhrases(keeping.slice(0, NAMED).map(openLinePhrase), ', ');
  const rest = keeping.length > NAMED ? phrase` and ${keeping.length - NAMED} more` : [];
  const count = countOf(keeping.length, 'keeps', 'keep');
  return strong`${accounts}; ${count} access although the source does not say so: ${named}${rest}`;
}

export function openLinePhrase({ address, reason, since, value }: OpenLine): Phrase {
  const only = value === undefined ? [] : phrase`, only ${value}`;
  return phrase`${address}${only} (${wordsOf(openReasonWords(reason))}, since ${since})`;
}

/** Of a reason as open.yaml has it, which another version may have written. */
export function openReasonWords(reason: string): string {
  return (OPEN_NAMES as Readonly<Record<string, string>>)[reason] ?? reason;
}

/** So many are named at the top. */
const NAMED = 10;

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
