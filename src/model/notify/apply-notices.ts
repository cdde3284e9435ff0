import { isSuccessStatus } from '../ledger/outcome-status.ts';
import type { EndRecord, FinishedRecord, LedgerRecord } from '../schema/generated/ledger.ts';
import { countWords, DAY_MS, formatMinute, linksTo, type Notice } from './notice.ts';

/** What the ledger has of an applied plan. */
export interface AppliedPlan {
  readonly name: string;
  readonly records: readonly LedgerRecord[];
  readonly end: EndRecord | null;
  /** Digest of its last record. */
  readonly head: string;
}

/** What ended longer ago is no news: notify may have been set up since. */
const NEWS_MS = 7 * DAY_MS;
const NAMED = 20;

/** That a plan was applied, what failed first. */
export function buildAppliedNotices(organisation: string, applied: AppliedPlan, now: Date): readonly Notice[] {
  const { name, records, end, head } = applied;
  if (end === null || now.getTime() - Date.parse(end.at) > NEWS_MS) return [];
  const finished = [
    ...new Map(
      records.flatMap((record) => (record.type === 'finished' ? [[record.change, record] as const] : [])),
    ).values(),
  ];
  const failed = finished.filter(({ status }) => !isSuccessStatus(status));
  const done = finished.length - failed.length;
  const unconfirmed = end.unconfirmed.length;
  const begin = records.find((record) => record.type === 'begin');
  const runUrl = begin?.type === 'begin' ? begin.holder.runUrl : null;
  return [
    {
      event: 'applied',
      about: head,
      title: `Plan ${name} for ${organisation}: ${VERDICTS[end.verdict]}`,
      lines: [
        ...(failed.length === 0
          ? []
          : [`${countWords(failed.length, 'change is', 'changes are')} NOT done: ${totalsOf(failed)}.`]),
        ...(unconfirmed === 0
          ? []
          : [`${countWords(unconfirmed, 'change', 'changes')} not seen in Zivver afterwards.`]),
        `${countWords(done, 'change', 'changes')} done. Ended ${formatMinute(end.at)}.`,
      ],
      names: [
        ...failed
          .slice(0, NAMED)
          .map(({ address, status, detail }) => `${status}: ${address}${detail === null ? '' : `: ${detail}`}`),
        ...(failed.length > NAMED ? [`and ${failed.length - NAMED} more`] : []),
      ],
      links: linksTo('Run', runUrl),
    },
  ];
}

const VERDICTS: Readonly<Record<EndRecord['verdict'], string>> = {
  complete: 'applied completely',
  incomplete: 'applied in part',
  interrupted: 'its apply was interrupted',
  refused: 'refused, because Zivver had changed; nothing was written',
  abandoned: 'abandoned after its apply died',
};

function totalsOf(failed: readonly FinishedRecord[]): string {
  const totals = new Map<string, number>();
  for (const { status } of failed) totals.set(status, (totals.get(status) ?? 0) + 1);
  return [...totals].map(([status, count]) => `${count} ${status}`).join(', ');
}
