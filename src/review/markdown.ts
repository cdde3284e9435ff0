import type { PlanFile } from '../schema/generated/plan.ts';
import { fitBlocks, type Block } from './budget.ts';
import { escapeText } from './escape.ts';
import { renderExclusions, renderUnmanaged } from './markdown-appendix.ts';
import { renderClasses } from './markdown-class.ts';
import { renderLimits } from './markdown-limits.ts';
import { paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { phrase } from './phrase.ts';
import { buildReview, type Review } from './review.ts';
import { bootstrapPhrase, verdictAnswers } from './words-verdict.ts';
import { provenancePhrases } from './words-provenance.ts';

/** GitHub shows no file of more than 500 kB in a pull request; this leaves room. */
export const MARKDOWN_BUDGET_BYTES = 400_000;

/**
 * plan.md: the review of a plan as GitHub-flavoured Markdown, a pure function of the plan, LF, one line break at the end.
 * At most `MARKDOWN_BUDGET_BYTES`, unless what may not be left out is longer: only appendices, new accounts and details give way.
 */
export function renderMarkdown(plan: PlanFile): string {
  return fitBlocks(renderBlocks(plan), MARKDOWN_BUDGET_BYTES);
}

/** The whole review, before anything gives way. */
export function renderBlocks(plan: PlanFile): readonly Block[] {
  const review = buildReview(plan);
  return [
    renderVerdict(review),
    ...renderLimits(review.limits),
    ...renderNotes(review),
    ...renderClasses(review),
    ...renderExclusions(review),
    ...renderUnmanaged(review),
    renderProvenance(review),
  ];
}

/** The questions a reviewer has first. */
export function renderVerdict(review: Review): Block {
  const { organisation, sequence, bootstrap } = review.plan.body;
  const [first = '', ...others] = verdictAnswers(review).map(
    ({ question, answer }) => `| **${question}** | ${renderPhrase(answer)} |`,
  );
  return paragraphs(
    `# ${renderPhrase(phrase`Plan ${sequence} for ${organisation}`)}`,
    [first, '| :--- | :--- |', ...others].join('\n'),
    ...(bootstrap ? [renderPhrase(bootstrapPhrase(review))] : []),
  );
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
