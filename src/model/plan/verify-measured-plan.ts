import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Hold } from '../desired/holds.ts';
import type { SignOnBefore } from '../ledger/sign-on-making.ts';
import type { Taken } from '../ledger/taken.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { ExistingSummary, PlanBody } from '../schema/generated/plan.ts';
import { findAccountingClaims } from './accounting-claims.ts';
import { bindAccounts, measureExisting, smallerOf } from './bound-accounts.ts';
import { findFalseClaims, refuseFalseClaims } from './file-claims.ts';
import { refuseExceeded } from './guard-refusal.ts';
import { evaluateGuards } from './guards.ts';
import { findDroppedFiles, findForeignAccounts, findForeignFiles, listAdoptedKeys } from './identity-claims.ts';
import { findHeldChanges } from './hold-claims.ts';
import { judgeOverTime } from './over-time.ts';
import { findSignOnClaims } from './sign-on-claims.ts';

export interface MeasuredInput {
  readonly body: PlanBody;
  /** For problems. */
  readonly file: string;
  readonly configuration: Configuration;
  readonly now: Date;
  /** Zivver as this apply has just read it. */
  readonly index: ExistingIndex;
  /** Desired accounts of the branch before the plan. */
  readonly baseline: readonly DesiredAccount[];
  /** Of the branch before the plan. */
  readonly holds: readonly Hold[];
  /** Those that the plan rendered and the branch did not have so. */
  readonly rendered: readonly DesiredAccount[];
  /** All desired files that the plan rendered: path → blob id. */
  readonly desired: ReadonlyMap<string, string>;
  /** By the plans before this one. */
  readonly taken: readonly Taken[];
  /** What they did to single sign-on keys; null: none is made otherwise now. */
  readonly signOnBefore: SignOnBefore | null;
  /** Change id → single sign-on key, as opened. Secret. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  /** What branch and ledger contradict. */
  readonly claims: readonly string[];
}

/**
 * Limits and protection as apply sees them: of two populations the smaller one counts. Then whatever else the plan says of
 * itself. Throws 32, 33, or 29. The populations that were measured. Pure.
 */
export function verifyMeasuredPlan(input: MeasuredInput): ExistingSummary {
  const { body, configuration, now, index, baseline } = input;
  const bound = bindAccounts(baseline, index);
  const rendered = new Map(input.rendered.map((account) => [account.key, account]));
  const context = { configuration, index, bound, rendered };
  const adopted = listAdoptedKeys(body.changes, { ...context, baseline: new Set(baseline.map(({ key }) => key)) });
  const measured = {
    ...body,
    existing: smallerOf(body.existing, measureExisting(index, bound)),
    desired: { adopted: Math.max(body.desired.adopted, adopted.size) },
  };
  const findings = evaluateGuards(measured, { configuration, now, index });
  const overTime = judgeOverTime({ configuration, now, taken: input.taken, changes: body.changes, findings });
  refuseExceeded([...findings, ...overTime], 'nothing was applied');
  refuseExceeded([...body.limits, ...body.overTime], 'nothing was applied');
  const claims = [
    ...findForeignAccounts(body.changes, context),
    ...findForeignFiles(body.changes, context),
    ...findDroppedFiles(body.changes, baseline, { ...context, desired: input.desired }),
    ...findHeldChanges(body, input.holds, (zivverId) => bound.keys.get(zivverId)),
    ...findAdoptedClaims(body, adopted),
    ...findAccountingClaims(body, input),
    ...findSignOnClaims(body.changes, input),
    ...input.claims,
    ...findFalseClaims({ body, configuration, desired: input.desired }),
  ];
  refuseFalseClaims(claims, input.file);
  return measured.existing;
}

/** Whom the review names as adopted, against the desired files that the plan begins. */
function findAdoptedClaims({ adopted, desired }: PlanBody, keys: ReadonlySet<string>): string[] {
  const isRight =
    desired.adopted === adopted.length && adopted.length === keys.size && adopted.every(({ key }) => keys.has(key));
  return isRight ? [] : ['the accounts that it adopts are not those for which it writes desired files'];
}
