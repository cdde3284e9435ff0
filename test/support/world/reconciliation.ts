import { LiveIndex } from '../../../src/model/account/existing-index.ts';
import type { AccountReader, AccountWriter, ExistingAccounts } from '../../../src/model/account/target.ts';
import { LiveTarget } from '../../../src/operations/apply/live-target.ts';
import type { Outcome } from '../../../src/operations/apply/outcome.ts';
import { assessChanges, replayPlan, type Assessment, type ReplayEvent } from '../../../src/operations/apply/replay.ts';
import type { ApprovedPlan } from '../../../src/operations/approval/approval.ts';
import type { Configuration } from '../../../src/model/configuration/configuration.ts';
import type { Baseline } from '../../../src/model/desired/baseline.ts';
import type { DesiredFiles } from '../../../src/model/desired/desired-file.ts';
import { OPEN_FILE } from '../../../src/model/desired/desired-state.ts';
import { parseOpenLines } from '../../../src/model/desired/open-file.ts';
import { parseDesiredAccount } from '../../../src/model/desired/yaml.ts';
import type { LedgerFacts } from '../../../src/model/ledger/ledger-facts.ts';
import { mapAccounts } from '../../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../../src/model/mapping/open-mapping.ts';
import type { MappedAccounts } from '../../../src/model/mapping/mapped.ts';
import type { WholeRead } from '../../../src/model/mapping/read-source.ts';
import { judgeAbsences } from '../../../src/model/settle/absences.ts';
import type { DomainRead } from '../../../src/model/settle/evidence.ts';
import { buildPlanFile, parsePlanFile } from '../../../src/model/plan/plan-file.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import { buildPlan } from '../../../src/model/plan/plan.ts';
import { mustAskDomains } from '../../../src/model/settle/doubt.ts';
import { settleAccounts } from '../../../src/model/settle/settle.ts';
import type { Settlement } from '../../../src/model/settle/settlement.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import type { SsoKeys } from '../../../src/adapters/secrets/seal.ts';
import { formatPlanFile } from '../format-plan-file.ts';

export const NO_BASELINE: Baseline = { commit: null, accounts: [], holds: [], open: [], files: new Map() };

export interface Seen {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly sources: readonly WholeRead[];
  readonly domains: readonly DomainRead[];
  readonly existing: ExistingAccounts;
  readonly baseline: Baseline;
  readonly previous: PlanFile | null;
  readonly bootstrap: boolean;
  readonly facts?: LedgerFacts;
}

export interface Planned {
  readonly plan: PlanFile;
  readonly files: DesiredFiles;
  readonly ssoKeys: SsoKeys;
  readonly isEmpty: boolean;
  readonly mapped: MappedAccounts;
  readonly settlement: Settlement;
  /** Accounts of the branch. */
  readonly managed: number;
}

/** What the plan command does between reading and writing; the plan has been through its own file format. */
export function planSeen(seen: Seen): Planned {
  const { configuration, now, domains, baseline, bootstrap } = seen;
  const sources = seen.sources.map((read) => takeWhole(read, seen));
  const index = new LiveIndex(seen.existing);
  const managedKeys = new Set(baseline.accounts.map(({ key }) => key));
  const mapped = mapAccounts({ configuration, now, sources, managedKeys });
  const settlement = settleAccounts({
    configuration,
    mapped,
    index,
    baseline: baseline.accounts,
    bootstrap,
    ...(seen.facts === undefined ? {} : { facts: seen.facts }),
  });
  const mustAsk = !bootstrap && mustAskDomains(settlement, configuration);
  const asked = domains.flatMap((domain, index) => {
    const snapshot = sources[index]?.snapshot;
    return snapshot === undefined ? [] : [{ ...domain, snapshot, warnings: [], second: null }];
  });
  const absences = judgeAbsences({
    configuration,
    now,
    missing: new Set(settlement.missing.flatMap(({ key }) => key ?? [])),
    excluded: mapped.excluded,
    domains: mustAsk ? asked : [],
  });
  const { body, files, ssoKeys, isEmpty } = buildPlan({
    configuration,
    now,
    bootstrap,
    tool: '0.1.0',
    place: {
      lineage: '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11',
      sequence: 1 + (seen.previous?.body.sequence ?? 0),
      parent: seen.previous?.digest ?? configuration.digest,
    },
    source: sources.map(({ snapshot: { name, kind, server, baseDn, selected, groups, pages } }) => ({
      name,
      kind,
      server,
      baseDn,
      pages,
      entries: selected.length,
      groups: groups.length,
      complete: true,
      previousEntries: seen.previous?.body.source.find((one) => one.name === name)?.entries ?? null,
    })),
    mapped,
    settlement,
    absences,
    index,
    baseline,
    ...(seen.facts === undefined ? {} : { facts: seen.facts }),
  });
  const plan = parsePlanFile(formatPlanFile(buildPlanFile(body)), 'plan.json');
  return { plan, files, ssoKeys, isEmpty, mapped, settlement, managed: baseline.accounts.length };
}

/** Path → blob id. */
export function blobsOf(files: DesiredFiles): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, { blob }]) => [path, blob]));
}

/** Merges: what the plan rendered is what the branch has from now on. */
export function commitFiles(files: DesiredFiles): Baseline {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const accounts = sorted.filter(([name]) => name !== OPEN_FILE);
  return {
    commit: 'c'.repeat(40),
    accounts: accounts.map(([name, { text }]) => parseDesiredAccount(text, name)),
    holds: [],
    open: parseOpenLines(files.get(OPEN_FILE)?.text ?? 'open: []\n', OPEN_FILE),
    files: new Map(sorted.map(([path, { blob }]) => [path, { path, blob }])),
  };
}

/** The only place where a test says that a plan is approved. */
export function approve(plan: PlanFile): ApprovedPlan {
  return { plan, name: planName(plan), freshness: { kind: 'first' } } as unknown as ApprovedPlan;
}

export interface Replayed {
  readonly assessment: Assessment;
  readonly events: readonly ReplayEvent[];
  readonly outcomes: readonly Outcome[];
}

/** Reads Zivver afresh, judges the preconditions and replays; with `stopAfter` the process is gone after so many events. */
export async function replayOnce(
  { plan, ssoKeys }: Pick<Planned, 'plan' | 'ssoKeys'>,
  zivver: { readonly reader: AccountReader; readonly writer: AccountWriter },
  stopAfter = Infinity,
): Promise<Replayed> {
  const target = new LiveTarget(zivver.reader, () => 0);
  await target.refresh();
  const assessment = assessChanges(plan.body.changes, target);
  const events: ReplayEvent[] = [];
  if (assessment.stale.length === 0 && stopAfter > 0) {
    const { signal } = new AbortController();
    for await (const event of replayPlan(approve(plan), assessment, {
      target,
      writer: zivver.writer,
      ssoKeys,
      signal,
      verifyHeld: async () => undefined,
    })) {
      events.push(event);
      if (events.length >= stopAfter) break;
    }
  }
  return {
    assessment,
    events,
    outcomes: events.flatMap((event) => (event.type === 'finished' ? [event.outcome] : [])),
  };
}
