import { askedProof, provenBy, type ProvenBy } from '../../model/approval/approval-summary.ts';
import type { OpenLine } from '../../model/desired/open-file.ts';
import type { LedgerEntry } from '../../adapters/git/ledger.ts';
import type { Holder } from '../../model/schema/generated/ledger.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { listTaken } from '../../model/ledger/taken.ts';
import type { ToldFinding } from '../../model/notify/finding.ts';
import type { CampaignStatus } from '../../model/certify/campaigns.ts';
import { evaluateGuards } from '../../model/plan/guards.ts';
import { judgeOverTime } from '../../model/plan/over-time.ts';
import type { LimitFinding, PlanFile } from '../../model/schema/generated/plan.ts';

/**
 * Where the newest plan on the branch stands. `superseded`: another plan was applied since it was made, so it never will be ·
 * `open`: an apply is running, or died · `blocked`: the apply of the plan before it is open, and voids it · `abandoned`: its
 * apply died and was closed · `reconfigured`: organisation.yaml on the branch is another one than it was made with.
 */
export type Standing =
  | 'applied'
  | 'waiting'
  | 'expired'
  | 'superseded'
  | 'open'
  | 'blocked'
  | 'incomplete'
  | 'interrupted'
  | 'refused'
  | 'abandoned'
  | 'reconfigured';

export interface OrganisationStatus {
  readonly organisation: string;
  /** Null: the branch has no plan. */
  readonly newest: NewestPlan | null;
  /** The last plan that was applied to its end. */
  readonly lastApplied: AppliedPlan | null;
  /** Plan folder in the work tree that is not on the branch. */
  readonly proposed: string | null;
  /** What the last merged plan could not decide about or may not act on. */
  readonly openAccounts: readonly OpenLine[];
  /** Limits over time of which something is used. */
  readonly overTime: readonly LimitFinding[];
  /** Whom the last notification did not reach. */
  readonly undelivered: readonly ToldFinding[];
  /** Functional accounts without an owner, or to be looked at again; null: owners.yaml is not there, so nothing is asked. */
  readonly owners: OwnerCounts | null;
  /** Recertifications of which the last day is past and somebody is undecided. */
  readonly overdueCertifications: readonly CampaignStatus[];
  /** Digest of the last line of the verified ledger. */
  readonly ledgerHead: string;
  /** A command, or null if there is nothing to do. */
  readonly next: string | null;
}

export interface OwnerCounts {
  readonly missing: number;
  readonly overdue: number;
}

export interface NewestPlan {
  readonly name: string;
  readonly standing: Standing;
  readonly changes: number;
  readonly mergedAt: string;
  readonly expiresAt: string;
  /** What proves that it is approved: as apply found, or before that as the plan asks. */
  readonly approval: ProvenBy;
  /** Not applied although it expired or was merged more than 24 hours ago. */
  readonly isOverdue: boolean;
  /** The plan whose apply is open, if it is this one (`open`) or the one before (`blocked`). */
  readonly openPlan: string | null;
  /** Who holds the lock of that apply. */
  readonly holder: (Pick<Holder, 'host' | 'processId' | 'runUrl'> & { readonly since: string }) | null;
}

export interface AppliedPlan {
  readonly name: string;
  readonly at: string;
  readonly approval: ProvenBy;
  readonly verdict: 'complete' | 'incomplete';
  readonly totals: Readonly<Record<string, number>>;
}

export interface StatusInput {
  readonly organisation: string;
  readonly newest: { readonly name: string; readonly plan: PlanFile; readonly mergedAt: string } | null;
  readonly ledger: { readonly entries: readonly LedgerEntry[]; readonly head: string };
  readonly proposed: string | null;
  /** Digest of organisation.yaml on the branch; null: it is not there. */
  readonly configuration: string | null;
  readonly openAccounts: readonly OpenLine[];
  readonly people: Pick<OrganisationStatus, 'undelivered' | 'owners' | 'overdueCertifications'>;
  readonly limits: Pick<Configuration, 'limits' | 'overrides' | 'protected' | 'sources' | 'sso'>;
  readonly now: Date;
}

const OVERDUE_MS = 24 * 3_600_000;

/** Pure. */
export function assessStatus(input: StatusInput): OrganisationStatus {
  const { organisation, proposed, ledger, openAccounts } = input;
  const newest = assessNewest(input);
  return {
    organisation,
    newest,
    lastApplied: findLastApplied(ledger.entries),
    proposed,
    openAccounts,
    overTime: assessOverTime(input),
    ...input.people,
    ledgerHead: ledger.head,
    next: nextStep(newest, input),
  };
}

