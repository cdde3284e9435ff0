import picocolors from 'picocolors';
import { commonNameOf } from '../../model/directory/distinguished-name.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import { formatCount } from '../../model/text/format-count.ts';
import { columnsOf, wrapText } from '../../model/text/terminal-layout.ts';
import { EXCLUSION_NAMES } from '../../model/review/words-exclusion.ts';
import type { LeftOut, Preview, PreviewedAccount } from './preview.ts';

export interface PreviewPage {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** What was searched for, null = everybody is shown. */
  readonly search: string | null;
}

type Colors = ReturnType<typeof picocolors.createColors>;

interface Lines {
  readonly width: number;
  readonly colors: Colors;
}

/** Counts first, then every account, everybody who is left out and why, and values that are left out. */
export function renderPreview(preview: Preview, { width, color, search }: PreviewPage): string {
  const colors = picocolors.createColors(color);
  const { accounts, excluded, leftOut, notes } = preview;
  const users = accounts.filter(({ kind }) => kind === 'user');
  const functional = accounts.filter(({ kind }) => kind === 'functional');
  const page = { width, colors };
  return [
    ...wrapText(renderCounts(preview, search), width).map((line) => colors.bold(line)),
    ...notes.flatMap((note) => hang(escapeTerminal(note), `${colors.yellow('!')} `, width)),
    ...renderAccounts(`Users (${formatCount(users.length)})`, users, page),
    ...renderAccounts(`Functional accounts (${formatCount(functional.length)})`, functional, page),
    ...renderExclusions('Left out', excluded, page),
    ...renderExclusions('Values left out of these accounts', leftOut, page),
  ].join('\n');
}

function renderCounts({ counts, accounts, excluded }: Preview, search: string | null): string {
  const all =
    `${formatCount(counts.users)} users (${formatCount(counts.active)} active), ` +
    `${formatCount(counts.functional)} functional accounts, ${formatCount(counts.excluded)} left out`;
  if (search === null) return all;
  const found = `${formatCount(accounts.length)} accounts and ${formatCount(excluded.length)} left out`;
  return `${found} with "${escapeTerminal(search)}", of ${all}`;
}

/** Two columns and what follows; an account that does not fit goes on in the next line. */
function renderAccounts(title: string, accounts: readonly PreviewedAccount[], { width, colors }: Lines): string[] {
  if (accounts.length === 0) return [];
  const room = (texts: readonly string[], most: number): number =>
    Math.min(Math.max(...texts.map((text) => columnsOf(escapeTerminal(text)))), most);
  const addressColumns = room(
    accounts.map(({ address }) => address),
    Math.floor(width * 0.4),
  );
  const nameColumns = room(
    accounts.map(({ fullName }) => fullName),
    Math.floor(width * 0.25),
  );
  const lines = accounts.flatMap((account) => {
    const start = `  ${pad(escapeTerminal(account.address), addressColumns)}  `;
    const name = pad(escapeTerminal(account.fullName), nameColumns);
    const facts = describeAccount(account);
    const paint = account.active ? (text: string) => text : colors.dim;
    const whole = `${start}${name}  ${facts}`.trimEnd();
    if (columnsOf(whole) <= width) return [paint(whole)];
    const indent = ' '.repeat(addressColumns + 4);
    const isTooLong = columnsOf(`${start}${name}`) > width;
    const [head = '', ...more] = isTooLong ? hang(name.trim(), indent, width) : [`${indent}${name}`];
    return [`${start}${head.slice(indent.length)}`.trimEnd(), ...more, ...hang(facts, indent, width)].map(paint);
  });
  return ['', colors.bold(title), ...lines];
}

function describeAccount(account: PreviewedAccount): string {
  const { origin, aliases, delegates, members, division, inactivity, hasMobile, nameBefore } = account;
  const count = (list: readonly string[] | null, one: string, many: string): string[] =>
    list === null || list.length === 0 ? [] : [`${formatCount(list.length)} ${list.length === 1 ? one : many}`];
  return [
    ...(inactivity === null ? [] : [inactivity]),
    ...(origin === 'shared mailbox' ? [origin] : []),
    ...(members?.length === 0 ? ['no members'] : count(members, 'member', 'members')),
    ...count(aliases, 'alias', 'aliases'),
    ...count(delegates, 'delegate', 'delegates'),
    ...(hasMobile ? ['mobile'] : []),
    ...(nameBefore === null ? [] : [`from "${escapeTerminal(nameBefore)}"`]),
    ...(division === null ? [] : [`division ${escapeTerminal(division)}`]),
  ].join(', ');
}

function renderExclusions(title: string, exclusions: readonly LeftOut[], { width, colors }: Lines): string[] {
  if (exclusions.length === 0) return [];
  const reasons = [...new Set(exclusions.map(({ reason }) => reason))];
  const groups = reasons.flatMap((reason) => {
    const group = exclusions.filter((exclusion) => exclusion.reason === reason);
    const heading = `  ${EXCLUSION_NAMES[reason]} (${formatCount(group.length)})`;
    return [heading, ...group.flatMap((exclusion) => renderExclusion(exclusion, width, colors))];
  });
  return ['', colors.bold(`${title} (${formatCount(exclusions.length)})`), ...groups];
}

function renderExclusion({ subject, address, detail }: LeftOut, width: number, colors: Colors): readonly string[] {
  const name = commonNameOf(subject) ?? subject;
  const who = address === null ? name : `${name}, ${address}`;
  return [
    ...hang(escapeTerminal(who), '    - ', width),
    ...hang(escapeTerminal(detail), '      ', width),
    ...hang(escapeTerminal(subject), '      ', width).map((line) => colors.dim(line)),
  ];
}

function hang(text: string, first: string, width: number): readonly string[] {
  const columns = columnsOf(first);
  return wrapText(text, Math.max(width - columns, 20)).map(
    (line, index) => `${index === 0 ? first : ' '.repeat(columns)}${line}`,
  );
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(columns - columnsOf(text), 0));
}
