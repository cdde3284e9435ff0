import { factText } from '../../../model/facts/fact.ts';
import type { PlanBody } from '../../../model/schema/generated/plan.ts';
import { OPEN_NAMES } from '../../../model/review/words-open.ts';
import { isNamed } from '../account-at.ts';
import { findLastReading } from '../last-reading.ts';
import { minuteOf } from '../words-event.ts';
import { buildPart, buildRow, type ReportPart, type ReportRow } from './audit-report.ts';
import { buildFunctional } from './functional-part.ts';
import type { ReportFacts } from './report-facts.ts';
import { count, ofThem } from './report-words.ts';

/** What was at the end of the time, as the last applied plan and the ledger have it. */
export function buildStateParts(facts: ReportFacts): readonly ReportPart[] {
  return [buildOpen(facts), buildUnmanaged(facts), buildDormant(facts), buildFunctional(facts), buildProtected(facts)];
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

function buildDormant({ records, access }: ReportFacts): ReportPart {
  const reading = findLastReading(records);
  if (reading === null) return buildPart('dormant', UNKNOWN, []);
  const { dormant, source } = reading;
  if (dormant === undefined)
    return buildPart(
      'dormant',
      'Not looked at: no source showed lastLogonTimestamp when the last applied plan was made.',
      [],
    );
  const names = new Map(access.accounts.map(({ address, fullName }) => [address, fullName]));
  const rows = dormant.accounts.map(({ address, source: from, lastLogin }) =>
    buildRow({
      time: lastLogin === null ? '' : minuteOf(lastLogin),
      subject: address,
      name: names.get(address) ?? '',
      what: lastLogin === null ? 'no login is on record' : 'last login on record',
      why: `lastLogonTimestamp in ${from}`,
    }),
  );
  const people = dormant.sources.reduce((sum, one) => sum + one.people, 0);
  const blind = source.filter(({ name }) => !dormant.sources.some((one) => one.name === name)).map(({ name }) => name);
  const unseen = blind.length === 0 ? '' : ` Not looked at: ${blind.join(', ')}.`;
  const words = `${rows.length} of ${people} people in use had not logged in to Active Directory for ${dormant.days} days when the last applied plan was made; Active Directory notes a login up to 14 days late.${unseen}`;
  return buildPart('dormant', words, rows);
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
