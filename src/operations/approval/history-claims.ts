import { readAcceptedPlan } from '../../adapters/git/accepted-plan.ts';
import { listBaseline, type BaselineListing } from '../../adapters/git/baseline.ts';
import { listCommitsBefore } from '../../adapters/git/commits-before.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { formatCanonicalJson } from '../../model/canonical.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { listFailures } from '../../model/ledger/failures.ts';
import { listFailedBefore } from '../../model/plan/failed-before.ts';
import { listTouched } from '../../model/ledger/touched.ts';
import { markNewExclusions } from '../../model/plan/mark-new.ts';
import { listTouchedBefore } from '../../model/plan/touched-before.ts';
import { listTaken } from '../../model/ledger/taken.ts';
import { evaluateGuards } from '../../model/plan/guards.ts';
import { judgeOverTime } from '../../model/plan/over-time.ts';
import type { PlanBody, PlanFile } from '../../model/schema/generated/plan.ts';
import { HOLDS_FILE, OPEN_FILE } from '../../model/desired/desired-state.ts';
import { parseHolds } from '../../model/desired/holds.ts';
import { parseOpenLines } from '../../model/desired/open-file.ts';
import { findHeldChanges } from '../../model/plan/hold-claims.ts';
import { findOpenAgeClaims } from '../../model/plan/open-claims.ts';
import { planName } from '../../model/plan/plan-name.ts';
import { hasApplied } from '../../model/ledger/has-applied.ts';

export interface HistoryClaims {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly verified: VerifiedPlan;
  /** The commit that brought the plan onto the branch. */
  readonly planCommit: string;
  readonly now: Date;
}

/** What the branch had before anything of the plan came to it. */
export interface PlanBaseline {
  readonly listing: BaselineListing;
  readonly claims: readonly string[];
}

/** Clocks of two machines may differ so much. */
const SKEW_MS = 5 * 60_000;

/** What a plan that was not begun yet says of its place in time, and branch and ledger contradict. */
export async function readHistoryClaims(given: HistoryClaims): Promise<PlanBaseline> {
  const { git, configuration, ledger, verified, planCommit, now } = given;
  const { body } = verified.plan;
  const { organisation } = body;
  const before = await listCommitsBefore(git, { organisation, name: planName(verified.plan), planCommit });
  const commit = before.at(-1) ?? null;
  const [listing, plans, ofLedger] = await Promise.all([
    listBaseline(git, commit, organisation),
    listCommittedPlans(git, commit, organisation),
    readLedgerClaims({ git, configuration, ledger, verified, now }),
  ]);
  const starts = [commit, ...before.slice(0, -1)];
  return {
    listing,
    claims: [
      ...findNumberClaims(body, [...ledger.entries, ...plans]),
      ...ofLedger,
      ...(await findFileClaims(git, verified, starts)),
    ],
  };
}

/** What it says of the plans before it, against the ledger. */
export async function readLedgerClaims(given: Omit<HistoryClaims, 'planCommit'>): Promise<string[]> {
  const { git, configuration, ledger, verified, now } = given;
  const { body, digest } = verified.plan;
  const accepted = await readAcceptedPlan(git, { organisation: body.organisation, ledger, except: digest });
  const entries = new Map(accepted?.body.source.map((source) => [source.name, source.entries]));
  const isFloorWrong = body.source.some(({ name, previousEntries }) => previousEntries !== (entries.get(name) ?? null));
  return [
    ...findTimeClaims(body, ledger, now),
    ...(body.bootstrap && hasApplied(ledger.entries) ? ['it is not the first plan'] : []),
    ...(isFloorWrong ? ['what the sources had before is not what the last accepted plan says'] : []),
    ...findOverTimeClaims(body, configuration, ledger),
    ...findFailureClaims(body, ledger),
    ...findTouchedClaims(body, ledger),
    ...findNewsClaims(body, accepted),
  ];
}

/** `before`: the plans that ledger and branch have. */
export function findNumberClaims({ sequence }: PlanBody, before: readonly { readonly name: string }[]): string[] {
  const numbers = before.map(({ name }) => Number.parseInt(name, 10));
  return sequence === 1 + Math.max(0, ...numbers) ? [] : ['its number is not the next one of ledger and branch'];
}

