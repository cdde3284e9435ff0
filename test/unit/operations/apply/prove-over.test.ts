import { describe, expect, it } from 'vitest';
import type { Ledger, LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import type { Machine } from '../../../../src/model/ledger/holder.ts';
import type { Holder } from '../../../../src/model/schema/generated/ledger.ts';
import { proveOver, refuseOpenEntry } from '../../../../src/operations/apply/prove-over.ts';

const HERE: Machine = {
  host: 'runner',
  processId: 70,
  bootId: 'boot-1',
  pidNamespace: 'pid:[1]',
  processStart: '900',
  startOf: () => undefined,
};
const HOLDER: Holder = {
  host: 'runner',
  processId: 7,
  bootId: 'boot-1',
  pidNamespace: 'pid:[1]',
  processStart: '500',
  runUrl: null,
};
const RUN = 'https://github.com/city/zivver/actions/runs/42/attempts';

function entryOf(holders: readonly Partial<Holder>[], verdict: string | null = null): LedgerEntry {
  const records = holders.map((holder, index) => ({
    type: index === 0 ? 'begin' : 'resume',
    holder: { ...HOLDER, ...holder },
  }));
  const all = [...records, { type: 'started', change: '0123456789' }];
  return {
    name: '0007-aabbccdd',
    begin: records[0],
    records: all,
    end: verdict && { verdict },
  } as unknown as LedgerEntry;
}

function decide(entry: LedgerEntry, given: Partial<Parameters<typeof proveOver>[1]> = {}): string {
  try {
    return proveOver(entry, { isTakeover: false, runUrl: null, machine: HERE, ...given });
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    expect(error.remedy).toMatch(/--resume.*--abandon/);
    return `${error.code}: ${error.message}`;
  }
}

const LOCKED = /^LEDGER_LOCKED: /;
const alive: Machine = { ...HERE, startOf: () => '500' };
const elsewhere: Machine = { ...HERE, pidNamespace: 'pid:[2]' };

describe('the lock of a run that has not ended', () => {
  it('is taken over from a process that is gone, and from one whose number another process has', () => {
    expect(decide(entryOf([{}]))).toBe('process 7 on this machine is gone');
    expect(decide(entryOf([{}]), { machine: { ...HERE, startOf: () => '501' } })).toBe(
      'process 7 on this machine is gone',
    );
  });

  it('is left to a process that runs, whatever people say', () => {
    for (const isTakeover of [false, true])
      expect(decide(entryOf([{}]), { machine: alive, isTakeover })).toMatch(/^LEDGER_LOCKED: .*runs on this machine$/);
  });

  it('in a container of the same host name is left to it, until people say that it is over', () => {
    expect(decide(entryOf([{}]), { machine: elsewhere })).toMatch(LOCKED);
    expect(decide(entryOf([{}]), { machine: elsewhere, isTakeover: true })).toBe(
      'the user vouches that the run before is over',
    );
  });

  it('belongs to the last who took it', () => {
    expect(decide(entryOf([{}, { pidNamespace: 'pid:[2]' }]))).toMatch(LOCKED);
    expect(decide(entryOf([{ pidNamespace: 'pid:[2]' }, {}]))).toBe('process 7 on this machine is gone');
    expect(decide(entryOf([{}, {}, {}, { pidNamespace: 'pid:[2]' }]))).toMatch(LOCKED);
  });

  it.each([
    [`${RUN}/1`, `${RUN}/2`, true],
    [`${RUN}/9`, `${RUN}/10`, true],
    [`${RUN.replace('https', 'http')}/1`, `${RUN.replace('https', 'http')}/2`, true],
    [`${RUN}/2`, `${RUN}/2`, false],
    [`${RUN}/2`, `${RUN}/1`, false],
    [`${RUN}/1`, `${RUN.replace('42', '43')}/2`, false],
    [`${RUN}/1`, null, false],
    [null, `${RUN}/2`, false],
    ['https://ci.example/1', 'https://ci.example/2', false],
    [`x${RUN}/1`, `x${RUN}/2`, false],
    [`${RUN}/1/x`, `${RUN}/2/x`, false],
  ])('of the run %s, asked by %s, may be taken: %s', (before, now, isTaken) => {
    const decided = decide(entryOf([{ runUrl: before }]), { machine: elsewhere, runUrl: now });
    expect(decided).toMatch(isTaken ? /^this is a later attempt of the run / : LOCKED);
  });

  it('names who has it', () => {
    expect(decide(entryOf([{ host: 'other' }]))).toMatch(/by process 7 on other$/);
    expect(decide(entryOf([{ host: 'other', runUrl: `${RUN}/1` }]))).toContain(`by ${RUN}/1`);
  });
});

it('a run that has ended is over, whoever asks', () => {
  expect(decide(entryOf([{}], 'incomplete'), { machine: alive })).toBe('the run before ended incomplete');
});

describe('another plan', () => {
  const ledgerOf = (...entries: LedgerEntry[]): Ledger => ({ entries }) as unknown as Ledger;

  it('may begin where none is open', () => {
    expect(refuseOpenEntry(ledgerOf())).toBeNull();
    expect(refuseOpenEntry(ledgerOf(entryOf([{}], 'complete')))).toBeNull();
  });

  it('must not overtake one that is being applied, dead or alive', () => {
    const open = ledgerOf(entryOf([{}], 'complete'), entryOf([{}]));
    for (const ledger of [open, ledgerOf(entryOf([{}]))])
      expect(() => refuseOpenEntry(ledger)).toThrow(/plan 0007-aabbccdd is being applied by process 7 on runner/);
  });
});
