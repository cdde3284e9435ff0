import { type FactName, factPhrase } from '../../model/facts/fact.ts';
import picocolors from 'picocolors';
import { isOfAccount } from '../../model/settle/sort-out.ts';
import { countOpen } from '../../model/settle/open-list.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import { openDetails, openHeadline } from '../../model/review/words-open.ts';
import type { PlanBody } from '../../model/schema/generated/plan.ts';
import { countOf } from '../../model/text/grammar.ts';
import { phrase } from '../../model/text/phrase.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import { renderParagraph } from '../../model/text/terminal-phrase.ts';

/** Of a plan that is none, which no review will tell: whoever is open may be otherwise than the source wants. */
export function renderNoChanges(
  { open, exclusions, notes }: Pick<PlanBody, 'open' | 'exclusions' | 'notes'>,
  { width, color }: TerminalOptions,
): string {
  const page = { width, colors: picocolors.createColors(color) };
  const count = countOpen(open);
  const removed = exclusions.filter(({ reason }) => reason === 'unrecorded');
  const told = removed.flatMap(({ subject, detail }) =>
    renderParagraph(phrase`${subject}: ${factPhrase(detail)}`, '  - ', page),
  );
  const without = exclusions.filter((one) => one.reason !== 'unrecorded' && !isOfAccount(one)).length;
  const left = countOf(without, 'entry of the sources is', 'entries of the sources are');
  const rest =
    without === 0 ? [] : renderParagraph(phrase`${left} left out: zivver-gitops preview says why.`, '', page);
  const noted = notes
    .filter(({ says }) => TOLD.has(says))
    .flatMap((note) => renderParagraph(factPhrase(note), '', page));
  if (count === 0 && told.length === 0)
    return [...wrapText('No changes: Zivver is as the source wants it.', page.width), ...rest, ...noted].join('\n');
  const accounts = countOf(count + removed.length, 'account is open', 'accounts are open');
  const lines = open.flatMap((one) => [
    ...renderParagraph(openHeadline(one), '  - ', page),
    ...openDetails(one).flatMap((detail) => renderParagraph(detail, '    ', page)),
  ]);
  return [
    ...renderParagraph(phrase`No changes, but ${accounts}:`, '', page),
    ...lines,
    ...told,
    ...rest,
    ...noted,
  ].join('\n');
}

/** A table that gives nothing this time; single sign-on keys that nobody knows. */
const TOLD: ReadonlySet<string> = new Set<FactName>(['source-not-used', 'keys-untold']);