function findTimeClaims({ createdAt }: PlanBody, { entries, genesis }: Ledger, now: Date): string[] {
  const parent = entries.at(-1)?.records.at(-1)?.at ?? genesis?.at ?? createdAt;
  const made = Date.parse(createdAt);
  return [
    ...(made > now.getTime() + SKEW_MS ? ['it was made in the future'] : []),
    ...(made < Date.parse(parent) - SKEW_MS ? ['it was made before its parent'] : []),
  ];
}

/** What reviewers were told of the limits over time, against the ledger as it was then. */
function findOverTimeClaims(body: PlanBody, configuration: Configuration, { entries }: Ledger): string[] {
  const now = new Date(body.createdAt);
  const findings = evaluateGuards(body, { configuration, now, index: null });
  const { changes, overTime } = body;
  const derived = judgeOverTime({ configuration, now, taken: listTaken(entries), changes, findings });
  return formatCanonicalJson(derived) === formatCanonicalJson(overTime)
    ? []
    : ['the limits over time are not what the ledger gives'];
}

/** What reviewers were told of earlier failures. */
function findFailureClaims({ changes, failedBefore }: PlanBody, { entries }: Ledger): string[] {
  const derived = listFailedBefore(changes, listFailures(entries));
  return formatCanonicalJson(derived) === formatCanonicalJson(failedBefore)
    ? []
    : ['what did not work before is not what the ledger says'];
}

/** What reviewers were told of the last plan that changed an account. */
function findTouchedClaims({ changes, touchedBefore }: PlanBody, { entries }: Ledger): string[] {
  const derived = listTouchedBefore(changes, listTouched(entries));
  return formatCanonicalJson(derived) === formatCanonicalJson(touchedBefore)
    ? []
    : ['the plans that changed these accounts before are not what the ledger says'];
}

/** What reviewers were told is left out for the first time; a rollback compares with no plan. */
function findNewsClaims({ exclusions, source }: PlanBody, accepted: PlanFile | null): string[] {
  const before = source.length === 0 ? null : (accepted?.body.exclusions ?? null);
  return formatCanonicalJson(markNewExclusions(exclusions, before)) === formatCanonicalJson(exclusions)
    ? []
    : ['what it leaves out is not as new as it says'];
}

/** Files that the plan wrote and removed and what it leaves open, against those that the branch had at one of its possible starts. */
export async function findFileClaims(
  git: GitRepository,
  verified: VerifiedPlan,
  starts: readonly (string | null)[],
): Promise<string[]> {
  let claims: string[] = [];
  for (const start of starts) {
    claims = await findClaimsAt(git, verified, start);
    if (claims.length === 0) break;
  }
  return claims;
}

async function findClaimsAt(
  git: GitRepository,
  { plan: { body }, desired }: VerifiedPlan,
  start: string | null,
): Promise<string[]> {
  const { prefix, accounts, holds, open } = await listBaseline(git, start, body.organisation);
  const before = new Map([...accounts, ...holds, ...open].map(({ path, blob }) => [path, blob]));
  const written = [...desired].filter(([path, blob]) => before.get(path) !== blob).length;
  const removed = [...before.keys()].filter((path) => !desired.has(path)).length;
  const isCounted = body.desired.written === written && body.desired.removed === removed;
  const managed = Object.values(body.accounting.managed).reduce((sum, count) => sum + count, 0);
  const texts = await git.readBlobs([...holds, ...open].map(({ blob }) => blob));
  const held = holds.flatMap((_file, place) => parseHolds(texts[place] ?? '', `${prefix}${HOLDS_FILE}`));
  const lines = open.flatMap(() => parseOpenLines(texts.at(-1) ?? '', `${prefix}${OPEN_FILE}`));
  return [
    ...(isCounted ? [] : ['the written and removed desired files are counted wrongly']),
    ...(managed === accounts.length ? [] : ['the managed accounts are not all accounted for']),
    ...findOpenAgeClaims(body, lines),
    ...findHeldChanges(body, held),
  ];
}
