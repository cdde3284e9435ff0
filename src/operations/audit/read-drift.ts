import { openLineOf, type OpenLine } from '../../model/desired/open-file.ts';
import type { OpenAccount } from '../../model/schema/generated/plan.ts';
import { buildDriftReport, type DriftReport, type ReportedOpen } from './drift-report.ts';
import { listPlanEvents, stateOf, type PlanRecord } from './plan-events.ts';
import { findSuspensions, type Suspension } from './suspensions.ts';
import { findUnrecorded } from './unrecorded.ts';
import { listLedgerFacts } from '../../model/ledger/ledger-facts.ts';
import { findDrift, type DriftSubject } from '../../model/plan/drift.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import type { CommandContext } from '../context.ts';
import { openMobileSeal, sealBaseline } from '../reading/mobile-seals.ts';
import type { Output } from '../output.ts';
import { readExisting } from '../reading/read-existing.ts';
import { readAudit } from './read-audit.ts';

/** Compares the desired files on the branch with Zivver as it is now. */
export async function readDrift(
  context: CommandContext,
  { now, output }: { now: Date; output: Output },
): Promise<DriftReport> {
  const { organisation, approval, sso } = context.configuration;
  const seal = openMobileSeal(context.configuration, process.env);
  const { baseline: stored, records, ledger } = await readAudit(context);
  const baseline = sealBaseline(stored, seal);
  const newest = records.findLast(({ plan }) => plan !== null);
  const pending = newest !== undefined && stateOf(newest) !== 'complete' ? newest : null;
  const drift = findDrift({
    desired: baseline.accounts,
    index: await readExisting(context, output, seal),
    ssoEnabled: sso.enabled,
    facts: listLedgerFacts(ledger.entries),
    pending: pending?.plan?.body.changes ?? [],
    knownUnmanaged: reviewedUnmanaged(records),
  });
  const suspensions = findSuspensions(records.flatMap(listPlanEvents), now);
  const stillSuspended = baseline.accounts.flatMap((account) => describeSuspended(account, suspensions));
  const facts = {
    organisation,
    branch: approval.branch,
    commit: baseline.commit ?? '',
    pendingPlan: pending?.name ?? null,
    open: markNew(baseline.open, reviewedOpen(records)),
  };
  const unrecorded = await findUnrecorded(context.git, { organisation, baseline, records });
  return buildDriftReport(drift, facts, { stillSuspended, unrecorded });
}

/** A rollback leaves open.yaml as the last plan that read a source wrote it. */
function reviewedOpen(records: readonly PlanRecord[]): readonly OpenAccount[] {
  return records.findLast(({ plan }) => (plan?.body.source.length ?? 0) > 0)?.plan?.body.open ?? [];
}

/** A plan tells what it leaves open; whatever else stands in open.yaml came otherwise. */
function markNew(lines: readonly OpenLine[], told: readonly OpenAccount[]): ReportedOpen[] {
  const nameOf = ({ key, address, value, reason }: OpenLine): string => [key || address, value ?? '', reason].join(' ');
  const known = new Set(told.flatMap((one) => openLineOf(one) ?? []).map(nameOf));
  return lines.map((line) => ({ ...line, isNew: !known.has(nameOf(line)) }));
}

/** A rollback reads no source, so its review does not list unmanaged accounts. */
function reviewedUnmanaged(records: readonly PlanRecord[]): ReadonlySet<string> | null {
  const body = records.findLast(({ plan }) => (plan?.body.source.length ?? 0) > 0)?.plan?.body;
  return body === undefined ? null : new Set(body.unmanaged.map(({ address }) => address));
}

function describeSuspended(
  account: DesiredAccount,
  suspensions: ReadonlyMap<string, Suspension>,
): (DriftSubject & Suspension)[] {
  const suspension = suspensions.get(account.key);
  if (suspension === undefined || account.kind !== 'user' || account.active) return [];
  const { kind, key, address, fullName } = account;
  return [{ kind, key, address, fullName, isDesiredActive: false, ...suspension }];
}
