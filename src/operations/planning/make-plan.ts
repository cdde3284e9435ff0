import { readAcceptedPlan } from '../../adapters/git/accepted-plan.ts';
import { hasApplied } from '../../model/ledger/has-applied.ts';
import { listBaseline, readBaseline, readManagedGroups, type BaselineListing } from '../../adapters/git/baseline.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import type { DesiredFiles } from '../../model/desired/desired-file.ts';
import type { Hold } from '../../model/desired/holds.ts';
import { ReconcileError } from '../../model/errors.ts';
import { readBranches, requireBranch } from '../../adapters/git/branch.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { mapAccounts } from '../../model/mapping/map-accounts.ts';
import type { MappedAccounts } from '../../model/mapping/mapped.ts';
import { judgeAbsences, type Absences } from '../../model/settle/absences.ts';
import { refuseChangedKeys } from '../../model/settle/changed-keys.ts';
import { mustAskDomains } from '../../model/settle/doubt.ts';
import { refuseLostKeys } from '../../model/settle/lost-keys.ts';
import type { LedgerFacts } from '../../model/ledger/ledger-facts.ts';
import { renderFirstPlan } from './next-step.ts';
import { buildPlanFile, type FormattedPlan } from '../../model/plan/plan-file.ts';
import { noticeDirectory } from '../../model/plan/notice-directory.ts';
import { buildPlan, type BuiltPlan } from '../../model/plan/plan.ts';
import { settleAccounts } from '../../model/settle/settle.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { CommandContext } from '../context.ts';
import { readDecisions, type PeopleDecisions } from './read-decisions.ts';
import { readLastPlan, summariseSources } from './last-plan.ts';
import { requireMobileSeal, sealBaseline, sealMapped } from '../reading/mobile-seals.ts';
import type { Output } from '../output.ts';
import { findPlace, isBeyondLimits, refusePlan, type PlanPlace } from './plan-place.ts';
import { buildWave, chooseScope, type PlanScope } from './plan-scope.ts';
import { openWorld, type World } from '../reading/read-world.ts';
import { askingOnce } from './asking-once.ts';
import { readSignOnBefore } from '../../adapters/git/sign-on-before.ts';
import { readRemovedByHand, tellRemoved } from './removed-by-hand.ts';
import { describeLeavers } from './describe-leavers.ts';
import { refuseEmptySources } from './refuse-empty-sources.ts';
import { sealPlan } from './seal-plan.ts';
import { readWorkTree, type WorkTree } from './read-work-tree.ts';

export interface PlanRequest {
  readonly bootstrap: boolean;
  /** Asks again for aliases that Zivver refused before. */
  readonly retriesAliases?: boolean;
  /** Asks again for changes that Zivver refused twice. */
  readonly retriesFailed?: boolean;
  /** Addresses, or files with them: nobody else takes part. */
  readonly only?: readonly string[] | undefined;
  /** Cuts what takes nothing away to what the limits allow. */
  readonly isWave?: boolean;
  /** Is given the plan that is refused, before it is. */
  readonly whenRefused?: (plan: PlanFile) => Promise<void>;
  readonly now: Date;
  readonly output: Output;
}

export interface MadePlan extends FormattedPlan {
  readonly files: DesiredFiles;
  readonly workTree: WorkTree;
  readonly isEmpty: boolean;
}

export interface RequestedPlan extends MadePlan {
  /** Nothing was applied yet, and this is not the plan that begins with `--bootstrap`. */
  readonly canBootstrap: boolean;
}

