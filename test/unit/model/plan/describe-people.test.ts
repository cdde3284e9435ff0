import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../../src/model/change/effect.ts';
import { buildMappingRules } from '../../../../src/model/configuration/mapping-rules.ts';
import type { Entry } from '../../../../src/model/directory/entry.ts';
import {
  attributesToDescribe,
  describePeople,
  listPeopleToDescribe,
} from '../../../../src/model/plan/describe-people.ts';
import { markNewExclusions } from '../../../../src/model/plan/mark-new.ts';
import { noteLeavingSoon } from '../../../../src/model/plan/leaves-soon.ts';
import { listTouchedBefore } from '../../../../src/model/plan/touched-before.ts';
import { factText } from '../../../../src/model/facts/fact.ts';
import { mappedUser } from '../../../support/account-builder.ts';
import { buildChange, buildExclusion, buildSource, buildSuspension, factAbout } from '../../../support/plan-builder.ts';

const DN = 'CN=a,OU=Care,OU=Staff,DC=hospital,DC=example';
const gone = buildSuspension('a@x');
const leaver = { ...gone, evidence: { ...gone.evidence, entry: DN } };
const stays = buildChange({ address: 'b@x', before: { fullName: 'b' }, after: { fullName: 'B' } });

/** PROPERTY_META_DATA_VECTOR of version 1 with one attribute. */
function metaData(attribute: number, seconds: bigint): string {
  const bytes = Buffer.alloc(16 + 48);
  bytes.writeUInt32LE(1, 0);
  bytes.writeUInt32LE(1, 8);
  bytes.writeUInt32LE(attribute, 16);
  bytes.writeBigInt64LE(seconds, 24);
  return bytes.toString('base64');
}

const DISABLED = metaData(0x90008, 13_440_000_000n);

function described(attributes: Record<string, string>, mapping = buildMappingRules()) {
  const entry: Entry = {
    dn: DN.toLowerCase(),
    attributes: new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), [value]])),
  };
  const source = { name: 'head-office', mapping };
  return describePeople([leaver, stays], [{ source, entries: [entry] }]).map(({ evidence }) => evidence);
}

describe('who loses access', () => {
  it('is looked up in the source that says so, and nobody else is', () => {
    const plan = { changes: [leaver, stays], source: [buildSource(), buildSource({ name: 'other' })] };
    expect(listPeopleToDescribe(plan)).toEqual([{ source: 'head-office', dns: [DN] }]);
    expect(attributesToDescribe({ mapping: buildMappingRules() })).toEqual([
      'department',
      'title',
      'manager',
      'whenChanged',
      'replPropertyMetaData',
    ]);
  });

  it('is told with department, title and manager where they can be read, and otherwise as before', () => {
    const told = described({ department: 'Care', manager: 'CN=Eva,DC=x' });
    expect(told[0]?.person).toEqual({ department: 'Care', manager: 'CN=Eva,DC=x' });
    expect(told[1]).toEqual(stays.evidence);
    expect(described({})[0]).toEqual(leaver.evidence);
    expect(described({ department: 'Care' }, buildMappingRules({ context: 'none' }))[0]).toEqual(leaver.evidence);
    expect(described({ afdeling: 'Care' }, buildMappingRules({ context: { title: 'afdeling' } }))[0]?.person).toEqual({
      title: 'Care',
    });
  });

  it.each([
    [
      'to the second',
      { replPropertyMetaData: DISABLED, whenChanged: '20261130073000.0Z' },
      '2026-11-24T13:20:00.000Z',
      'replPropertyMetaData',
    ],
    ['at the latest', { whenChanged: '20261130073000.0Z' }, '2026-11-30T07:30:00.000Z', 'whenChanged'],
    [
      'at the latest, where the account was never changed',
      { replPropertyMetaData: metaData(1, 1n), whenChanged: '20261130073000.0Z' },
      '2026-11-30T07:30:00.000Z',
      'whenChanged',
    ],
  ])('is told with the time of it, %s', (_how, attributes, at, by) => {
    expect(described(attributes)[0]?.since).toEqual({ at, by });
  });

  it.each([{}, { whenChanged: 'yesterday' }, { replPropertyMetaData: 'AAAA' }])(
    'is told without a time by %j',
    (given) => {
      expect(described(given)[0]).not.toHaveProperty('since');
    },
  );

  it('keeps the id of its change', () => {
    expect(effectOf(leaver).fate).toBe('suspended');
    expect(leaver.id).toBe(gone.id);
  });

  it('is told with the plan that changed the account before', () => {
    const last = { plan: '0007-0123abcd', at: '2026-11-20T10:00:00.000Z' };
    const touched = new Map([leaver, stays].map(({ zivverId }) => [zivverId ?? '', last]));
    expect(listTouchedBefore([leaver, stays], touched)).toEqual([{ change: leaver.id, ...last }]);
  });
});

describe('people whose account ends', () => {
  const now = new Date('2026-11-23T10:00:00.000Z');
  const ends = (date: string): string => String((BigInt(Date.parse(date)) + 11_644_473_600_000n) * 10_000n);
  const tell = (date: string, days = 7): string[] => {
    const mapped = mappedUser('anna');
    const entry = { dn: mapped.dn, attributes: new Map([['accountexpires', [ends(date)]]]) };
    return noteLeavingSoon([mapped], [entry], { now, days }).map(factText);
  };

  it.each([
    ['2026-11-30T10:00:00.000Z', 1],
    ['2026-11-30T10:00:00.001Z', 0],
    ['2026-11-23T10:00:00.000Z', 0],
  ])('on %s are told %i times, seven days before', (date, count) => {
    expect(tell(date)).toHaveLength(count);
  });

  it('are told by address and day, and not at all where nobody wants it', () => {
    expect(tell('2026-11-25T00:00:00.000Z')).toEqual([
      '1 person leaves within 7 days, by accountExpires: anna@company.org (2026-11-25). This plan does nothing about them.',
    ]);
    expect(tell('2026-11-25T00:00:00.000Z', 0)).toEqual([]);
  });
});

describe('what is left out', () => {
  it('is new if the last accepted plan did not have it, whatever its values were then', () => {
    const [old, fresh] = ['a', 'b'].map((subject) => buildExclusion({ reason: 'no-name', subject }));
    const before = { ...old, isNew: true as const, detail: factAbout('other') };
    expect(
      markNewExclusions(
        [old, fresh].flatMap((one) => one ?? []),
        [before as never],
      ),
    ).toEqual([old, { ...fresh, isNew: true }]);
    expect(markNewExclusions([{ ...before } as never], null)).toEqual([{ ...old, detail: factAbout('other') }]);
  });
});
