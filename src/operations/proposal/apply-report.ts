import { provenBy } from '../../model/approval/approval-summary.ts';
import { renderPhrase } from '../../model/review/markdown-phrase.ts';
import { proofPhrase } from '../../model/review/words-approval.ts';
import { isSuccessStatus } from '../../model/ledger/outcome-status.ts';
import type { LedgerEntry } from '../../adapters/git/ledger.ts';
import { escapeCode, escapeText } from '../../model/text/escape.ts';
import type { FinishedRecord } from '../../model/schema/generated/ledger.ts';
import { formatCount } from '../../model/text/format-count.ts';

const ROWS = 200;

/** What became of a plan, for its pull request: from the ledger, or that nothing was written. Markdown. */
export function renderApplyReport(name: string, entry: LedgerEntry | null, runUrl: string | null): string {
  const run = runUrl === null ? '' : ` ([run](${runUrl}))`;
  if (entry === null)
    return `**Plan \`${name}\` was not applied: it was refused before the first write**${run}. Zivver is as it was; the run tells why.\n`;
  const finished = new Map(
    entry.records.flatMap((record) => (record.type === 'finished' ? [[record.change, record]] : [])),
  );
  const troubles = [...finished.values()].filter(
    ({ status, withoutAliases }) => !isSuccessStatus(status) || withoutAliases !== undefined,
  );
  const rows = troubles.slice(0, ROWS).map(renderRow);
  const rest = troubles.length > ROWS ? [`- **+${formatCount(troubles.length - ROWS)} more**, see the run`] : [];
  return [
    `**Plan \`${name}\`: ${verdictOf(entry)}**${run}.`,
    '',
    totalsOf([...finished.values()]),
    '',
    `Approval: ${renderPhrase(proofPhrase(provenBy(entry.begin.approval)))}.`,
    '',
    ...rows,
    ...rest,
    '',
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

function verdictOf({ end }: LedgerEntry): string {
  if (end?.unread !== undefined) return 'applied, but not confirmed: Zivver could not be read afterwards';
  switch (end?.verdict) {
    case 'complete':
      return 'applied completely and confirmed';
    case 'incomplete':
      return 'applied in part';
    case 'interrupted':
      return 'interrupted; apply goes on where it stopped';
    case 'refused':
      return 'refused, because Zivver had changed; nothing was written';
    case 'abandoned':
      return 'abandoned after its apply died; the next plan is made from what Zivver has';
    case undefined:
      return 'begun and not ended';
  }
}

function totalsOf(finished: readonly FinishedRecord[]): string {
  const totals = new Map<string, number>();
  for (const { status } of finished) totals.set(status, (totals.get(status) ?? 0) + 1);
  return [...totals].map(([status, count]) => `${formatCount(count)} ${status}`).join(', ');
}

function renderRow({ address, status, detail, cure }: FinishedRecord): string {
  const told = [detail, cure].flatMap((text) => (text === null ? [] : [escapeText(text)])).join(' — ');
  return `- ${escapeCode(address)} ${status}${told === '' ? '' : `: ${told}`}`;
}
