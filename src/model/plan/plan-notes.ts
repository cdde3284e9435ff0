import { noteUnreadableKeys } from '../settle/sign-on-keys.ts';
import { buildHoldNotes } from '../settle/hold-notes.ts';
import type { PlanInput } from './plan-input.ts';

/** Entries that filters left out are counted, not listed: that is what filters are for. */
export function buildNotes(input: PlanInput): string[] {
  const { mapped, settlement, absences, scope, holds = [], index, now } = input;
  const filtered = mapped.excluded.filter(({ exclusion }) => exclusion.reason === 'filtered').length;
  const gone = settlement.gone.map(({ address }) => address).sort();
  return [
    ...buildHoldNotes({ holds, mapped, index, now }),
    ...(scope?.remarks ?? []),
    ...mapped.notes,
    ...absences.notes,
    ...settlement.notes,
    ...noteUnreadableKeys(settlement.settled, input),
    ...(filtered > 0 ? [`Filters left out ${filtered} ${filtered === 1 ? 'entry' : 'entries'}.`] : []),
    ...(gone.length > 0
      ? [`Without an account in Zivver, so their desired files are removed: ${gone.join(', ')}.`]
      : []),
  ];
}
