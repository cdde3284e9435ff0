import type { LimitFinding } from '../schema/generated/plan.ts';
import type { Block } from './budget.ts';
import { groupBy } from '../text/group-by.ts';
import { paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import type { ReviewedLimits } from './review.ts';
import { limitNamePhrase, limitPhrase, rulePhrase } from './words-limit.ts';

/** The guards with their denominators, the broken and lifted ones first and in bold. */
export function renderLimits({ exceeded, overridden, within, untouched }: ReviewedLimits): readonly Block[] {
  const rows = [
    ...exceeded.map((finding) => renderLoudRow(finding, phrase`EXCEEDED, apply refuses`)),
    ...overridden.map((finding) => renderLoudRow(finding, phrase`LIFTED by an override in organisation.yaml`)),
    ...within.map((finding) => renderRow(limitNamePhrase(finding), limitPhrase(finding), phrase`within`)),
  ];
  if (rows.length + untouched.length === 0) return [];
  const table = rows.length > 0 ? [['| Limit | This plan | |', '| --- | --- | --- |', ...rows].join('\n')] : [];
  return [paragraphs('## Limits', ...table, ...renderUntouched(untouched))];
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
