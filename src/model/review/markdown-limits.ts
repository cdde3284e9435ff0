import type { LimitFinding } from '../schema/generated/plan.ts';
import { rowsOf, type Block } from './budget.ts';
import { groupBy } from '../text/group-by.ts';
import { foldedBlock, paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount, joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import { isNearLimit } from './near-limit.ts';
import type { ReviewedLimits } from './review.ts';
import { limitNamePhrase, limitPhrase, rulePhrase } from './words-limit.ts';

/** Limits that are broken, lifted or more than half used, before the changes; nothing if there are none. */
export function renderPressingLimits({ exceeded, overridden, reduced, within }: ReviewedLimits): readonly Block[] {
  const rows = [
    ...exceeded.map((finding) => renderLoudRow(finding, phrase`EXCEEDED, apply refuses`)),
    ...overridden.map((finding) => renderLoudRow(finding, phrase`LIFTED by an override in organisation.yaml`)),
    ...reduced.map((finding) => renderLoudRow(finding, phrase`BEYOND IT: the rest of the plan waits`)),
    ...within.filter(isNearLimit).map(renderWithin),
  ];
  return rows.length === 0 ? [] : [paragraphs('## Limits to look at', renderTable(rows))];
}

/** All the others, after the changes. */
export function renderOtherLimits({ within, untouched }: ReviewedLimits): readonly Block[] {
  const rows = within.filter((finding) => !isNearLimit(finding)).map(renderWithin);
  const none = renderUntouched(untouched);
  if (rows.length === 0) return none.length === 0 ? [] : [paragraphs('## Other limits', ...none)];
  const summary = `Show the ${formatCount(rows.length)} that hold`;
  const table = ['', '| Limit | This plan | |', '| --- | --- | --- |'];
  const block = foldedBlock(summary, rowsOf(rows, String), null);
  return [paragraphs('## Other limits', ...none), { ...block, head: [...block.head.slice(0, 1), ...table] }];
}

function renderTable(rows: readonly string[]): string {
  return ['| Limit | This plan | |', '| --- | --- | --- |', ...rows].join('\n');
}

function renderWithin(finding: LimitFinding): string {
  return renderRow(limitNamePhrase(finding), limitPhrase(finding), phrase`within`);
}

function renderLoudRow(finding: LimitFinding, verdict: Phrase): string {
  return renderRow(strong`${limitNamePhrase(finding)}`, strong`${limitPhrase(finding)}`, strong`${verdict}`);
}

function renderRow(...cells: readonly Phrase[]): string {
  return `| ${cells.map(renderPhrase).join(' | ')} |`;
}

function renderUntouched(findings: readonly LimitFinding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rules = [...groupBy(findings, ({ rule }) => rule).keys()];
  return [renderPhrase(phrase`Checked, none found: ${joinPhrases(rules.map(rulePhrase), ' · ')}.`)];
}
