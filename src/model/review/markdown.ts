import { factPhrase } from '../facts/fact.ts';
import type { PlanFile } from '../schema/generated/plan.ts';
import { fitBlocks, rowsOf, sizeOfText, type Block } from './budget.ts';
import { renderAdopted, renderExclusions, renderUnmanaged } from './markdown-appendix.ts';
import { renderClasses } from './markdown-class.ts';
import { renderOtherLimits, renderPressingLimits } from './markdown-limits.ts';
import { renderLosingAccess } from './markdown-losing-access.ts';
import { listBlock, paragraphs } from './markdown-block.ts';
import { renderOpen } from './markdown-open.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount } from '../text/format-count.ts';
import { phrase } from '../text/phrase.ts';
import { buildReview, type Review } from './review.ts';
import { FAILED_TITLE, failedPhrases } from './words-failed.ts';
import { bootstrapPhrase, verdictAnswers, type Answer, type ChangesPlace } from './words-verdict.ts';
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
  const [title, ...blocks] = renderBlocks(plan);
  const text = fitBlocks([title, ...blocks], budget);
  return sizeOfText(text) <= budget.bytes ? text : fitBlocks([title, paragraphs(OVERLONG), ...blocks], budget);
}

const WHOLE_REVIEW = '`zivver-gitops show --html review.html`';

const OVERLONG = `**This page is longer than GitHub shows.** Nobody who is deleted or suspended was left out to make it shorter. Read it with search and filters: ${WHOLE_REVIEW} in a clone, or the page attached to the check of the pull request.`;

function moreLine(count: number): string {
  return `- **+${formatCount(count)} more**, not shown here for length: read them with ${WHOLE_REVIEW}`;
}

/** The whole review, before anything gives way. */
export function renderBlocks(plan: PlanFile): readonly [title: Block, ...rest: Block[]] {
  const review = buildReview(plan);
  return [
    ...renderHead(review),
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

/** The first screen: the verdict, who loses access, the other answers. `where`: the changes are, from there. */
export function renderHead(review: Review, where: ChangesPlace = 'below'): readonly [Block, ...Block[]] {
  const { first, rest } = verdictAnswers(review, where);
  const losing = renderLosingAccess(review, where);
  const answers =
    losing.length === 0 ? [renderAnswers([...first, ...rest])] : [renderAnswers(first), ...losing, renderAnswers(rest)];
  return [
    renderTitle(review),
    ...answers,
    ...(review.plan.body.bootstrap ? [paragraphs(renderPhrase(bootstrapPhrase(review)))] : []),
  ];
}

/** The answers alone, without anybody's name. */
export function renderVerdict(review: Review, where: ChangesPlace): readonly Block[] {
  const { first, rest } = verdictAnswers(review, where);
  return [renderTitle(review), renderAnswers([...first, ...rest])];
}

function renderTitle({ plan: { body } }: Review): Block {
  return paragraphs(`# ${renderPhrase(phrase`Plan ${body.sequence} for ${body.organisation}`)}`);
}

function renderAnswers(answers: readonly Answer[]): Block {
  const [first = '', ...others] = answers.map(
    ({ question, answer }) => `| **${question}** | ${renderPhrase(answer)} |`,
  );
  return paragraphs([first, '| :--- | :--- |', ...others].join('\n'));
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
  return [paragraphs('## Notes', notes.map((note) => `- ${renderPhrase(factPhrase(note))}`).join('\n'))];
}

function renderProvenance(review: Review): Block {
  const facts = provenancePhrases(review).map((fact) => `- ${renderPhrase(fact)}`);
  const closing = 'This page is rendered from [plan.json](plan.json). Apply refuses both if they disagree.';
  return { ...paragraphs('## Where this comes from', facts.join('\n')), foot: [closing] };
}
