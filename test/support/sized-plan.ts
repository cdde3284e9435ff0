/** A plan with so many changes as a hospital has them: a tenth leaves, some lists follow, most are details and new people. */
import type { Change } from '../../src/model/change/change.ts';
import type { LimitFinding, PlanFile, Reason } from '../../src/model/schema/generated/plan.ts';
import {
  buildChange,
  buildCreation,
  buildEvidence,
  buildExclusion,
  buildLimit,
  buildOpen,
  buildPlan,
  buildSuspension,
  buildUnexplained,
} from './plan-builder.ts';

const DEPARTMENTS = ['Care', 'Clinic', 'Office', 'Laboratory', 'Pharmacy', 'Kitchen', 'Research'];
const REASONS: readonly Reason[] = ['disabled', 'disabled', 'expired', 'moved', 'filtered'];
const GIVEN = ['Noah', 'Lotte', 'Ingrid', 'Karim', 'Yara', 'Pieter', 'Femke', 'Olga', 'Sem', 'Zoë', 'Umit'];
const FAMILY = ['Peters', 'Hendriks', 'Holt', 'Benali', 'de Graaf', 'Vos', 'Postma', 'Nowak', 'Willems', 'Meijer'];

export function buildSizedPlan(count: number): PlanFile {
  const leaving = Math.max(4, Math.floor(count / 10));
  const lists = Math.max(2, Math.floor(count / 40));
  const details = Math.max(3, Math.floor((count - leaving - lists) * 0.8));
  const created = Math.max(0, count - leaving - lists - details - 2);
  const leavers = repeat(leaving, buildLeaver);
  const changes = [
    ...leavers,
    ...repeat(lists, (index) => buildList(index, leavers[index]?.address ?? '')),
    ...repeat(2, buildGrant),
    ...repeat(details, buildDetail),
    ...repeat(created, (index) => buildCreation(`new${index}@hospital.example`, {}, { fullName: nameOf(index + 7) })),
  ].slice(0, count);
  return buildPlan({
    changes,
    limits: buildLimits(leaving, lists),
    open: [
      buildOpen({ reason: 'grace', address: 'm.dekker@hospital.example', keepsAccess: true, isNew: true }),
      buildOpen({ reason: 'ambiguous', address: 'j.smit@hospital.example', isNew: false }),
    ],
    exclusions: repeat(Math.ceil(count / 20), (index) =>
      buildExclusion({ reason: 'no-address', subject: `CN=Service ${index},OU=Office,DC=hospital,DC=example` }),
    ),
  });
}

function repeat<One>(count: number, build: (index: number) => One): One[] {
  return Array.from({ length: count }, (_, index) => build(index));
}

function nameOf(index: number): string {
  return `${GIVEN[index % GIVEN.length] ?? ''} ${FAMILY[(index * 3) % FAMILY.length] ?? ''}`;
}

function entryOf(index: number): string {
  return `CN=${nameOf(index)} ${index},OU=${DEPARTMENTS[(index * index) % DEPARTMENTS.length] ?? ''},OU=Staff,DC=hospital,DC=example`;
}

function buildLeaver(index: number): Change {
  const address = `leaver${index}@hospital.example`;
  const fullName = nameOf(index);
  if (index === 2) return buildUnexplained(address, { fullName });
  const reason = REASONS[index % REASONS.length] ?? 'disabled';
  const evidence = buildEvidence({ entry: entryOf(index), attribute: 'userAccountControl', value: '514' });
  return buildSuspension(address, { fullName, reason, evidence });
}

function buildList(index: number, leaver: string): Change {
  const kept = [`clerk${index}@hospital.example`];
  return buildChange({
    address: `team${index}@hospital.example`,
    kind: 'functional',
    before: { members: [...kept, leaver] },
    after: { members: kept },
  });
}

function buildGrant(index: number): Change {
  const after = { delegates: [`assistant${index}@hospital.example`] };
  const address = `surgeon${index}@hospital.example`;
  return buildChange({ address, fullName: nameOf(index + 4), before: { delegates: [] }, after });
}

function buildDetail(index: number): Change {
  const fullName = nameOf(index);
  const evidence = buildEvidence({ entry: entryOf(index) });
  const change = { address: `person${index}@hospital.example`, fullName, evidence };
  return buildChange({ ...change, before: { fullName }, after: { fullName: `${fullName} (Care)` } });
}

function buildLimits(leaving: number, lists: number): LimitFinding[] {
  return [
    buildLimit({
      rule: 'suspend',
      observed: leaving,
      limit: 5,
      verdict: 'overridden',
      override: {
        reason: 'The clinic in the north is closed',
        expires: '2026-11-25T12:00:00Z',
        by: 'Anna Bakker, head of personnel',
      },
    }),
    buildLimit({ rule: 'unexplained', observed: 1, limit: 12 }),
    buildLimit({ rule: 'delete' }),
    ...repeat(lists, (index) =>
      buildLimit({ rule: 'membersRemoved', subject: `team${index}@hospital.example`, observed: 1, limit: 3, of: 2 }),
    ),
  ];
}
