import picocolors from 'picocolors';
import { escapeTerminal } from '../../model/text/escape.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../../model/text/phrase.ts';
import { renderParagraph, renderTerminalPhrase, type TerminalPage } from '../../model/text/terminal-phrase.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import type { AccountHistory } from './account-history.ts';
import type { Reading } from './find-readings.ts';
import { viewApproval, type ApprovalView } from './approval-view.ts';
import { stateOf, type PlanEvent, type PlanRecord } from './plan-events.ts';
import {
  approvalPhrase,
  effectPhrase,
  isDone,
  isPlainlyDone,
  minuteOf,
  outcomePhrase,
  plainPhrase,
  STATE_NAMES,
  titleOf,
  whyPhrase,
} from './words-event.ts';

/** The whole story of the accounts that were known by one address. Lines end in LF. */
export function renderAccountHistories(histories: readonly AccountHistory[], options: TerminalOptions): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  return histories
    .map((history) =>
      renderAccount(history, page)
        .map((line) => `${line.trimEnd()}\n`)
        .join(''),
    )
    .join('\n');
}

function renderAccount(history: AccountHistory, page: TerminalPage): string[] {
  const { kind, key, zivverId, address, fullName, formerly, isManaged, events, isUnchanged, readings, certified } =
    history;
  const facts: [string, Phrase][] = [
    ...(kind === 'functional' ? [['kind', phrase`functional account`] as [string, Phrase]] : []),
    ...(formerly.length === 0
      ? []
      : [
          [
            'also',
            joinPhrases(
              formerly.map((one) => phrase`${one}`),
              ', ',
            ),
          ] as [string, Phrase],
        ]),
    ...(key === null ? [] : [['key', phrase`${key}`] as [string, Phrase]]),
    ...(zivverId === null ? [] : [['Zivver id', phrase`${zivverId}`] as [string, Phrase]]),
    ...stateFacts(events),
    ['managed', isManaged ? phrase`yes` : phrase`no: no desired file on the branch`],
  ];
  const none = isUnchanged ? ['', 'No plan has changed this account since it is managed.'] : [];
  return [
    renderTerminalPhrase(strong`${address}`, page.colors) +
      renderTerminalPhrase(phrase` · ${plainPhrase(fullName)}`, page.colors),
    ...facts.flatMap(([name, value]) => renderParagraph(value, `  ${name.padEnd(10)}`, page)),
    ...none,
    ...events.flatMap((event) => ['', ...renderTitled(event, titleOf(event), page)]),
    ...renderReadings(readings, page),
    ...renderCertified(certified, page),
  ];
}

/** What most readers came for: may the person log in, since when, and who approved it. */
function stateFacts(events: readonly PlanEvent[]): [string, Phrase][] {
  const last = events.findLast((event) => isDone(event) && stateWord(event) !== null);
  if (last === undefined) return [];
  const since = phrase`${plainPhrase(stateWord(last) ?? '')} since ${plainPhrase(minuteOf(last.at))} UTC, by plan ${plainPhrase(last.plan)}`;
  return [['state', last.approval === null ? since : phrase`${since}; ${approvalPhrase(last.approval)}`]];
}

/** Null: the change says nothing about it. */
function stateWord({ change: { action, after } }: PlanEvent): string | null {
  if (action === 'delete') return 'deleted';
  if (after.active === undefined) return null;
  return after.active ? 'active' : 'suspended';
}

/** One paragraph a mailbox: its own history has the evidence and who approved it. */
function renderReadings(readings: readonly Reading[], page: TerminalPage): readonly string[] {
  if (readings.length === 0) return [];
  const mailboxes = new Map<string, Phrase[]>();
  for (const { event, isGained } of readings) {
    const address = event.change.after.address ?? event.change.address;
    const way = isGained ? 'from' : 'until';
    const done = isDone(event) ? way : `not done (${way})`;
    const told = phrase`${plainPhrase(done)} ${plainPhrase(minuteOf(event.at))}, plan ${plainPhrase(event.plan)}`;
    mailboxes.set(address, [...(mailboxes.get(address) ?? []), told]);
  }
  const title = page.colors.bold('Could read the mail of');
  return [
    '',
    `${title}  ${page.colors.dim('why, and who approved it: history MAILBOX')}`,
    ...[...mailboxes].flatMap(([address, told]) =>
      renderParagraph(phrase`${address}: ${joinPhrases(told, '; ')}`, '  ', page),
    ),
  ];
}

