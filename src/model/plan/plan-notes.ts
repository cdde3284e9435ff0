import { fact } from '../facts/fact.ts';
import { noteUnreadableKeys } from '../settle/sign-on-keys.ts';
import { buildHoldNotes } from '../settle/hold-notes.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { PlanInput } from './plan-input.ts';

/** Entries that filters left out are counted, not listed: that is what filters are for. */
export function buildNotes(input: PlanInput): Fact[] {
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
    ...(filtered > 0 ? [fact('filters-left-out', { count: filtered })] : []),
    ...(gone.length > 0 ? [fact('files-removed', { addresses: gone })] : []),
  ];
}
