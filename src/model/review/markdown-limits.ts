import type { LimitFinding } from '../schema/generated/plan.ts';
import { rowsOf, type Block } from './budget.ts';
import { groupBy } from '../text/group-by.ts';
import { foldedBlock, paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import { isNearLimit, pressingLimits } from './near-limit.ts';
import type { ReviewedLimits } from './review.ts';
import { limitNamePhrase, limitPhrase, limitVerdictPhrase, rulePhrase } from './words-limit.ts';

/** Limits that are broken, lifted or more than half used, before the changes; nothing if there are none. */
export function renderPressingLimits(limits: ReviewedLimits): readonly Block[] {
  const rows = pressingLimits(limits).map((finding) =>
    finding.verdict === 'within' ? renderWithin(finding) : renderLoudRow(finding),
  );
  return rows.length === 0 ? [] : [paragraphs('## Limits to look at', renderTable(rows))];
}

/** All the others, after the changes. */
export function renderOtherLimits({ within, untouched }: ReviewedLimits): readonly Block[] {
  const rows = within.filter((finding) => !isNearLimit(finding)).map(renderWithin);
  const none = renderUntouched(untouched);
  if (rows.length === 0) return none.length === 0 ? [] : [paragraphs('## Other limits', ...none)];
  const table = ['| Limit | This plan | |', '| --- | --- | --- |'];
  const block = foldedBlock(rowsOf(rows, String), null, ({ all }) => `Show the ${all} that hold`);
  return [paragraphs('## Other limits', ...none), { ...block, head: [...block.head, ...table] }];
}

function renderTable(rows: readonly string[]): string {
  return ['| Limit | This plan | |', '| --- | --- | --- |', ...rows].join('\n');
}

function renderWithin(finding: LimitFinding): string {
  return renderRow(limitNamePhrase(finding), limitPhrase(finding), limitVerdictPhrase(finding));
}

function renderLoudRow(finding: LimitFinding): string {
  const cells = [limitNamePhrase(finding), limitPhrase(finding), limitVerdictPhrase(finding)];
  return renderRow(...cells.map((cell) => strong`${cell}`));
}

function renderRow(...cells: readonly Phrase[]): string {
  return `| ${cells.map(renderPhrase).join(' | ')} |`;
}

function renderUntouched(findings: readonly LimitFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rules = [...groupBy(findings, ({ rule }) => rule).keys()];
  return [renderPhrase(phrase`Checked, none found: ${joinPhrases(rules.map(rulePhrase), ' · ')}.`)];
}
