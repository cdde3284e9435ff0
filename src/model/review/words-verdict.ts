import type { Change } from '../change/change.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import { effectOf, risksSignOn } from '../change/effect.ts';
import type { Review } from './review.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { DESTRUCTIVE } from './risk.ts';
import { isNewAccess } from '../settle/open-list.ts';
import { worstPhrase } from './words-class.ts';
import { approvalPhrase } from './words-approval.ts';
import { failedBeforePhrases } from './words-failed.ts';
import { openSummary } from './words-open.ts';
import { hoursBetween, momentPhrase } from '../text/words-time.ts';

/** Where the changes are listed, seen from the verdict. */
export type ChangesPlace = 'below' | 'in plan.md';

export interface Answer {
  /** Words of ours. */
  readonly question: string;
  readonly answer: Phrase;
}

/** The questions a reviewer has: what stands before the people who lose access, and what stands after them. */
export function verdictAnswers(
  review: Review,
  where: ChangesPlace = 'below',
): { readonly first: readonly Answer[]; readonly rest: readonly Answer[] } {
  return {
    first: [
      { question: 'May I approve?', answer: mayIApprovePhrase(review, where) },
      { question: 'Until when?', answer: expiryPhrase(review) },
    ],
    rest: [
      { question: 'Worst thing in here', answer: worstThingPhrase(review) },
      ...openAnswer(review),
      { question: 'What changes?', answer: countsPhrase(review) },
      { question: 'How?', answer: approvalPhrase(review.plan.body) },
    ],
  };
}

function openAnswer({ open, openCount }: Review): readonly Answer[] {
  const answer = openSummary(open, openCount);
  return answer === null ? [] : [{ question: 'What stays open?', answer }];
}

/** `1 deletion, 3 suspensions, 40 new accounts`. */
export function countsPhrase({ counts, plan }: Review): Phrase {
  const counted: readonly [number, string, string][] = [
    [counts.delete, 'deletion', 'deletions'],
    [counts.suspend, 'suspension', 'suspensions'],
    [counts.reactivate, 'reactivation', 'reactivations'],
    [counts.update, 'update', 'updates'],
    [counts.create, 'new account', 'new accounts'],
  ];
  const present = counted.filter(([count]) => count > 0);
  const { adopted, desired } = plan.body;
  const taken =
    adopted.length === 0
      ? []
      : phrase` ${countOf(adopted.length, 'account is adopted as it is', 'accounts are adopted as they are')}.`;
  if (present.length === 0) return phrase`Nothing in Zivver.${taken} ${desiredPhrase(desired)}`;
  return phrase`${joinPhrases(
    present.map(([count, one, many]) => countOf(count, one, many)),
    ', ',
  )}.${taken}`;
}

function desiredPhrase({ written, removed }: Review['plan']['body']['desired']): Phrase {
  const files = phrase`${countOf(written, 'desired file is', 'desired files are')} written, ${removed} removed`;
  return phrase`${files}: the record in git becomes equal to what Zivver already has.`;
}

function mayIApprovePhrase(review: Review, where: ChangesPlace): Phrase {
  const { exceeded, overridden, reduced } = review.limits;
  if (exceeded.length > 0) {
    return phrase`${strong`No.`} ${countOf(exceeded.length, 'limit is', 'limits are')} exceeded, apply refuses this plan.`;
  }
  const limits =
    reduced.length > 0
      ? strong`So many accounts are newly left open that everything but suspensions on their own evidence waits.`
      : overridden.length > 0
        ? strong`${countOf(overridden.length, 'limit was', 'limits were')} lifted by an override, its reason stands with the limits.`
        : phrase`All limits hold.`;
  const condition = phrase`${conditionPhrase(review, where)}${alsoOpenPhrase(review)}${alsoSignOnPhrase(review)}`;
  return joinPhrases([condition, ...failedBeforePhrases(review), limits], ' ');
}

