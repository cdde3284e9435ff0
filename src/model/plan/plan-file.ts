import { digestOf, formatCanonicalJson } from '../canonical.ts';
import { verifyChanges } from '../change/verify-changes.ts';
import { ReconcileError } from '../errors.ts';
import type { PlanBody, PlanFile } from '../schema/generated/plan.ts';
import { findSchemaFaults, type SchemaFault } from '../schema/validate.ts';
import { findSentenceFaults } from './plan-facts.ts';

export const PLAN_SCHEMA = 'zivver-gitops.plan/1';

export interface FormattedPlan {
  readonly plan: PlanFile;
  /** Of plan.json: canonical JSON and one newline. */
  readonly bytes: Buffer;
}

/** A plan and its bytes, of which the digest is taken anyway. */
export function formatPlan(body: PlanBody): FormattedPlan {
  const canonical = Buffer.from(formatCanonicalJson(body));
  const plan = { schema: PLAN_SCHEMA, digest: digestOf(canonical), body } as const;
  const { before, after } = surroundings(plan);
  return { plan, bytes: Buffer.concat([Buffer.from(before), canonical, Buffer.from(after)]) };
}

export function buildPlanFile(body: PlanBody): PlanFile {
  return formatPlan(body).plan;
}

/** What stands around the canonical form of the body, whose name is the first of the three. */
function surroundings({ digest, schema }: Omit<PlanFile, 'body'>): { before: string; after: string } {
  return { before: '{"body":', after: `,${formatCanonicalJson({ digest, schema }).slice(1)}\n` };
}

/**
 * Bytes of plan.json → plan. Parses, validates, writes again and compares bytes, then the digest.
 * Throws PLAN_NOT_CANONICAL (21), PLAN_DIGEST (22), or PLAN_CONTRADICTORY (21) if its changes cannot be true together.
 */
export function parsePlanFile(text: string, file: string): PlanFile {
  const plan = parseJson(text, file);
  const faults = findFaults(plan);
  if (faults.length > 0) {
    const problems = faults.map(({ pointer, what }) => ({ where: `${file}${pointer}`, what }));
    throw new ReconcileError('PLAN_NOT_CANONICAL', `${file} is not a plan of this format`, {
      remedy: RESTORE,
      problems,
    });
  }
  const valid = plan as PlanFile;
  const body = formatCanonicalJson(valid.body);
  const { before, after } = surroundings(valid);
  if (before + body + after !== text)
    throw new ReconcileError(
      'PLAN_NOT_CANONICAL',
      `${file} is not in canonical form: somebody edited or reformatted it`,
      { remedy: RESTORE },
    );
  const digest = digestOf(body);
  if (digest !== valid.digest)
    throw new ReconcileError('PLAN_DIGEST', `${file} says ${valid.digest}, its contents have ${digest}`, {
      remedy: RESTORE,
    });
  verifyChanges(valid.body.changes, file);
  return valid;
}

/**
 * plan.json whose digest the proved ledger names: apply took these very bytes only after it had verified all that `parsePlanFile`
 * does. Null: it is another one.
 */
export function readAppliedPlan(text: string, digest: string): PlanFile | null {
  const { before, after } = surroundings({ schema: PLAN_SCHEMA, digest });
  if (!text.startsWith(before) || !text.endsWith(after)) return null;
  return digestOf(text.slice(before.length, -after.length)) === digest ? (JSON.parse(text) as PlanFile) : null;
}

/** Facts inside facts go as deep as somebody wrote them. */
function findFaults(plan: unknown): readonly Pick<SchemaFault, 'pointer' | 'what'>[] {
  try {
    const faults = findSchemaFaults('plan', plan);
    return faults.length > 0 ? faults : findSentenceFaults((plan as PlanFile).body);
  } catch (error) {
    if (error instanceof RangeError) return [{ pointer: '', what: 'is nested too deep' }];
    throw error;
  }
}

const RESTORE = 'Discard this plan and make a new one with: zivver-gitops plan';

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ReconcileError('PLAN_NOT_CANONICAL', `${file} is not JSON`, { remedy: RESTORE, cause });
  }
}
