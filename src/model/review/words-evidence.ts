import { factPhrase } from '../facts/fact.ts';
import { formatFileTime } from '../directory/account-flags.ts';
import { MAILBOX_TYPE } from '../directory/mailbox-type.ts';
import type { Evidence } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import { momentPhrase } from '../text/words-time.ts';

/** Why a change is in the plan: what the source said and where, one sentence. */
export function evidencePhrase(change: Pick<Change, 'kind' | 'reason' | 'evidence'>): Phrase {
  const { reason, evidence } = change;

  if (reason === 'sign-on')
    return phrase`The single sign-on keys of ${evidence.source ?? '?'} are made otherwise than before: sso or mapping in organisation.yaml has changed. Zivver does not show the key.`;
  if (reason === 'rollback')
    return phrase`Undoes what plan ${evidence.value ?? '?'} did to this account. The sources were not asked.`;
  const absence = reason === 'unexplained' ? absencePhrase(evidence) : null;
  if (absence !== null) return phrase`${absence}: nobody can say why.`;
  return phrase`${reasonPhrase(change)}${observationPhrase(evidence)}${placePhrase(evidence)}${sincePhrase(evidence)}${agreementPhrase(evidence)}${besidePhrase(evidence)}.`;
}

function nowherePhrase({ servers = [] }: Evidence): Phrase {
  if (servers.length < 2) return servers.length === 0 ? [] : phrase`, asked: ${servers[0] ?? ''},`;
  return phrase`, neither on ${joinPhrases(
    servers.map((server) => phrase`${server}`),
    ' nor on ',
  )},`;
}

/** One server alone stands among the sources of the plan already. */
function agreementPhrase({ servers = [] }: Evidence): Phrase {
  if (servers.length < 2) return [];
  return phrase`; selected neither on ${joinPhrases(
    servers.map((server) => phrase`${server}`),
    ' nor on ',
  )}`;
}

/** Null if the entry was seen somewhere. */
function absencePhrase(evidence: Evidence): Phrase | null {
  switch (evidence.lookup) {
    case 'nowhere':
      return phrase`Found nowhere in the domain by its key${sourcePhrase(evidence)}${nowherePhrase(evidence)}${deletedPhrase(evidence, phrase` and not among deleted objects`)}`;
    case 'neither':
      return phrase`Found nowhere in the domain by its key${nowherePhrase(evidence)}${deletedPhrase(evidence, phrase` and not among deleted objects`)}, nor in the files of the other sources`;
    case 'unasked':
      return phrase`Selected by no source any more; the rest of the domain was not asked`;
    case 'no-file':
      return phrase`No longer in the files of the sources, and a file does not tell who left`;
    case 'selection':
    case 'domain':
    case 'deleted':
    case 'file':
      return null;
  }
}

/** What nobody could read is not said to be empty. */
function deletedPhrase({ sawDeleted }: Evidence, words: Phrase): Phrase {
  return sawDeleted === true ? words : phrase`; deleted objects could not be read`;
}

function reasonPhrase({ kind, reason, evidence }: Pick<Change, 'kind' | 'reason' | 'evidence'>): Phrase {
  const isFile = evidence.lookup === 'file';
  const told = isFile ? phrase`The file of the source` : phrase`Active Directory`;
  const directory = phrase`${told}${sourcePhrase(evidence)}`;
  const subject = subjectPhrase(kind, evidence);
  switch (reason) {
    case 'disabled':
      return phrase`${directory} says the account is disabled`;
    case 'expired':
      return phrase`${directory} says the account has expired`;
    case 'moved':
      return phrase`${directory} has moved ${subject} out of the selection; now`;
    case 'filtered':
      return phrase`${directory} still has ${subject}, but ${filterPhrase(evidence)}`;
    case 'address-removed':
      return phrase`${directory} still has ${subject}, but without this e-mail address`;
    case 'deleted':
      return phrase`${directory} says the entry was deleted`;
    case 'unexplained':
      return phrase`${directory} gives no reason, nobody can say why`;
    case 'new':
      return phrase`${directory} has ${subject}, Zivver has no account yet`;
    case 'attributes':
      return phrase`${directory} has these values`;
    case 'renamed':
      return phrase`${directory} has another e-mail address for ${subject}`;
    case 'returned':
      return phrase`${directory} has ${subject} again`;
    case 'handed-over':
      return phrase`${strong`Another person may read this mail`}: by a decision in organisation.yaml (handovers) the account passes to the key of ${subject} that ${directory} has`;
    case 'sign-on':
      return phrase`Single sign-on keys are made otherwise`;
    case 'rollback':
      return phrase`An earlier plan is undone`;
    case 'suspended-outside':
      return phrase`Somebody suspended the account in Zivver, not this tool; ${directory} says it is active`;
  }
}

