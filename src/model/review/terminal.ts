import { factPhrase } from '../facts/fact.ts';
import picocolors from 'picocolors';
import type { LimitFinding, PlanFile } from '../schema/generated/plan.ts';
import { formatCount } from '../text/format-count.ts';
import { countOf } from '../text/grammar.ts';
import { phrase, strong, type Phrase } from '../text/phrase.ts';
import { buildReview, type Review } from './review.ts';
import { renderTerminalClasses } from './terminal-class.ts';
import { renderParagraph, renderTerminalPhrase, type TerminalPage } from '../text/terminal-phrase.ts';
import { adoptedPhrase, adoptionPhrase } from './words-adopted.ts';
import { EXCLUSION_NAMES, newWords } from './words-exclusion.ts';
import { listLosingAccess } from './losing-access.ts';
import { isNearLimit, pressingLimits } from './near-limit.ts';
import { losingPhrase, losingTitle, restPhrase } from './words-losing-access.ts';
import { openDetails, openHeadline } from './words-open.ts';
import { FAILED_TITLE, failedPhrases } from './words-failed.ts';
import { limitNamePhrase, limitPhrase, limitVerdictPhrase } from './words-limit.ts';
import { provenancePhrases } from './words-provenance.ts';
import { bootstrapPhrase, verdictAnswers, type Answer } from './words-verdict.ts';

export interface TerminalOptions {
  /** Columns. Only a value without spaces that is longer stands out. */
  readonly width: number;
  readonly color: boolean;
}

/**
 * The review of a plan for a terminal or a log, in the order of plan.md: every destructive change in full, of other classes the
 * first, the appendices as counts. Lines end in LF, the last one too.
 */
export function renderTerminal(plan: PlanFile, { width, color }: TerminalOptions): string {
  const review = buildReview(plan);
  const page = { width, colors: picocolors.createColors(color) };
  const lines = [
    ...renderHead(review, page),
    ...renderOpen(review, page),
    ...renderSection(FAILED_TITLE, failedPhrases(review), page),
    ...renderSection('Limits to look at', pressingLines(review), page),
    ...renderTerminalClasses(review, page),
    ...renderSection('Notes', plan.body.notes.map(factPhrase), page),
    ...renderSection('Adopted as they are', adoptedPhrases(review), page),
    ...renderSection('Left out of the plan', exclusionPhrases(review), page),
    ...renderSection('Not managed', unmanagedPhrases(review), page),
    ...renderSection('Other limits', otherLimits(review), page),
    ...renderSection('Where this comes from', provenancePhrases(review), page),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** The verdict, who loses access, the other answers. */
function renderHead(review: Review, page: TerminalPage): readonly string[] {
  const { organisation, sequence, bootstrap } = review.plan.body;
  const title = renderTerminalPhrase(strong`Plan ${String(sequence)} for ${organisation}`, page.colors);
  const { first, rest } = verdictAnswers(review);
  const answer = (answers: readonly Answer[]): string[] =>
    answers.flatMap(({ question, answer: told }) => renderParagraph(told, question.padEnd(21), page));
  const losing = renderLosing(review, page);
  const gap = losing.length === 0 ? [] : [''];
  const told = bootstrap ? ['', ...renderParagraph(bootstrapPhrase(review), '', page)] : [];
  return [title, '', ...answer(first), ...losing, ...gap, ...answer(rest), ...told];
}

function renderLosing(review: Review, page: TerminalPage): readonly string[] {
  const losing = listLosingAccess(review);
  if (losing.count === 0) return [];
  const rest = restPhrase(losing, 'below');
  const rows = [...losing.shown.map(losingPhrase), ...(rest.length === 0 ? [] : [rest])];
  const title = page.colors.red(page.colors.bold(losingTitle(losing)));
  return ['', title, ...rows.flatMap((row) => renderParagraph(row, '  - ', page))];
}

function pressingLines({ limits }: Review): readonly Phrase[] {
  return pressingLimits(limits).map((finding) =>
    finding.verdict === 'within' ? limitLine(finding) : strong`${limitVerdictPhrase(finding)} · ${limitLine(finding)}`,
  );
}

function otherLimits({ limits: { within, untouched } }: Review): readonly Phrase[] {
  const count = within.filter((finding) => !isNearLimit(finding)).length;
  return [
    ...(count === 0 ? [] : [phrase`${countOf(count, 'limit holds', 'limits hold')}, at most half used`]),
    ...(untouched.length === 0 ? [] : [phrase`${untouched.length} more checked, none found`]),
  ];
}

function limitLine(finding: LimitFinding): Phrase {
  return phrase`${limitNamePhrase(finding)}: ${limitPhrase(finding)}`;
}

/** Those that keep access all, of the others the first; details stand below their account. */
function renderOpen({ open, openCount }: Review, page: TerminalPage): readonly string[] {
  const shown = open.filter(({ keepsAccess }, index) => keepsAccess || index < LONGEST_LIST);
  const rest = open.length - shown.length;
  const rows = shown.flatMap((one) => [
    ...renderParagraph(openHeadline(one), '  ', page),
    ...openDetails(one).flatMap((line) => renderParagraph(line, '    ', page)),
  ]);
  const more = rest === 0 ? [] : renderParagraph(phrase`${rest} more in plan.md`, '  ', page);
  const title = page.colors.bold(`Open: left as they are (${formatCount(openCount)})`);
  return open.length === 0 ? [] : ['', title, ...rows, ...more];
}

const LONGEST_LIST = 20;

function exclusionPhrases({ exclusions }: Review): readonly Phrase[] {
  return exclusions.map(({ reason, exclusions: group }) =>
    wordsOf(`${formatCount(group.length)} × ${EXCLUSION_NAMES[reason]}${newWords(group)}`),
  );
}

/** The first by name; all are in plan.md. */
const ADOPTED_SHOWN = 5;

function adoptedPhrases({ plan: { body } }: Review): readonly Phrase[] {
  const { adopted } = body;
  if (adopted.length === 0) return [];
  const rest = adopted.length - ADOPTED_SHOWN;
  const more = rest > 0 ? [phrase`and ${countOf(rest, 'other', 'others')}, listed in plan.md`] : [];
  return [adoptionPhrase(adopted), ...adopted.slice(0, ADOPTED_SHOWN).map(adoptedPhrase), ...more];
}

function unmanagedPhrases({ unmanaged }: Review): readonly Phrase[] {
  if (unmanaged.length === 0) return [];
  return [
    phrase`${countOf(unmanaged.length, 'account in Zivver that no desired file names; left as it is', 'accounts in Zivver that no desired file names; left as they are')}, listed in plan.md`,
  ];
}

/** Nothing for a section without lines. `title`: words of ours. */
function renderSection(title: string, phrases: readonly Phrase[], page: TerminalPage): readonly string[] {
  if (phrases.length === 0) return [];
  return ['', page.colors.bold(title), ...phrases.flatMap((line) => renderParagraph(line, '  ', page))];
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
