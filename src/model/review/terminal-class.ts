import { formatCount } from '../text/format-count.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';
import type { RepeatedChange } from './repetition.ts';
import type { Review, ReviewedClass } from './review.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { DESTRUCTIVE } from './risk.ts';
import { wrapText } from '../text/terminal-layout.ts';
import { renderParagraph, type TerminalPage } from '../text/terminal-phrase.ts';
import { effectPhrases, kindPhrase, repeatedPhrase } from './words-change.ts';
import { CLASS_TITLES, consequencePhrases } from './words-class.ts';
import { detailPhrases } from './words-detail.ts';

/** Longer lists are shortened; destructive ones never. */
const LONGEST_LIST = 20;

/** Examples of a pattern. */
const LONGEST_GROUP = 3;

/** Who reads whose mail is worth more lines. */
const LONGEST_MAIL_LIST = 100;

/** Every class with changes, riskiest first. */
export function renderTerminalClasses(review: Review, page: TerminalPage): readonly string[] {
  return review.classes.flatMap((reviewed) => [
    '',
    ...renderHeading(reviewed, page),
    ...consequencePhrases(reviewed, review.plan.body).flatMap((words) => renderParagraph(words, '  ', page)),
    ...renderChanges(reviewed, review, page),
  ]);
}

function renderHeading({ risk, count }: ReviewedClass, { width, colors }: TerminalPage): readonly string[] {
  const lines = wrapText(`${CLASS_TITLES[risk]} (${formatCount(count)})`, width);
  return lines.map((line) => (DESTRUCTIVE.has(risk) ? colors.red(colors.bold(line)) : colors.bold(line)));
}

function renderChanges(
  { risk, changes, repeated }: ReviewedClass,
  review: Review,
  page: TerminalPage,
): readonly string[] {
  const { sso } = review.plan.body;
  if (risk === 'create') {
    return renderShortened(changes, page, { render: (change) => renderSigned(headline(change), change, page) });
  }
  const groups = repeated.flatMap((group) => renderRepeated(group, page));
  if (DESTRUCTIVE.has(risk)) return changes.flatMap((change) => renderChange(change, sso, page));
  const render = risk === 'attributes' || risk === 'follows' ? renderRoutine : renderChange;
  const longest = risk === 'mail' ? LONGEST_MAIL_LIST : LONGEST_LIST;
  return [...groups, ...renderShortened(changes, page, { render: (change) => render(change, sso, page), longest })];
}

function renderChange(reviewed: ReviewedChange, sso: boolean, page: TerminalPage): readonly string[] {
  const details = detailPhrases(reviewed, sso);
  return [
    ...renderSigned(headline(reviewed), reviewed, page),
    ...details.flatMap((detail) => renderParagraph(detail, '      ', page)),
  ];
}

function renderRoutine(reviewed: ReviewedChange, sso: boolean, page: TerminalPage): readonly string[] {
  const told = joinPhrases([headline(reviewed), ...effectPhrases(reviewed, sso)], '; ');
  return renderSigned(told, reviewed, page);
}

/** `+` comes, `~` changes, `-` goes: red where somebody loses access, green where somebody gets it. */
function renderSigned(words: Phrase, { change }: ReviewedChange, page: TerminalPage): readonly string[] {
  const sign = SIGNS[change.action];
  const [first = '', ...others] = renderParagraph(words, `  ${sign} `, page);
  const { red, green, yellow } = page.colors;
  const paint = { '+': green, '~': yellow, '-': red }[sign];
  return [`  ${paint(sign)}${first.slice(3)}`, ...others];
}

const SIGNS = { create: '+', reactivate: '+', update: '~', suspend: '-', delete: '-' } as const;

/** What a change of a group has for itself. */
function ownPhrase(reviewed: ReviewedChange, isExact: boolean): Phrase {
  const { address } = reviewed.change;
  if (isExact) return phrase`${address}`;
  return joinPhrases([phrase`${address}`, ...effectPhrases(reviewed, true)], '; ');
}

function renderRepeated(group: RepeatedChange, page: TerminalPage): readonly string[] {
  return [
    ...renderParagraph(repeatedPhrase(group), '  ~ ', page),
    ...renderShortened(group.changes, page, {
      render: (reviewed) => renderParagraph(ownPhrase(reviewed, group.isExact), '      ', page),
      longest: group.isExact ? LONGEST_LIST : LONGEST_GROUP,
    }),
  ];
}

function renderShortened<Row>(
  rows: readonly Row[],
  page: TerminalPage,
  { render, longest = LONGEST_LIST }: { readonly render: (row: Row) => readonly string[]; readonly longest?: number },
): readonly string[] {
  const more = rows.length - longest;
  const shown = rows.slice(0, longest).flatMap(render);
  if (more <= 0) return shown;
  return [
    ...shown,
    ...renderParagraph([{ style: 'words', text: `+${formatCount(more)} more, see plan.md` }], '  ', page),
  ];
}

function headline({ change }: ReviewedChange): Phrase {
  const kind: readonly Phrase[] = change.kind === 'user' ? [] : [kindPhrase(change)];
  return joinPhrases([strong`${change.fullName}`, phrase`${change.address}`, ...kind, phrase`${change.id}`], ' · ');
}
