import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { Ledger } from './ledger.ts';
import type { GitRepository } from './repository.ts';

export interface AcceptedRequest {
  readonly organisation: string;
  readonly ledger: Pick<Ledger, 'entries'>;
  /** Digest of a plan that does not count: the one that is being judged. */
  readonly except: string | null;
}

/**
 * The last plan that was begun and not refused and for which sources were read: a rollback reads none, and must not make the
 * floors forget their counts; what was merged and never begun proves nothing. Read from the commit it was applied from.
 */
export async function readAcceptedPlan(
  git: GitRepository,
  { organisation, ledger, except }: AcceptedRequest,
): Promise<PlanFile | null> {
  for (const { name, begin, end } of ledger.entries.toReversed()) {
    if (end?.verdict === 'refused' || begin.plan === except) continue;
    const file = `${planFolder(organisation, name)}/plan.json`;
    const text = await git.readFileAt(begin.approval.commit, file);
    const plan = text === undefined ? null : parsePlanFile(text.toString('utf8'), file);
    if (plan !== null && plan.digest === begin.plan && plan.body.source.length > 0) return plan;
  }
  return null;
}
