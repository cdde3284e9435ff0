import { factText } from '../../../model/facts/fact.ts';
import { findOwner, isOverdue, judgeOwners, type Owner } from '../../../model/desired/owners.ts';
import type { PlanBody } from '../../../model/schema/generated/plan.ts';
import { OPEN_NAMES } from '../../../model/review/words-open.ts';
import { isNamed } from '../account-at.ts';
import { findLastReading } from '../last-reading.ts';
import { buildPart, buildRow, type ReportPart, type ReportRow } from './audit-report.ts';
import type { ReportFacts } from './report-facts.ts';
import { count, ofThem } from './report-words.ts';

/** What was at the end of the time, as the last applied plan and the ledger have it. */
export function buildStateParts(facts: ReportFacts): readonly ReportPart[] {
  return [buildOpen(facts), buildUnmanaged(facts), buildFunctional(facts), buildProtected(facts)];
}

/** What is not known is not told as nothing. */
const UNKNOWN = 'Not known: until then no plan had been applied, or git no longer has the last one.';

function buildOpen(facts: ReportFacts): ReportPart {
  const reading = findLastReading(facts.records);
  if (reading === null) return buildPart('open', UNKNOWN, []);
  const { open } = reading;
  const keeping = open.filter(({ keepsAccess }) => keepsAccess).length;
  const rows = open.map((one) =>
    buildRow({
      time: one.since,
      subject: one.address ?? one.entry ?? '',
      name: one.fullName ?? '',
      what: `${OPEN_NAMES[one.reason]}${one.value === null || one.value === one.address ? '' : `: ${one.value}`}`,
      why: factText(one.detail),
      outcome: one.keepsAccess ? 'keeps access although the source does not say so' : 'stays as it is',
    }),
  );
  const held = listHeldLater(facts, reading);
  const words =
    open.length === 0
      ? 'Nothing was left open by the last applied plan.'
      : `${count(open.length, 'account or entry', 'accounts or entries')} left open by the last applied plan${ofThem(keeping, 'with access although the source does not say so')}.`;
  const more = held.length === 0 ? '' : ` ${count(held.length, 'account is', 'accounts are')} on hold since.`;
  return buildPart('open', `${words}${more}`, [...rows, ...held]);
}

/** Accounts that a rollback or people have put on hold after the last reading of the sources. */
function listHeldLater({ holds }: ReportFacts, { open }: Pick<PlanBody, 'open'>): ReportRow[] {
  const told = new Set(open.flatMap(({ key }) => key ?? []));
  return holds
    .filter(({ key }) => !told.has(key))
    .map((hold) =>
      buildRow({
        subject: hold.address,
        what: OPEN_NAMES['on-hold'],
        why: hold.reason,
        plan: hold.plan ?? '',
        outcome: `stays as it is until ${hold.expires}`,
      }),
    );
}

function buildUnmanaged(facts: ReportFacts): ReportPart {
  const reading = findLastReading(facts.records);
  if (reading === null) return buildPart('unmanaged', UNKNOWN, []);
  const { unmanaged } = reading;
  const active = unmanaged.filter((account) => account.active).length;
  const rows = unmanaged.map(({ address, kind, active: isActive }) =>
    buildRow({
      subject: address,
      what: kind === 'functional' ? 'functional account' : 'personal account',
      outcome: isActive ? 'active' : 'suspended',
    }),
  );
  const words =
    unmanaged.length === 0
      ? 'Every account in Zivver was managed when the last applied plan was made.'
      : `${count(unmanaged.length, 'account', 'accounts')} that no source explains${ofThem(active, 'active')}, when the last applied plan was made.`;
  return buildPart('unmanaged', words, rows);
}

function buildFunctional({ access, owners, to }: ReportFacts): ReportPart {
  const functional = access.accounts.filter(({ kind }) => kind === 'functional');
  const rows = functional.map(({ address, fullName, readers }) => {
    const owner = findOwner(owners ?? [], address);
    return buildRow({
      subject: address,
      name: fullName,
      what: readers.length === 0 ? 'read by nobody' : `read by ${readers.join(', ')}`,
      why: owner?.reason ?? '',
      outcome: owner === undefined ? 'no owner is named' : describeOwner(owner, to),
    });
  });
  const { missing, overdue } = judgeOwners(
    owners ?? [],
    functional.map(({ address }) => address),
    to,
  );
  const empty = functional.filter(({ readers }) => readers.length === 0).length;
  const owned = `${ofThem(missing.length, 'without an owner')}${ofThem(overdue.length, 'to be looked at again by their owners')}`;
  const words = `${count(functional.length, 'functional account', 'functional accounts')}${ofThem(empty, 'read by nobody')}${owned}.`;
  return buildPart('functional', words, rows);
}

function describeOwner(owner: Owner, to: Date): string {
  const review = isOverdue(owner, to)
    ? `to be looked at again since ${owner.reviewBy}`
    : `next review by ${owner.reviewBy}`;
  return `owned by ${owner.owner}, ${review}`;
}

function buildProtected({ access, protected: named }: ReportFacts): ReportPart {
  if (named === null)
    return buildPart(
      'protected',
      'Not known: there is no organisation.yaml of that time that this version can read.',
      [],
    );
  const roles = new Map<string, string[]>();
  for (const address of named.addresses) roles.set(address, [...(roles.get(address) ?? []), 'protected']);
  for (const address of named.administrators) roles.set(address, [...(roles.get(address) ?? []), 'administrator']);
  const rows = [...roles]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([address, what]): ReportRow => {
      const account = access.accounts.find((one) => isNamed(one, address.toLowerCase()));
      const state =
        account === undefined ? 'not managed: not known from the ledger' : account.active ? 'active' : 'suspended';
      return buildRow({ subject: address, name: account?.fullName ?? '', what: what.join(', '), outcome: state });
    });
  const words =
    rows.length === 0
      ? 'organisation.yaml names no account as protected.'
      : `${count(rows.length, 'account', 'accounts')} that no plan may take away.`;
  return buildPart('protected', words, rows);
}
