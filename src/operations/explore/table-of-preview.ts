import type { CsvRows } from '../../model/text/csv.ts';
import type { LeftOut, Preview, PreviewedAccount } from './preview.ts';

const COLUMNS = [
  'status',
  'kind',
  'origin',
  'source',
  'address',
  'fullName',
  'active',
  'inactivity',
  'aliases',
  'delegates',
  'members',
  'mobile',
  'division',
  'reason',
  'detail',
  'dn',
] as const;

/**
 * Accounts, entries left out and values left out as one table. Lists are counts. `show`: for a terminal, which values must not steer.
 */
export function tableOfPreview(
  { accounts, excluded, leftOut }: Preview,
  show = (text: string): string => text,
): CsvRows {
  const rows = [
    COLUMNS,
    ...accounts.map(accountRow),
    ...excluded.map((exclusion) => exclusionRow('excluded', exclusion)),
    ...leftOut.map((exclusion) => exclusionRow('value left out', exclusion)),
  ];
  return rows.map((cells) => cells.map((cell) => show(cell)));
}

function accountRow(account: PreviewedAccount): readonly string[] {
  const { kind, origin, source, address, fullName, active, inactivity, division, dn, hasMobile } = account;
  const counts = [account.aliases, account.delegates, account.members].map((list) =>
    list === null ? '' : `${list.length}`,
  );
  const state = active ? 'yes' : 'no';
  const mobile = hasMobile ? 'yes' : 'no';
  const facts = [state, inactivity ?? '', ...counts, mobile, division ?? ''];
  return ['selected', kind, origin, source, address, fullName, ...facts, '', '', dn];
}

function exclusionRow(status: string, { source, address, reason, detail, subject }: LeftOut): readonly string[] {
  const facts = Array.from({ length: 8 }, () => '');
  return [status, '', '', source ?? '', address ?? '', ...facts, reason, detail, subject];
}
