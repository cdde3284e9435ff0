import { paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import type { Block } from './budget.ts';
import { listLosingAccess } from './losing-access.ts';
import type { Review } from './review.ts';
import type { ChangesPlace } from './words-verdict.ts';
import { losingPhrase, losingTitle, restPhrase } from './words-losing-access.ts';

/** By name and reason, right under the verdict; nothing if nobody loses access. `where`: all of them are. */
export function renderLosingAccess(review: Review, where: ChangesPlace = 'below'): readonly Block[] {
  const losing = listLosingAccess(review);
  if (losing.count === 0) return [];
  const rest = restPhrase(losing, where);
  const rows = [...losing.shown.map(losingPhrase), ...(rest.length === 0 ? [] : [rest])];
  return [paragraphs(`## ${losingTitle(losing)}`, rows.map((row) => `- ${renderPhrase(row)}`).join('\n'))];
}
