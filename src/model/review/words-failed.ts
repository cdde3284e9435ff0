import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, sentenceOf, strong, type Phrase } from '../text/phrase.ts';
import type { Review } from './review.ts';

const STATUS = { failed: 'failed', conflicted: 'was left alone', skipped: 'was not tried' } as const;

export const FAILED_TITLE = 'Did not work before';

/** `**Name** · address · id: failed in plan 0007-1a2b3c4d: the domain is not claimed`, one a change. */
export function failedPhrases({ plan: { body } }: Pick<Review, 'plan'>): readonly Phrase[] {
  if (body.failedBefore.length === 0) return [];
  const changes = new Map(body.changes.map((change) => [change.id, change]));
  return body.failedBefore.flatMap(({ change: id, plan, status, detail, times }) => {
    const change = changes.get(id);
    if (change === undefined) return [];
    const name = joinPhrases([strong`${change.fullName}`, phrase`${change.address}`, phrase`${id}`], ' · ');
    const fate: Phrase = [{ style: 'words', text: STATUS[status] }];
    const often = times === 1 ? [] : phrase`, ${countOf(times, 'time', 'times')} by now`;
    return [phrase`${name}: ${fate} in plan ${plan}${often}: ${sentenceOf(detail)}`];
  });
}

/** For the verdict. */
export function failedBeforePhrases({ plan: { body } }: Pick<Review, 'plan'>): readonly Phrase[] {
  const { length } = body.failedBefore;
  if (length === 0) return [];
  return [strong`${countOf(length, 'change', 'changes')} did not work in an earlier plan, see why before you approve.`];
}
