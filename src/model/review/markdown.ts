import type { PlanFile } from '../schema/generated/plan.ts';
import { fitBlocks, rowsOf, sizeOfText, type Block } from './budget.ts';
import { escapeText } from '../text/escape.ts';
import { renderAdopted, renderExclusions, renderUnmanaged } from './markdown-appendix.ts';
import { renderClasses } from './markdown-class.ts';
import { renderOtherLimits, renderPressingLimits } from './markdown-limits.ts';
import { renderLosingAccess } from './markdown-losing-access.ts';
import { listBlock, paragraphs } from './markdown-block.ts';
import { renderOpen } from './markdown-open.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount, phrase } from '../text/phrase.ts';
import { buildReview, type Review } from './review.ts';
import { FAILED_TITLE, failedPhrases } from './words-failed.ts';
import { bootstrapPhrase, verdictAnswers, type ChangesPlace } from './words-verdict.ts';
import { provenancePhrases } from './words-provenance.ts';

/** GitHub shows no file of more than 500 kB in a pull request; this leaves room. */
export const MARKDOWN_BUDGET_BYTES = 400_000;

/**
 * plan.md: the review of a plan as GitHub-flavoured Markdown, a pure function of the plan, LF, one line break at the end.
 * At most `MARKDOWN_BUDGET_BYTES`: the least risky rows give way first. Rows of destructive changes never do; if they alone are
 * longer, it says so at the top.
 */
export function renderMarkdown(plan: PlanFile): string {
  const budget = { bytes: MARKDOWN_BUDGET_BYTES, more: moreLine };
  const [verdict, ...blocks] = renderBlocks(plan);
  const text = fitBlocks([verdict, ...blocks], budget);
  return sizeOfText(text) <= budget.bytes ? text : fitBlocks([verdict, paragraphs(OVERLONG), ...blocks], budget);
}

const WHOLE_REVIEW = '`zivver-gitops show --html review.html`';

const OVERLONG = `**This page is longer than GitHub shows.** Nobody who is deleted or suspended was left out to make it shorter. Read it with search and filters: ${WHOLE_REVIEW} in a clone, or the page attached to the check of the pull request.`;

function moreLine(count: number): string {
  return `- **+${formatCount(count)} more**, not shown here for length: read them with ${WHOLE_REVIEW}`;
}

/** The whole review, before anything gives way. */
export function renderBlocks(plan: PlanFile): readonly [verdict: Block, ...rest: Block[]] {
  const review = buildReview(plan);
  return [
    renderVerdict(review),
    ...renderLosingAccess(review),
    ...renderOpen(review),
    ...renderFailed(review),
    ...renderPressingLimits(review.limits),
    ...renderClasses(review),
    ...renderAdopted(review),
    ...renderNotes(review),
    ...renderExclusions(review),
    ...renderUnmanaged(review),
    ...renderOtherLimits(review.limits),
    renderProvenance(review),
  ];
}

/** The questions a reviewer has first. `where`: the changes are, from there. */
export function renderVerdict(review: Review, where: ChangesPlace = 'below'): Block {
  const { organisation, sequence, bootstrap } = review.plan.body;
  const [first = '', ...others] = verdictAnswers(review, where).map(
    ({ question, answer }) => `| **${question}** | ${renderPhrase(answer)} |`,
  );
  return paragraphs(
    `# ${renderPhrase(phrase`Plan ${sequence} for ${organisation}`)}`,
    [first, '| :--- | :--- |', ...others].join('\n'),
    ...(bootstrap ? [renderPhrase(bootstrapPhrase(review))] : []),
  );
}

/** Gives way with what waits for a decision. */
const FAILED_GIVES_WAY = 8;

function renderFailed(review: Review): readonly Block[] {
  const failed = failedPhrases(review);
  if (failed.length === 0) return [];
  const title = `## ${FAILED_TITLE} (${formatCount(failed.length)})`;
  return [
    paragraphs(title),
    listBlock(
      rowsOf(failed, (row) => `- ${renderPhrase(row)}`),
      FAILED_GIVES_WAY,
    ),
  ];
}

function renderNotes({ plan }: Review): readonly Block[] {
  const { notes } = plan.body;
  if (notes.length === 0) return [];
  return [paragraphs('## Notes', notes.map((note) => `- ${escapeText(note)}`).join('\n'))];
}

function renderProvenance(review: Review): Block {
  const facts = provenancePhrases(review).map((fact) => `- ${renderPhrase(fact)}`);
  const closing = 'This page is rendered from [plan.json](plan.json). Apply refuses both if they disagree.';
  return { ...paragraphs('## Where this comes from', facts.join('\n')), foot: [closing] };
}