/** Reads everything, decides everything, writes nothing. Throws before anything on disk is touched. */
export async function makePlan(context: CommandContext, request: PlanRequest): Promise<RequestedPlan> {
  const { git, configuration } = context;
  const { now } = request;
  const seal = requireMobileSeal(configuration, process.env);
  const opened = await openWorld(context, now, request.output);
  try {
    const branch = await readBranch(context, request);
    const world = askingOnce(await opened.read(seal));
    const mapped = sealMapped(await mapAsked(world, { configuration, now, managedKeys: branch.managedKeys }), seal);
    const read = await readBaseline(git, branch.listing, {
      mapped: mapped.accounts,
      zivverIdOf: zivverIdIn(world.index),
    });
    const baseline = sealBaseline(read, seal);
    const decisions = await readDecisions(context, baseline, now);
    const planned = await buildRequested(context, request, { branch, world, mapped, baseline, decisions });
    const built = await describeLeavers(planned, world, { configuration, mapped, now });
    if (isBeyondLimits(built.body)) await refuse(buildPlanFile(built.body), request, branch);
    // git looks while the plan is sealed.
    const [workTree, sealed] = await Promise.all([
      readWorkTree(context, baseline),
      sealPlan(built, seal, configuration.recipients),
    ]);
    return { ...sealed, files: built.files, workTree, isEmpty: built.isEmpty, canBootstrap: branch.canBootstrap };
  } finally {
    await opened.close();
  }
}

async function refuse(plan: PlanFile, { whenRefused, output }: PlanRequest, { canBootstrap }: Branch): Promise<never> {
  await whenRefused?.(plan);
  return refusePlan(plan, output, canBootstrap ? renderFirstPlan(output) : '');
}

/** Before anybody loses a place in a group, the group itself is asked. */
async function mapAsked(
  world: Pick<World, 'sources' | 'askGroups'>,
  how: Omit<Parameters<typeof mapAccounts>[0], 'sources'>,
): Promise<MappedAccounts> {
  const mapped = mapAccounts({ ...how, sources: world.sources });
  const sources = await world.askGroups(mapped.accounts);
  return sources === null ? mapped : mapAccounts({ ...how, sources });
}

interface Known {
  readonly branch: Branch;
  readonly world: World;
  readonly mapped: MappedAccounts;
  readonly baseline: Baseline;
  readonly decisions: PeopleDecisions;
}

/** For everybody, or for whom the request is about. */
async function buildRequested(
  context: CommandContext,
  request: PlanRequest,
  { branch, world, mapped, baseline, decisions }: Known,
): Promise<BuiltPlan> {
  const { configuration, version: tool } = context;
  const { now, bootstrap } = request;
  const { index } = world;
  const source = summariseSources(world.sources, branch.accepted);
  refuseEmptySources(
    source,
    world.sources.flatMap(({ snapshot }) => snapshot.warnings),
  );
  const { place, facts: recorded } = branch.place;
  const facts = request.retriesAliases === true ? { ...recorded, refusedAliases: new Map() } : recorded;
  const made = { configuration, now, bootstrap, tool, place, facts, source, index, mapped, baseline };
  const { signOnBefore, accepted } = branch;
  const noticed = noticeDirectory(mapped.accounts, world.sources, now);
  const common = {
    ...made,
    ...decisions,
    noticed,
    signOnBefore,
    acceptedExclusions: accepted?.body.exclusions ?? null,
  };
  const known = (key: string): boolean =>
    mapped.accounts.some(({ account }) => account.key === key) || baseline.accounts.some((one) => one.key === key);
  const told = tellRemoved(branch.removed, known, index);
  const build = async (scope: PlanScope): Promise<BuiltPlan> => {
    const decided = await decide(world, { context, mapped, baseline, ...decisions, facts, scope, request });
    const { settlement } = decided;
    return buildPlan({
      ...common,
      retriesFailed: request.retriesFailed === true,
      scope,
      ...decided,
      settlement: { ...settlement, exclusions: [...settlement.exclusions, ...told] },
    });
  };
  const scope = chooseScope(request.only, { mapped: mapped.accounts, baseline: baseline.accounts, index });
  return request.isWave === true ? buildWave(build, scope, mapped.accounts) : build(scope);
}

