import { describe, expect, it } from 'vitest';
import { findAnchorFaults, listUnanchored, type AnchoredLedger } from '../../../../src/model/ledger/anchors.ts';
import { findBackwardTimes } from '../../../../src/model/ledger/times.ts';

const ENTRIES = ['0001-aaaaaaaa', '0002-bbbbbbbb', '0003-cccccccc'].map((name) => ({ name, end: {} }));
const WHOLE: AnchoredLedger = {
  anchors: new Map([
    ['genesis', 'g'],
    ['0001-aaaaaaaa', 'a'],
    ['0002-bbbbbbbb', 'b'],
    ['0003-cccccccc', 'c'],
  ]),
  entries: ENTRIES,
  commits: new Set(['g', 'a', 'b', 'c', 'd']),
  refOf: (name) => `tag ${name}`,
};

function without(...names: string[]): ReadonlyMap<string, string> {
  return new Map([...WHOLE.anchors].filter(([name]) => !names.includes(name)));
}

describe('tags that hold a ledger fast', () => {
  it('agree with it', () => expect(findAnchorFaults(WHOLE)).toEqual([]));

  it('may lack the last plan only: whoever applied it may have died before its tag', () => {
    expect(findAnchorFaults({ ...WHOLE, anchors: without('0003-cccccccc') })).toEqual([]);
    expect(listUnanchored({ ...WHOLE, anchors: without('0003-cccccccc') })).toEqual(['0003-cccccccc']);
    for (const name of ['genesis', '0001-aaaaaaaa', '0002-bbbbbbbb'])
      expect(findAnchorFaults({ ...WHOLE, anchors: without(name) })).toEqual([
        { where: `tag ${name}`, what: 'is missing' },
      ]);
  });

  it('need not be there before the first plan, nor for one that is being applied', () => {
    expect(findAnchorFaults({ ...WHOLE, anchors: new Map(), entries: [] })).toEqual([]);
    const open = {
      ...WHOLE,
      anchors: without('0003-cccccccc'),
      entries: [...ENTRIES.slice(0, 2), { name: '0003-cccccccc', end: null }],
    };
    expect(findAnchorFaults(open)).toEqual([]);
    expect(listUnanchored(open)).toEqual([]);
  });

  it('show that the end of the branch was cut off, or put in another place', () => {
    expect(findAnchorFaults({ ...WHOLE, entries: ENTRIES.slice(0, 2) })).toMatchObject([
      { where: 'tag 0003-cccccccc' },
    ]);
    expect(findAnchorFaults({ ...WHOLE, commits: new Set(['g', 'a', 'b', 'd']) })).toMatchObject([
      { where: 'tag 0003-cccccccc', what: expect.stringContaining('not in the ledger branch') },
    ]);
  });
});

describe('times of records', () => {
  const line = (at: string) => ({ at: `2026-11-30T${at}.000Z`, where: at });

  it('may run back by five minutes, since two clocks differ', () => {
    expect(findBackwardTimes([line('10:00:00'), line('09:55:00'), line('10:00:00')])).toEqual([]);
  });

  it('are at fault beyond, compared with the latest line before them', () => {
    const faults = findBackwardTimes([line('10:00:00'), line('09:56:00'), line('09:54:59'), line('10:01:00')]);
    expect(faults.map(({ where }) => where)).toEqual(['09:54:59']);
  });
});
