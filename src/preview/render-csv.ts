import type { Exclusion } from '../schema/generated/plan.ts';
import type { Preview, PreviewedAccount } from './preview.ts';

const COLUMNS = [
  'status',
  'kind',
  'source',
  'address',
  'fullName',
  'active',
  'inactivity',
  'aliases',
  'delegates',
  'members',
  'division',
  'reason',
  'detail',
  'dn',
] as const;

/**
 * Accounts, entries left out and values left out as one table (RFC 4180, CRLF). A cell that a spreadsheet would take for a
 * formula begins with an apostrophe. Lists are counts. `show`: for a terminal, which values must not steer.
 */
export function renderCsv({ accounts, excluded, leftOut }: Preview, show = (text: string): string => text): string {
  const rows = [
    COLUMNS,
    ...accounts.map(accountRow),
    ...excluded.map((exclusion) => exclusionRow('excluded', exclusion)),
    ...leftOut.map((exclusion) => exclusionRow('value left out', exclusion)),
  ];
  return rows.map((cells) => `${cells.map((cell) => formatCell(show(cell))).join(',')}\r\n`).join('');
}

/** One cell: harmless to a spreadsheet, quoted where commas, quotes or line ends need it. */
export function formatCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function accountRow(account: PreviewedAccount): readonly string[] {
  const { kind, source, address, fullName, active, inactivity, division, dn } = account;
  const counts = [account.aliases, account.delegates, account.members].map((list) =>
    list === null ? '' : `${list.length}`,
  );
  const state = active ? 'yes' : 'no';
  return ['selected', kind, source, address, fullName, state, inactivity ?? '', ...counts, division ?? '', '', '', dn];
}

function exclusionRow(status: string, { source, address, reason, detail, subject }: Exclusion): readonly string[] {
  return [status, '', source ?? '', address ?? '', '', '', '', '', '', '', '', reason, detail, subject];
}