function zivverIdIn(index: World['index']): (account: DesiredAccount) => string | undefined {
  return ({ key, address }) => (index.byExternalId(key)[0] ?? index.byAddress(address))?.zivverId;
}

interface Branch {
  readonly listing: BaselineListing;
  /** The last plan that was begun: its counts are the floors. */
  readonly accepted: PlanFile | null;
  readonly place: PlanPlace;
  readonly managedKeys: ReadonlySet<string>;
  /** Their desired file was removed without a plan. */
  readonly removed: readonly DesiredAccount[];
  readonly signOnBefore: Awaited<ReturnType<typeof readSignOnBefore>>;
  /** A plan with `--bootstrap` is still possible. */
  readonly canBootstrap: boolean;
}

/** What the configured branch and the ledger say, as known to the git remote now. */
async function readBranch(context: CommandContext, { bootstrap }: PlanRequest): Promise<Branch> {
  const { git, configuration } = context;
  const { organisation, approval } = configuration;
  const branches = await readBranches(git, approval, organisation);
  const commit = requireBranch(branches);
  const [listing, newest] = await Promise.all([
    listBaseline(git, commit, organisation),
    readLastPlan(git, commit, organisation),
  ]);
  const [ledger, managedKeys] = await Promise.all([
    readLedger(git, { organisation, branches }),
    readManagedGroups(git, listing),
  ]);
  const isLive = hasApplied(ledger.entries);
  if (bootstrap && isLive) throw notFirst();
  const accepted = await readAcceptedPlan(git, { organisation, ledger, except: null });
  const present = listing.accounts;
  const removed = await readRemovedByHand(git, { organisation, commit, newest, ledger, present });
  const place = findPlace(context, ledger, newest);
  const signOnBefore = await readSignOnBefore(git, { ledger, configuration });
  return { listing, accepted, place, managedKeys, removed, signOnBefore, canBootstrap: !bootstrap && !isLive };
}

export interface Deciding {
  readonly context: Pick<CommandContext, 'configuration'>;
  readonly mapped: MappedAccounts;
  readonly baseline: Pick<Baseline, 'accounts'>;
  /** In force. */
  readonly holds?: readonly Hold[];
  readonly facts?: LedgerFacts;
  readonly scope?: PlanScope;
  readonly request: Pick<PlanRequest, 'now' | 'bootstrap'> & { readonly output: Pick<Output, 'progress'> };
}

/** Pairs, and asks the whole domain about everybody who is missing. */
export async function decide(
  world: World,
  { context: { configuration }, mapped, baseline, holds = [], facts, scope, request }: Deciding,
): Promise<{
  settlement: ReturnType<typeof settleAccounts>;
  absences: Absences;
}> {
  const { now, bootstrap, output } = request;
  refuseLostKeys(mapped.accounts, baseline.accounts);
  refuseChangedKeys(mapped, baseline.accounts);
  const settlement = settleAccounts({
    configuration,
    mapped,
    index: world.index,
    baseline: baseline.accounts,
    holds,
    ...(facts === undefined ? {} : { facts }),
    ...(scope === undefined ? {} : { waiting: scope.waiting, isPilot: scope.isPilot }),
    bootstrap,
  });
  const missing = new Set(settlement.missing.flatMap(({ key }) => key ?? []));
  const mustAsk = !bootstrap && mustAskDomains(settlement, configuration);
  if (mustAsk) output.progress(`Looking for ${settlement.missing.length} missing accounts in the whole domain …`);
  const domains = mustAsk ? await world.askDomains(missing) : [];
  const absences = judgeAbsences({ configuration, now, missing, excluded: mapped.excluded, domains });
  return { settlement, absences };
}

function notFirst(): ReconcileError {
  return new ReconcileError('CLI_USAGE', '--bootstrap is for the first plan; one was applied already', {
    remedy: 'Run plan without --bootstrap.',
  });
}
