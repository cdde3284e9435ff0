import { formatCanonicalJson } from '../../model/canonical.ts';
import type { PlanBody, PlanFile } from '../../model/schema/generated/plan.ts';

/** True if two plans ask for the same on the same grounds; when and by which server they were made does not matter. */
export function isSamePlan(one: PlanFile, other: PlanFile): boolean {
  return formatCanonicalJson(essence(one.body)) === formatCanonicalJson(essence(other.body));
}

/** A plan with less than a quarter of its time left is replaced even if nothing changed, or nobody could merge it in time. */
export function isRunningOut({ body }: PlanFile, now: Date): boolean {
  const end = Date.parse(body.expiresAt);
  return now.getTime() > end - (end - Date.parse(body.createdAt)) / 4;
}

/** Sealed keys differ with every sealing; that a key belongs to a change stands in the change itself. */
function essence({ createdAt: _made, expiresAt: _ends, sealed: _sealed, source, ...rest }: PlanBody): object {
  return { ...rest, source: source.map(({ server: _server, pages: _pages, ...summary }) => summary) };
}