/** How much of the limits over time the applied plans have used, of the populations before the last one. */
function assessOverTime({ ledger: { entries }, limits: configuration, now }: StatusInput): readonly LimitFinding[] {
  const existing = entries.at(-1)?.begin.existing;
  if (existing === undefined) return [];
  const nothing = { changes: [], source: [], existing, bootstrap: false, open: [], desired: { adopted: 0 } };
  const findings = evaluateGuards(nothing, { configuration, now, index: null });
  return judgeOverTime({ configuration, now, taken: listTaken(entries), changes: [], findings });
}

/** True if something was merged that Zivver does not have. */
export function isNotApplied({ newest }: OrganisationStatus): boolean {
  return newest !== null && newest.standing !== 'applied';
}

function assessNewest({ newest, ledger, configuration, now }: StatusInput): NewestPlan | null {
  if (newest === null) return null;
  const { name, plan, mergedAt } = newest;
  const { body } = plan;
  const entry = ledger.entries.find(({ begin }) => begin.plan === plan.digest);
  const isPast = (moment: number): boolean => now.getTime() >= moment;
  const last = ledger.entries.at(-1);
  const open = last?.end === null ? last : null;
  const standing = standingOf(entry, {
    isNext: body.parent === ledger.head,
    isExpired: isPast(Date.parse(body.expiresAt)),
    isBlocked: open !== null,
    isReconfigured: configuration !== null && body.configuration !== configuration,
  });
  const isLate = isPast(Date.parse(body.expiresAt)) || isPast(Date.parse(mergedAt) + OVERDUE_MS);
  return {
    name,
    standing,
    changes: body.changes.length,
    mergedAt,
    expiresAt: body.expiresAt,
    approval: entry === undefined ? askedProof(body.approval) : provenBy(entry.begin.approval),
    isOverdue: standing !== 'applied' && isLate,
    openPlan: open?.name ?? null,
    holder: open === null ? null : holderOf(open),
  };
}

type Circumstances = Readonly<Record<'isNext' | 'isExpired' | 'isBlocked' | 'isReconfigured', boolean>>;

function standingOf(
  entry: LedgerEntry | undefined,
  { isNext, isExpired, isBlocked, isReconfigured }: Circumstances,
): Standing {
  if (entry === undefined) {
    if (isBlocked) return 'blocked';
    if (!isNext) return 'superseded';
    if (isExpired) return 'expired';
    return isReconfigured ? 'reconfigured' : 'waiting';
  }
  if (entry.end === null) return 'open';
  const { verdict } = entry.end;
  if (verdict === 'complete') return 'applied';
  return isReconfigured && (verdict === 'incomplete' || verdict === 'interrupted') ? 'reconfigured' : verdict;
}

function holderOf({ records }: LedgerEntry): NewestPlan['holder'] {
  const last = records.findLast((record) => record.type === 'begin' || record.type === 'resume');
  if (last === undefined) return null;
  const { host, processId, runUrl } = last.holder;
  return { host, processId, runUrl, since: last.at };
}

function findLastApplied(entries: readonly LedgerEntry[]): AppliedPlan | null {
  for (const { name, begin, end } of entries.toReversed())
    if (end?.verdict === 'complete' || end?.verdict === 'incomplete')
      return { name, at: end.at, approval: provenBy(begin.approval), verdict: end.verdict, totals: end.totals };
  return null;
}

function nextStep(newest: NewestPlan | null, { organisation, proposed, ledger }: StatusInput): string | null {
  const command = (words: string): string => `zivver-gitops ${words} --organisation ${organisation}`;
  switch (newest?.standing) {
    case undefined:
      return proposed === null ? command(ledger.entries.length === 0 ? 'plan --bootstrap' : 'plan') : null;
    case 'waiting':
    case 'incomplete':
    case 'interrupted':
      return command(`apply ${newest?.name}`);
    case 'open':
      return command(`apply ${newest?.name} --resume`);
    case 'blocked':
      return command(`apply ${newest?.openPlan} --abandon`);
    case 'abandoned':
    case 'expired':
    case 'superseded':
    case 'reconfigured':
    case 'refused':
      return command('plan');
    case 'applied':
      return null;
  }
}
