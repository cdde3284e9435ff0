import { readBaseline, type Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-state.ts';
import { isHoldInForce, type Hold } from '../desired/holds.ts';
import { ReconcileError } from '../errors.ts';
import { fetchBranch } from '../git/branch.ts';
import { mapAccounts } from '../mapping/map-accounts.ts';
import { explainAbsences, type Explanation } from '../plan/evidence.ts';
import { buildPlanFile } from '../plan/plan-file.ts';
import { buildPlan } from '../plan/plan.ts';
import { settleAccounts } from '../plan/settle.ts';
import type { PlanBody, PlanFile } from '../schema/generated/plan.ts';
import type { MobileSeal } from '../secrets/mobile-seal.ts';
import type { CommandContext } from './context.ts';
import { readLastPlans, summariseSources } from './last-plan.ts';
import { requireMobileSeal, sealBaseline } from './mobile-seals.ts';
import type { Output } from './output.ts';
import { readPlace, refusePlan } from './plan-place.ts';
import { readWorld, type World } from './read-world.ts';
import { sealPlan } from './seal-plan.ts';

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
  const seal = requireMobileSeal(configuration, process.env);
  const baseline = sealBaseline(await readBaseline(git, commit, configuration.organisation), seal);
  if (request.bootstrap) refuseSecondBootstrap(baseline);
  const { newest, newestRead } = await readLastPlans(git, commit, configuration.organisation);
  const place = await readPlace(context, newest);
  const holds = baseline.holds.filter((hold) => isHoldInForce(hold, request.now));
  const world = await readWorld(context, request.output, seal);
  try {
    const decided = await decide(world, { context, baseline, holds, request, seal });
    const source = summariseSources(world.sources, newestRead);
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
      holds,
      ...decided,
    });
    if (built.body.limits.some(({ verdict }) => verdict === 'exceeded'))
      refusePlan(buildPlanFile(built.body), request.output);
    const plan = await sealPlan(built, seal, configuration.recipients);
    return { plan, files: built.files, isEmpty: built.isEmpty };
  } finally {
    await world.close();
  }
}

export interface Deciding {
  readonly context: Pick<CommandContext, 'configuration'>;
  readonly baseline: Pick<Baseline, 'accounts'>;
  /** In force. */
  readonly holds?: readonly Hold[];
  readonly request: Pick<PlanRequest, 'now' | 'bootstrap'> & { readonly output: Pick<Output, 'progress'> };
  /** Null or absent: mobile numbers are shown in clear. */
  readonly seal?: MobileSeal | null;
}

/** Maps, pairs, and asks the whole domain about everybody who is missing. */
export async function decide(
  world: Omit<World, 'close'>,
  { context: { configuration }, baseline, holds = [], request, seal }: Deciding,
): Promise<{
  mapped: ReturnType<typeof mapAccounts>;
  settlement: ReturnType<typeof settleAccounts>;
  explanations: ReadonlyMap<string, Explanation>;
}> {
  const { now, bootstrap, output } = request;
  const managedKeys = new Set(baseline.accounts.map(({ key }) => key));
  const mapped = mapAccounts({
    configuration,
    now,
    sources: world.sources,
    managedKeys,
    sealMobile: seal ? (number) => seal.seal(number) : undefined,
  });
  const settlement = settleAccounts({
    configuration,
    mapped,
    index: world.index,
    baseline: baseline.accounts,
    holds,
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
