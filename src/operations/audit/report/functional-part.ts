import { findOwner, isOverdue, judgeOwners, type Owner } from '../../../model/desired/owners.ts';
import type { SourceOwner } from '../../../model/schema/generated/plan.ts';
import type { AccountAt } from '../account-at.ts';
import { findLastReading } from '../last-reading.ts';
import { buildPart, buildRow, type ReportPart, type ReportRow } from './audit-report.ts';
import type { ReportFacts } from './report-facts.ts';
import { count, ofThem } from './report-words.ts';

/** Who reads functional accounts, and who answers for them: owners.yaml, else managedBy as the last applied plan read it. */
export function buildFunctional({ access, owners, to, records }: ReportFacts): ReportPart {
  const functional = access.accounts.filter(({ kind }) => kind === 'functional');
  const named = owners ?? [];
  const inSource = findLastReading(records)?.ownersInSource ?? [];
  const rows = functional.map((account) => buildRowOf(account, { owners: named, inSource, to }));
  const addresses = functional.map(({ address }) => address);
  const { missing, overdue } = judgeOwners(named, { addresses, inSource, now: to });
  const empty = functional.filter(({ readers }) => readers.length === 0).length;
  const owned = `${ofThem(missing.length, 'without an owner')}${ofThem(overdue.length, 'to be looked at again by their owners')}`;
  const words = `${count(functional.length, 'functional account', 'functional accounts')}${ofThem(empty, 'read by nobody')}${owned}.`;
  return buildPart('functional', words, rows);
}

interface Ownership {
  readonly owners: readonly Owner[];
  readonly inSource: readonly SourceOwner[];
  readonly to: Date;
}

function buildRowOf({ address, fullName, readers }: AccountAt, { owners, inSource, to }: Ownership): ReportRow {
  const owner = findOwner(owners, address);
  const managed = findOwner(inSource, address);
  const bySource =
    managed === undefined ? 'no owner is named' : `owned by ${managed.owner} (managedBy), no next review is named`;
  return buildRow({
    subject: address,
    name: fullName,
    what: readers.length === 0 ? 'read by nobody' : `read by ${readers.join(', ')}`,
    why: owner?.reason ?? '',
    outcome: owner === undefined ? bySource : describeOwner(owner, to),
  });
}

function describeOwner(owner: Owner, to: Date): string {
  const review = isOverdue(owner, to)
    ? `to be looked at again since ${owner.reviewBy}`
    : `next review by ${owner.reviewBy}`;
  return `owned by ${owner.owner}, ${review}`;
}
