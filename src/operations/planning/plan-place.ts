import { ReconcileError } from '../../model/errors.ts';
import { requireGenesis, type Ledger } from '../../adapters/git/ledger.ts';
import { listLedgerFacts, type LedgerFacts } from '../../model/ledger/ledger-facts.ts';
import { refuseExceeded } from '../../model/plan/guard-refusal.ts';
import { renderTerminal } from '../../model/review/terminal.ts';
import type { PlanBody, PlanFile } from '../../model/schema/generated/plan.ts';
import type { CommandContext } from '../context.ts';
import type { Output } from '../output.ts';

/** Where the next plan stands in the ledger, and what the ledger knows of accounts. */
export interface PlanPlace {
  readonly place: Pick<PlanBody, 'lineage' | 'sequence' | 'parent'>;
  readonly facts: LedgerFacts;
}

/** Numbers go up over everything applied and everything merged, so that the newest plan has the highest. */
export function findPlace(
  { configuration }: Pick<CommandContext, 'configuration'>,
  ledger: Ledger,
  lastPlan: PlanFile | null,
): PlanPlace {
  const { genesis, head } = requireGenesis(ledger, configuration.organisation);
  if (genesis.target !== configuration.target.url)
    throw new ReconcileError(
      'PLAN_WRONG_TARGET',
      `The ledger is for ${genesis.target}, organisation.yaml names ${configuration.target.url}`,
      {
        remedy:
          'Correct zivver.url; for another Zivver organisation make another organisation folder with: zivver-gitops init',
      },
    );
  refuseOpenApply(ledger);
  const sequence = 1 + Math.max(ledger.entries.at(-1)?.begin.sequence ?? 0, lastPlan?.body.sequence ?? 0);
  return { place: { lineage: genesis.lineage, sequence, parent: head }, facts: listLedgerFacts(ledger.entries) };
}

/** A plan made meanwhile would be void as soon as that apply ends; merged over one that died, it would block both. */
function refuseOpenApply({ entries }: Ledger): void {
  const last = entries.at(-1);
  if (last === undefined || last.end !== null) return;
  throw new ReconcileError('LEDGER_LOCKED', `Plan ${last.name} is being applied, or its apply died half-way`, {
    remedy: `Wait until that apply has ended. If it died: zivver-gitops apply ${last.name}, with --resume if it ran on another machine; with --abandon instead if a later plan is merged already.`,
  });
}

export function isBeyondLimits({ limits, overTime }: Pick<PlanBody, 'limits' | 'overTime'>): boolean {
  return [...limits, ...overTime].some(({ verdict }) => verdict === 'exceeded');
}

/** Shows what the plan would have been: whoever has to find the cause needs to see it. `hint`: lines below it. */
export function refusePlan(plan: PlanFile, output: Output, hint = ''): never {
  output.print(renderTerminal(plan, { width: output.width, color: output.hasColor }));
  if (hint !== '') output.print(`${hint}\n`);
  refuseExceeded([...plan.body.limits, ...plan.body.overTime], 'no file was written');
  throw new Error('a refused plan has an exceeded limit');
}
