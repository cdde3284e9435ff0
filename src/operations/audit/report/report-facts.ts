import type { Owner } from '../../../model/desired/owners.ts';
import type { DatedCertification } from '../../../model/certify/decisions.ts';
import type { Hold } from '../../../model/desired/holds.ts';
import type { Finding } from '../../../model/notify/finding.ts';
import type { AccessAt } from '../read-access.ts';
import type { PlanEvent, PlanRecord } from '../plan-events.ts';

/** What git and ledger hold that the report of a time is made of. */
export interface ReportFacts {
  readonly organisation: string;
  readonly from: Date;
  readonly to: Date;
  /** Of all time until `to`, oldest first. */
  readonly records: readonly PlanRecord[];
  /** Of `records`. */
  readonly events: readonly PlanEvent[];
  /** What Zivver held at `to`. */
  readonly access: AccessAt;
  /** As owners.yaml of the branch named them at `to`; null: there was none. */
  readonly owners: readonly Owner[] | null;
  /** Of all time until `to`, oldest first: what notify recorded beside the ledger. */
  readonly findings: readonly Finding[];
  /** Of the branch at `to`. */
  readonly certifications: readonly DatedCertification[];
  /** In force at `to`, as the branch had them then. */
  readonly holds: readonly Hold[];
  /** As organisation.yaml had them when the last plan was applied; null: nothing says. */
  readonly protected: { readonly addresses: readonly string[]; readonly administrators: readonly string[] } | null;
}

/** True if the timestamp is in the time that is asked for. */
export function isWithinReport({ from, to }: Pick<ReportFacts, 'from' | 'to'>, at: string): boolean {
  const moment = Date.parse(at);
  return moment >= from.getTime() && moment <= to.getTime();
}

/** When a plan began; of what never did, when it was made. */
export function momentOfPlan({ entry, plan }: PlanRecord): string {
  return entry?.begin.at ?? plan?.body.createdAt ?? '';
}
