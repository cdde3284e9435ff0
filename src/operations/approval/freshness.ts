import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import { requireGenesis } from '../../adapters/git/ledger.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { planName } from '../../model/plan/plan-name.ts';

/** Where a fresh plan stands: it begins, or it goes on from an apply that did not end well. */
export type Freshness = { readonly kind: 'first' } | { readonly kind: 'again'; readonly entry: LedgerEntry };

export interface FreshnessInput {
  readonly plan: PlanFile;
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly now: Date;
  /** Version of this program. */
  readonly tool: string;
}

/** Refuses plans for another target, applied before, overtaken, expired, or made with another configuration or tool. */
export function verifyFreshness({ plan, configuration, ledger, now, tool }: FreshnessInput): Freshness {
  const { body } = plan;
  const { genesis, head } = requireGenesis(ledger, body.organisation);
  if (body.lineage !== genesis.lineage || body.target !== genesis.target || body.target !== configuration.target.url)
    throw new ReconcileError(
      'PLAN_WRONG_TARGET',
      `The plan is for ${body.target}, the ledger for ${genesis.target}, the configuration for ${configuration.target.url}`,
      {
        remedy: 'Make a new plan; after a change of the target start a new ledger with: zivver-gitops init',
      },
    );
  const entry = ledger.entries.find(({ begin }) => begin.plan === plan.digest);
  if (entry) refuseApplied(entry, ledger);
  else refuseOvertaken(plan, ledger, head);
  if (entry === undefined && Date.parse(body.expiresAt) <= now.getTime())
    throw new ReconcileError('PLAN_EXPIRED', `The plan expired at ${body.expiresAt}`, {
      remedy: 'Make a new plan with: zivver-gitops plan',
    });
  if (body.configuration !== configuration.digest)
    throw new ReconcileError('PLAN_CONFIGURATION_CHANGED', 'organisation.yaml is not the one the plan was made with', {
      remedy: entry
        ? `Undo the change of organisation.yaml to go on; or close this apply, if it died, with: zivver-gitops apply ${entry.name} --abandon, and make a new plan.`
        : 'Make a new plan with the new configuration, or undo the change of organisation.yaml.',
    });
  if (majorOf(body.tool) !== majorOf(tool))
    throw new ReconcileError('PLAN_SUPERSEDED', `The plan was made by version ${body.tool}, this is ${tool}`, {
      remedy: 'Make a new plan with this version.',
    });
  return entry ? { kind: 'again', entry } : { kind: 'first' };
}

function refuseApplied(entry: LedgerEntry, ledger: Ledger): void {
  if (entry.end?.verdict === 'abandoned')
    throw superseded(`Plan ${entry.name} was abandoned at ${entry.end.at}, because its apply had died`);
  if (ledger.entries.at(-1) !== entry)
    throw superseded(`Plan ${entry.name} was applied at ${entry.begin.at}, and a later one after it`);
  if (entry.end?.verdict === 'complete')
    throw superseded(`Plan ${entry.name} was applied completely at ${entry.end.at}`);
  if (entry.end?.verdict === 'refused')
    throw superseded(`Plan ${entry.name} was refused at ${entry.end.at}, because Zivver had changed`);
}

function refuseOvertaken(plan: PlanFile, ledger: Ledger, head: string): void {
  const { sequence, parent } = plan.body;
  const last = ledger.entries.at(-1);
  if (parent === head && sequence > (last?.begin.sequence ?? 0)) return;
  if (last?.end === null) throw beforeOpen(plan, last);
  throw superseded(
    `Plan ${planName(plan)} was made before ${last ? `plan ${last.name} was applied` : 'this ledger began'}`,
  );
}

/** Nobody reviewed it against what that apply is doing, or did before it died. */
function beforeOpen(plan: PlanFile, { name }: LedgerEntry): ReconcileError {
  return new ReconcileError(
    'PLAN_SUPERSEDED',
    `Plan ${planName(plan)} was made before plan ${name} began, whose apply has not ended`,
    {
      remedy: `Wait for it; if that apply died: zivver-gitops apply ${name} --abandon, then make a new plan.`,
    },
  );
}

function superseded(what: string): ReconcileError {
  return new ReconcileError('PLAN_SUPERSEDED', what, { remedy: 'Make a new plan with: zivver-gitops plan' });
}

function majorOf(version: string): string {
  return version
    .split('.')
    .slice(0, version.startsWith('0.') ? 2 : 1)
    .join('.');
}
