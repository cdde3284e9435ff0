import type { Change } from '../change/change.ts';
import { departmentOf } from './department.ts';
import { formatShown } from './html-phrase.ts';
import { ACTION_NAMES, REASON_NAMES } from './words-filter.ts';

/** What changes can be filtered by, beside their risk class: value and label of each choice, only those that occur. */
export type ReportFacets = Readonly<
  Record<'action' | 'reason' | 'department' | 'division', readonly (readonly [value: string, label: string])[]>
>;

/** A plan names the division only where it changes or is new; no shown value can be equal to this. */
const NO_DIVISION = '⟦none⟧';

export function buildFacets(changes: readonly Change[]): ReportFacets {
  const actions = new Set<string>(changes.map(({ action }) => action));
  const reasons = new Set<string>(changes.map(({ reason }) => reason));
  const departments = [...new Set(changes.map(departmentLabelOf))].sort();
  const divisions = [...new Set(changes.map(divisionOf))].sort();
  return {
    action: Object.entries(ACTION_NAMES).filter(([action]) => actions.has(action)),
    reason: Object.entries(REASON_NAMES).filter(([reason]) => reasons.has(reason)),
    department: departments.map((department) => [department, department === NOT_KNOWN ? 'not known' : department]),
    division: divisions.map((division) => [division, division === NO_DIVISION ? 'not in this change' : division]),
  };
}

const NOT_KNOWN = '⟦not known⟧';

/** Where the person works, as shown. */
export function departmentLabelOf(change: Pick<Change, 'evidence'>): string {
  const department = departmentOf(change);
  return department === null ? NOT_KNOWN : formatShown(department);
}

/** The division an account has after the change, as shown. */
export function divisionOf({ before, after }: Pick<Change, 'before' | 'after'>): string {
  const division = after.division ?? before.division ?? null;
  return division === null ? NO_DIVISION : formatShown(division);
}
