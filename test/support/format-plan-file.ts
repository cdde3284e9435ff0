import { formatCanonicalJson } from '../../src/model/canonical.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';

/** What plan.json would hold, with whatever digest the plan claims. */
export function formatPlanFile(plan: PlanFile): string {
  return `${formatCanonicalJson(plan)}\n`;
}
