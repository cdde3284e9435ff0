import { commonNameOf } from '../directory/distinguished-name.ts';
import type { TouchedBefore } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { joinPhrases, phrase, type Phrase } from '../text/phrase.ts';
import { momentPhrase } from '../text/words-time.ts';

/** Who somebody is that loses access, and which plan changed the account before: one sentence each, [] if nobody knows. */
export function contextPhrases({ evidence }: Pick<Change, 'evidence'>, touched: TouchedBefore | undefined): Phrase[] {
  const { department, title, manager } = evidence.person ?? {};
  const parts = [
    ...(title === undefined ? [] : [phrase`${title}`]),
    ...(department === undefined ? [] : [phrase`department ${department}`]),
    ...(manager === undefined ? [] : [phrase`manager ${commonNameOf(manager) ?? manager}`]),
  ];
  return [
    ...(parts.length === 0 ? [] : [phrase`Who: ${joinPhrases(parts, ', ')}`]),
    ...(touched === undefined ? [] : [phrase`Last changed by plan ${touched.plan}, ${momentPhrase(touched.at)}`]),
  ];
}
