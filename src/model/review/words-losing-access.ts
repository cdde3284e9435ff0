import { formatCount } from '../text/format-count.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import type { Reason } from '../schema/generated/plan.ts';
import { departmentOf } from './department.ts';
import type { LosingAccess } from './losing-access.ts';
import type { ChangesPlace } from './words-verdict.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { kindPhrase } from './words-change.ts';
import { REASON_NAMES } from './words-filter.ts';

/** `Who loses access (14)`: words of ours. */
export function losingTitle({ count }: LosingAccess): string {
  return `Who loses access (${formatCount(count)})`;
}

/** `Noah Peters · n.peters@company.org: nobody can say why`. */
export function losingPhrase({ change }: ReviewedChange): Phrase {
  const kind = change.kind === 'user' ? [] : [kindPhrase(change)];
  const named = joinPhrases([strong`${change.fullName}`, phrase`${change.address}`, ...kind], ' · ');
  const fate = change.action === 'delete' ? phrase`deleted with all messages, ` : [];
  const department = departmentOf(change);
  const place = department === null ? [] : phrase` (${department})`;
  return phrase`${named}${place}: ${fate}${wordsOf(reasonWords(change.reason))}`;
}

/** `and 305 more: 200 disabled in the source, 105 expired in the source. Everybody stands below.`; [] if all are shown. */
export function restPhrase({ rest, departments }: LosingAccess, where: ChangesPlace): Phrase {
  if (rest.length === 0) return [];
  const total = rest.reduce((sum, { count }) => sum + count, 0);
  const reasons = rest.map(({ reason, count }) => phrase`${count} ${wordsOf(reasonWords(reason))}`);
  return phrase`and ${strong`${countOf(total, 'more', 'more')}`}: ${joinPhrases(reasons, ', ')}${departmentsPhrase(departments)}. Everybody stands ${wordsOf(where)}, with the evidence.`;
}

/** So many departments are named. */
const NAMED = 5;

/** `; of them 120 in Care, 85 in Clinic, 100 in 12 other departments`; [] if nobody can say any. */
function departmentsPhrase(departments: LosingAccess['departments']): Phrase {
  const known = departments.flatMap(({ department, count }) => (department === null ? [] : [{ department, count }]));
  if (known.length === 0) return [];
  const named = known.slice(0, NAMED).map(({ department, count }) => phrase`${count} in ${department}`);
  const others = known.slice(NAMED);
  const count = others.reduce((sum, other) => sum + other.count, 0);
  const more =
    others.length === 0 ? [] : [phrase`${count} in ${countOf(others.length, 'other department', 'other departments')}`];
  return phrase`; of them ${joinPhrases([...named, ...more], ', ')}`;
}

function reasonWords(reason: Reason): string {
  return reason === 'unexplained' ? 'nobody can say why' : REASON_NAMES[reason];
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