const DECIDED = { keep: 'kept', remove: 'refused', question: 'questioned' } as const;

/** What owners decided, a line each: `2026-12-10 09:00  jan@company.org reads complaints@company.org: kept, certified by …`. */
function renderCertified(decisions: AccountHistory['certified'], page: TerminalPage): readonly string[] {
  if (decisions.length === 0) return [];
  return [
    '',
    page.colors.bold('Certified'),
    ...decisions.flatMap(({ decidedAt, mailbox, reader, decision, by, note }) => {
      const why = note === '' ? [] : phrase` (${note})`;
      const told = phrase`${reader} as a reader of ${mailbox}: ${plainPhrase(DECIDED[decision])}, certified by ${plainPhrase(by)}${why}`;
      return renderParagraph(told, `  ${minuteOf(decidedAt)}  `, page);
    }),
  ];
}

/** Every event of every account, oldest first, with the account's name. */
export function renderEvents(events: readonly PlanEvent[], options: TerminalOptions): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  const lines = events.flatMap((event) => {
    const { address, fullName } = event.change;
    return [
      ...renderTitled(event, `${titleOf(event)}: ${escapeTerminal(address)} ${escapeTerminal(fullName)}`, page),
      '',
    ];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function renderTitled(event: PlanEvent, words: string, page: TerminalPage): readonly string[] {
  const { colors } = page;
  const title = isDone(event) ? colors.bold(words) : colors.yellow(words);
  const effect = effectPhrase(event);
  const lines: [string, Phrase][] = [
    ...(effect.length === 0 ? [] : [['what', effect] as [string, Phrase]]),
    ['why', whyPhrase(event)],
    ...(isPlainlyDone(event) ? [] : [['outcome', outcomePhrase(event)] as [string, Phrase]]),
    ...(event.approval === null ? [] : [['approval', approvalPhrase(event.approval)] as [string, Phrase]]),
    ...(event.runUrl === null ? [] : [['run', phrase`${event.runUrl}`] as [string, Phrase]]),
  ];
  return [
    `${minuteOf(event.at)}  ${title}  ${colors.dim(`plan ${event.plan}`)}`,
    ...lines.flatMap(([name, words]) => renderParagraph(words, `  ${name.padEnd(10)}`, page)),
  ];
}

/** One line a plan, oldest first. Times are UTC. */
export function renderPlanRecords(records: readonly PlanRecord[], options: TerminalOptions): string {
  const colors = picocolors.createColors(options.color);
  const rows = records.map((record) => ({ cells: cellsOf(record), isComplete: stateOf(record) === 'complete' }));
  const head = ['PLAN', 'APPLIED (UTC)', 'RESULT', 'CHANGES', 'MERGED BY'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const format = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  const lines = rows.map(({ cells, isComplete }) => (isComplete ? format(cells) : colors.yellow(format(cells))));
  return [colors.dim(format(head)), ...lines].map((line) => `${line.trimEnd()}\n`).join('');
}

function reviewersOf({ reviews, signers, provenBy }: ApprovalView): string {
  const people = [...signers.map(({ name }) => `signed: ${name}`), ...reviews.map(({ login }) => login)];
  return people.length === 0 && provenBy === 'single' ? 'one pair of eyes' : people.join(', ');
}

function cellsOf(record: PlanRecord): string[] {
  const { name, plan, entry } = record;
  const colors = picocolors.createColors(false);
  const approval = entry === null ? null : viewApproval(entry.begin.approval);
  const person = approval === null ? '' : (approval.mergedBy?.replace(/ <[^>]*>$/, '') ?? 'not in git');
  const reviewers = approval === null ? '' : reviewersOf(approval);
  const at = entry?.end?.at ?? entry?.begin.at;
  return [
    name,
    at === undefined ? '' : minuteOf(at),
    STATE_NAMES[stateOf(record)],
    String(entry?.begin.changes ?? plan?.body.changes.length ?? ''),
    renderTerminalPhrase(
      person === ''
        ? []
        : phrase`${plainPhrase(person)}${reviewers === '' ? [] : phrase` (${plainPhrase(reviewers)})`}`,
      colors,
    ),
  ];
}