function conditionPhrase(review: Review, where: ChangesPlace): Phrase {
  const { classes, worst, open } = review;
  const place: Phrase = [{ style: 'words', text: where }];
  const destructive = classes.filter(({ risk }) => DESTRUCTIVE.has(risk)).flatMap(({ changes }) => changes);
  if (destructive.length > 0) {
    const subject = destructive.length === 1 ? phrase`the account` : phrase`each of the ${destructive.length} accounts`;
    return strong`Only if you know that ${subject} ${place} should be ${fatesPhrase(destructive)}.`;
  }
  const mail = classes.find(({ risk }) => risk === 'mail');
  if (mail !== undefined) {
    const isMeant = mail.count === 1 ? phrase`is meant` : phrase`are meant`;
    return strong`Yes, if the ${countOf(mail.count, 'change', 'changes')} of access to mail ${place} ${isMeant}.`;
  }
  const access = open.filter(isNewAccess).length;
  if (access > 0) return strong`Only if ${keptPhrase(access)}.`;
  if (review.plan.body.failedBefore.length > 0) return strong`Only if what did not work before works now.`;
  if (worst === null) return strong`Yes: nothing changes in Zivver.`;
  return strong`Yes, if it is what you expect: nobody is deleted, loses access or is given other people’s mail.`;
}

/** Beside what somebody else loses. */
function alsoOpenPhrase({ classes, open }: Review): Phrase {
  const isFirst = !classes.some(({ risk }) => DESTRUCTIVE.has(risk) || risk === 'mail');
  const access = open.filter(isNewAccess).length;
  return isFirst || access === 0 ? [] : phrase` ${strong`And only if ${keptPhrase(access)}.`}`;
}

/** Whoever logs in by single sign-on may be shut out by a key that the identity provider does not send. */
function alsoSignOnPhrase({ plan }: Review): Phrase {
  const { changes, sso } = plan.body;
  const risky = changes.map(effectOf).filter((effect) => risksSignOn(effect, { enabled: sso }));
  const erased = risky.filter(({ signOn }) => signOn === 'erased' || signOn === 'lost').length;
  const set = risky.length - erased;
  const subjectOf = (count: number): Phrase => countOf(count, 'account', 'accounts');
  return [
    ...(set === 0
      ? []
      : phrase` ${strong`And only if the identity provider sends the single sign-on key that ${subjectOf(set)} may get anew.`}`),
    ...(erased === 0
      ? []
      : phrase` ${strong`And only if nobody logs in by single sign-on to ${subjectOf(erased)}, whose key this erases.`}`),
  ];
}

function keptPhrase(access: number): Phrase {
  return phrase`${countOf(access, 'account', 'accounts')} may keep access for now although the source does not say so, see what stays open`;
}

/** `deleted or suspended`: what happens to at least one of them. */
function fatesPhrase(destructive: readonly ReviewedChange[]): Phrase {
  const changes = destructive.map(({ change }) => change);
  const isAny = (isFate: (change: Change) => boolean): boolean => changes.some(isFate);
  const fates = [
    ...(isAny(isDeletion) ? [phrase`deleted`] : []),
    ...(isAny((change) => effectOf(change).fate === 'suspended') ? [phrase`suspended`] : []),
    ...(isAny((change) => change.kind === 'functional' && !isDeletion(change)) ? [phrase`emptied`] : []),
  ];
  return joinPhrases(fates, ' or ');
}

function isDeletion(change: Change): boolean {
  return effectOf(change).fate === 'deleted';
}

/** The worst in bold, behind it whatever else somebody could be harmed by. */
function worstThingPhrase({ classes }: Review): Phrase {
  const [worst, ...others] = classes;
  if (worst === undefined) return strong`Nothing: no account in Zivver changes.`;
  const harmful = others.filter(({ risk }) => DESTRUCTIVE.has(risk) || risk === 'mail');
  return joinPhrases([strong`${worstPhrase(worst)}`, ...harmful.map(worstPhrase)], ' ');
}

function expiryPhrase({ plan }: Review): Phrase {
  const { createdAt, expiresAt } = plan.body;
  const hours = countOf(hoursBetween(createdAt, expiresAt), 'hour', 'hours');
  return phrase`${strong`${momentPhrase(expiresAt)}`}, ${hours} after it was made. Later a new plan is needed.`;
}

/** For the head of a first plan. */
export function bootstrapPhrase({ counts }: Review): Phrase {
  const first = strong`This is the first plan of this organisation.`;
  const adopts = phrase`The accounts it creates and adopts are managed from its apply on.`;
  if (counts.suspend + counts.delete > 0) return phrase`${first} ${adopts}`;
  return phrase`${first} It suspends and deletes nobody. ${adopts}`;
}
