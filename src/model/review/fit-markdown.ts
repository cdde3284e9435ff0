import { encodePathPart } from '../desired/desired-file-name.ts';
import { planName } from '../plan/plan-name.ts';
import type { PlanFile } from '../schema/generated/plan.ts';
import { fitBlocks, sizeOfText, type Block } from './budget.ts';
import { renderPressingLimits } from './markdown-limits.ts';
import { paragraphs } from './markdown-block.ts';
import { renderBlocks, renderHead, renderVerdict } from './markdown.ts';
import { formatCount } from '../text/format-count.ts';
import { buildReview, type Review } from './review.ts';
import { CLASS_TITLES } from './words-class.ts';

export interface FitOptions {
  /** UTF-8 bytes. */
  readonly bytes: number;
  /** Web address of the repository's files at the plan's commit, without a slash at the end; null = no links. */
  readonly filesUrl: string | null;
}

/**
 * The review for a place with a size limit and away from its files: a comment or a job summary. As in plan.md the least
 * risky rows give way first. If the destructive ones alone are too long, it holds no change at all, only verdict, who loses
 * access (by name up to ten, then counts), limits and counts.
 */
export function fitMarkdown(plan: PlanFile, { bytes, filesUrl }: FitOptions): string {
  const blocks = renderBlocks(plan).map((block) => relink(block, plan, filesUrl));
  const budget = { bytes, more: (count: number) => relinkLine(moreLine(count), plan, filesUrl) };
  const whole = fitBlocks(blocks, budget);
  if (sizeOfText(whole) <= bytes) return whole;
  const review = buildReview(plan);
  const brief = [...renderHead(review, 'in plan.md'), ...renderPressingLimits(review.limits), renderCounts(review)];
  const short = fitBlocks(
    brief.map((block) => relink(block, plan, filesUrl)),
    budget,
  );
  return sizeOfText(short) <= bytes ? short : fitBlocks([relink(renderCounts(review), plan, filesUrl)], budget);
}

/** The questions a reviewer has first, and where the rest is. */
export function renderBrief(plan: PlanFile, filesUrl: string): string {
  const review = buildReview(plan);
  const where = paragraphs('Every change, with the evidence for it: [plan.md](plan.md).');
  return fitBlocks(
    [...renderVerdict(review, 'in plan.md'), where].map((block) => relink(block, plan, filesUrl)),
    { bytes: Infinity, more: moreLine },
  );
}

function renderCounts({ classes }: Review): Block {
  const rows = classes.map(({ risk, count }) => `- **${formatCount(count)}** × ${CLASS_TITLES[risk]}`);
  return paragraphs(
    '## Too long to be shown here',
    rows.join('\n'),
    'Read every change in [plan.md](plan.md) before you approve.',
  );
}

function moreLine(count: number): string {
  return `- **+${formatCount(count)} more**, not shown here for length: read them in [plan.md](plan.md)`;
}

function relink(block: Block, plan: PlanFile, filesUrl: string | null): Block {
  const move = (line: string): string => relinkLine(line, plan, filesUrl);
  const { head, rows, foot } = block;
  const moved = { count: rows.count, render: (index: number) => move(rows.render(index)) };
  return { ...block, head: head.map(move), rows: moved, foot: foot.map(move) };
}

/** Links of plan.md are relative to its folder. Values cannot contain `](`: every bracket in them is escaped. */
function relinkLine(line: string, plan: PlanFile, filesUrl: string | null): string {
  if (filesUrl === null) return line.replace(/\[([^\]]*)\]\((?:\.\.\/\.\.\/\.\.\/[^)]*|plan\.(?:json|md))\)/g, '$1');
  const folder = `plans/${encodePathPart(plan.body.organisation)}/${planName(plan)}`;
  return line
    .replaceAll('](../../../', `](${filesUrl}/`)
    .replace(/\]\((plan\.(?:json|md))\)/g, `](${filesUrl}/${folder}/$1)`);
}