/** Which part of query or filters does not hold; the value follows as observation. */
function filterPhrase({ attribute, value }: Evidence): Phrase {
  const groups = attribute === 'query' && value !== null ? groupsOf(value) : [];
  if (groups.length > 0) {
    const named = joinPhrases(
      groups.map((group) => phrase`${group}`),
      ' or ',
    );
    return phrase`it is not, or no longer, a member of ${named}, as the query asks`;
  }
  if (attribute === 'query') return phrase`this part of the query does not hold`;
  return attribute === 'filters' ? phrase`a filter leaves it out` : phrase`the query or a filter leaves it out`;
}

/** DNs of the groups of a part of a query that asks for nothing but membership in one of them; else []. */
function groupsOf(part: string): readonly string[] {
  const leaves = [...part.matchAll(/\(\s*([^()&|!][^()]*)\)/g)];
  const rest = leaves.reduce((text, [leaf]) => text.replace(leaf, ''), part);
  const groups = leaves.map(
    ([, leaf = '']) => /^memberOf(?::1\.2\.840\.113556\.1\.4\.1941:)?=(.+)$/i.exec(leaf.trim())?.[1],
  );
  const isMembership = /^[\s(|)]*$/.test(rest) && groups.every((group) => group !== undefined);
  return isMembership ? groups.flatMap((group) => group?.trim() ?? []) : [];
}

/** Only of a shared mailbox does an attribute say what it is; groups have neither of the two. */
function subjectPhrase(kind: Change['kind'], { attribute, lookup }: Evidence): Phrase {
  if (kind === 'user') return phrase`the person`;
  if (lookup === 'file') return phrase`the functional account`;
  const isMailbox = attribute === MAILBOX_TYPE || attribute === 'userAccountControl';
  return isMailbox ? phrase`the shared mailbox` : phrase`the group`;
}

function sourcePhrase({ source }: Evidence): Phrase {
  return source === null ? [] : phrase` (${source})`;
}

function observationPhrase({ attribute, value, beside }: Evidence): Phrase {
  if (attribute === null || (attribute === 'filters' && beside !== undefined)) return [];
  if (value === null) return phrase`: ${attribute} has no value`;
  return phrase`: ${attribute} = ${value}${readingPhrase(attribute, value)}`;
}

function besidePhrase({ attribute, beside }: Evidence): Phrase {
  if (beside === undefined) return [];
  return attribute === 'filters'
    ? phrase`: ${factPhrase(beside)}`
    : phrase`; what else was seen: ${factPhrase(beside)}`;
}

/** Since when somebody is disabled; of accountExpires the value says it. */
function sincePhrase({ since }: Evidence): Phrase {
  switch (since?.by) {
    case 'replPropertyMetaData':
      return phrase`, since ${strong`${momentPhrase(since.at)}`}`;
    case 'whenChanged':
      return phrase`; the entry was last changed ${momentPhrase(since.at)}`;
    case 'accountExpires':
    case undefined:
      return [];
  }
}

/** accountExpires counts 100 ns since 1601, which nobody can read. */
function readingPhrase(attribute: string, value: string): Phrase {
  const expiry = attribute === 'accountExpires' ? formatFileTime(value) : null;
  return expiry === null ? [] : phrase` (${momentPhrase(expiry)})`;
}

function placePhrase({ entry, lookup }: Evidence): Phrase {
  const at = entry === null ? [] : phrase` at ${entry}`;
  switch (lookup) {
    case 'selection':
      return phrase`${at}, in the selection`;
    case 'domain':
      return phrase`${at}, in the domain`;
    case 'deleted':
      return phrase`${at}, among deleted objects`;
    case 'file':
      return at;
    case 'unasked':
      return at;
    case 'nowhere':
      return phrase`${at}, found nowhere in the domain by its key`;
    case 'no-file':
    case 'neither':
      return phrase`${at}, in none of the files of the sources`;
  }
}
