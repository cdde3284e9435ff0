import { fact } from '../facts/fact.ts';
import type { Change } from '../change/change.ts';
import { isRefusedTwice, type Failures } from '../ledger/failures.ts';
import { draftOfChange } from '../settle/draft-of-change.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import { takesAway } from './wave.ts';

/**
 * Changes that Zivver refused twice for the same lasting cause stay open until something differs. What takes something away is
 * never left out.
 */
export function leaveOutFailed(
  changes: readonly Change[],
  failures: Failures,
): { readonly changes: readonly Change[]; readonly open: readonly OpenDraft[] } {
  if (failures.byChange.size === 0) return { changes, open: [] };
  const open: OpenDraft[] = [];
  const kept = changes.filter((change) => {
    const own = failures.byChange.get(change.id) ?? [];
    if (takesAway(change) || !isRefusedTwice(own)) return true;
    const last = own.at(-1);
    const plans = own.map(({ plan }) => plan).slice(-2);
    open.push(
      draftOfChange(change, {
        reason: 'refused-twice',
        detail: fact('refused-twice', { plans, why: last?.detail ?? '' }),
      }),
    );
    return false;
  });
  return { changes: kept, open };
}
