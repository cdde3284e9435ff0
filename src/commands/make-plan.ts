import { readBaseline, type Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-state.ts';
import { ReconcileError } from '../errors.ts';
import { fetchBranch } from '../git/branch.ts';
import { readLedger, requireGenesis, type Ledger } from '../ledger/ledger.ts';
import { mapAccounts } from '../mapping/map-accounts.ts';
import { explainAbsences, type Explanation } from '../plan/evidence.ts';
import { refuseExceeded } from '../plan/guard-refusal.ts';
import { buildPlanFile } from '../plan/plan-file.ts';
import { buildPlan } from '../plan/plan.ts';
import { settleAccounts } from '../plan/settle.ts';
import { renderTerminal } from '../review/terminal.ts';
import type { PlanBody, PlanFile } from '../schema/generated/plan.ts';
import { sealSsoKeys } from '../secrets/seal.ts';
import type { CommandContext } from './context.ts';
import { readLastPlan, summariseSources } from './last-plan.ts';
import type { Output } from './output.ts';
import { readWorld, type World } from './read-world.ts';

export interface PlanRequest {
  readonly bootstrap: boolean;
  readonly now: Date;
  readonly output: Output;
}

export interface MadePlan {
  readonly plan: PlanFile;
  readonly files: DesiredFiles;
  readonly isEmpty: boolean;
}

/** Reads everything, decides everything, writes nothing. Throws before anything on disk is touched. */
export async function makePlan(context: CommandContext, request: PlanRequest): Promise<MadePlan> {
  const { git, configuration } = context;
  const { gitRemote, branch } = configuration.approval;
  const { commit } = await fetchBranch(git, gitRemote, branch);
  const baseline = await readBaseline(git, commit, configuration.organisation);
  if (request.bootstrap) refuseSecondBootstrap(baseline);
  const last = await readLastPlan(git, commit, configuration.organisation);
  const place = await readPlace(context, last);
  const world = await readWorld(context, request.output);
  try {
    const decided = await decide(world, { context, baseline, request });
    const source = summariseSources(world.sources, last);
    refuseEmptySources(source);
    const { now, bootstrap } = request;
    const built = buildPlan({
      configuration,
      now,
      bootstrap,
      tool: context.version,
      place,
      source,
      index: world.index,
      baseline,
      ...decided,
    });
    if (built.body.limits.some(({ verdict }) => verdict === 'exceeded'))
      refusePlan(buildPlanFile(built.body), request.output);
    const sealed = built.ssoKeys.size === 0 ? null : await sealSsoKeys(built.ssoKeys, configuration.recipients);
    return { plan: buildPlanFile({ ...built.body, sealed }), files: built.files, isEmpty: built.isEmpty };
  } finally {
    await world.close();
  }
}

/** Shows what the plan would have been: whoever has to find the cause needs to see it. */
function refusePlan(plan: PlanFile, output: Output): never {
  output.print(renderTerminal(plan, { width: output.width, color: output.hasColor }));
  refuseExceeded(plan.body.limits, 'no file was written');
  throw new Error('a refused plan has an exceeded limit');
}

export interface Deciding {
  readonly context: Pick<CommandContext, 'configuration'>;
  readonly baseline: Pick<Baseline, 'accounts'>;
  readonly request: Pick<PlanRequest, 'now' | 'bootstrap'> & { readonly output: Pick<Output, 'progress'> };
}

/** Maps, pairs, and asks the whole domain about everybody who is missing. */
export async function decide(
  world: Omit<World, 'close'>,
  { context: { configuration }, baseline, request }: Deciding,
): Promise<{
  mapped: ReturnType<typeof mapAccounts>;
  settlement: ReturnType<typeof settleAccounts>;
  explanations: ReadonlyMap<string, Explanation>;
}> {
  const { now, bootstrap, output } = request;
  const managedKeys = new Set(baseline.accounts.map(({ key }) => key));
  const mapped = mapAccounts({ configuration, now, sources: world.sources, managedKeys });
  const settlement = settleAccounts({
    configuration,
    mapped,
    index: world.index,
    baseline: baseline.accounts,
    bootstrap,
  });
  const mustAsk = settlement.missing.some(({ existing }) => existing.kind === 'user' && existing.active);
  if (mustAsk) output.progress(`Looking for ${settlement.missing.length} missing accounts in the whole domain …`);
  const domains = mustAsk ? await world.readDomains() : [];
  return {
    mapped,
    settlement,
    explanations: explainAbsences({ configuration, now, excluded: mapped.excluded, domains }),
  };
}

/** Numbers go up over everything applied and everything merged, so that the newest plan has the highest. */
async function readPlace(
  { git, configuration }: CommandContext,
  lastPlan: PlanFile | null,
): Promise<Pick<PlanBody, 'lineage' | 'sequence' | 'parent'>> {
  const ledger = await readLedger(git, configuration.approval.gitRemote, configuration.organisation);
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
  return { lineage: genesis.lineage, sequence, parent: head };
}

/** A plan made meanwhile would be void as soon as that apply ends; merged over one that died, it would block both. */
function refuseOpenApply({ entries }: Ledger): void {
  const last = entries.at(-1);
  if (last === undefined || last.end !== null) return;
  throw new ReconcileError('LEDGER_LOCKED', `Plan ${last.name} is being applied, or its apply died half-way`, {
    remedy: `Wait until that apply has ended. If it died: zivver-gitops apply ${last.name}, with --resume if it ran on another machine; a plan merged over it must be reverted first.`,
  });
}

function refuseSecondBootstrap(baseline: Baseline): void {
  if (baseline.accounts.length === 0) return;
  throw new ReconcileError(
    'CLI_USAGE',
    `--bootstrap is for the first plan; the branch already has ${baseline.accounts.length} desired accounts`,
    {
      remedy: 'Run plan without --bootstrap.',
    },
  );
}

/** A search that succeeds with nobody is the classic way to suspend everybody (safety.md). */
function refuseEmptySources(sources: PlanBody['source']): void {
  const problems = sources
    .filter(({ entries }) => entries === 0)
    .map(({ name }) => ({ where: `source ${name}`, what: 'has no entries at all' }));
  if (problems.length > 0)
    throw new ReconcileError('SOURCE_IMPLAUSIBLE', 'A source is empty; no file was written', {
      remedy: 'Check base DN, query and read rights of the service account.',
      problems,
    });
}
