import { describe, expect, it } from 'vitest';
import { buildHolder, judgeHolder, type Machine } from '../../../../src/model/ledger/holder.ts';

const HERE: Machine = {
  host: 'runner',
  processId: 70,
  bootId: 'boot-1',
  pidNamespace: 'pid:[1]',
  processStart: '900',
  startOf: () => undefined,
};
const HOLDER = { ...buildHolder(HERE, null), processId: 7, processStart: '500' };

/** What runs under number 7 here: nothing, the holder, another process, or nobody can tell. */
const RUNNING: Record<string, string | null | undefined> = {
  nothing: undefined,
  it: '500',
  another: '501',
  unknown: null,
};

describe('the process that holds the lock', () => {
  it.each([
    ['nothing', 'dead'],
    ['it', 'alive'],
    ['another', 'dead'],
    ['unknown', 'unknown'],
  ])('on this machine, with %s under its number, is %s', (running, state) => {
    expect(judgeHolder(HOLDER, { ...HERE, startOf: () => RUNNING[running] })).toBe(state);
  });

  it('of which nobody recorded when it began is dead only with nothing under its number', () => {
    const holder = { ...HOLDER, processStart: null };
    for (const [start, state] of [
      [undefined, 'dead'],
      ['500', 'unknown'],
      [null, 'unknown'],
    ] as const)
      expect(judgeHolder(holder, { ...HERE, startOf: () => start })).toBe(state);
  });

  const elsewhere: [string, Partial<Machine>][] = [
    ['on another host', { host: 'other' }],
    ['after another boot', { bootId: 'boot-2' }],
    ['in another PID namespace of the same host name', { pidNamespace: 'pid:[2]' }],
    ['on a system without boot id (Windows, macOS)', { bootId: null, pidNamespace: null, processStart: null }],
  ];

  it.each(elsewhere)('seen %s is never known to be dead or alive, whatever runs under its number', (_, other) => {
    for (const start of Object.values(RUNNING))
      expect(judgeHolder(HOLDER, { ...HERE, ...other, startOf: () => start })).toBe('unknown');
  });

  it('without boot id or namespace of its own is never known either', () => {
    const holder = { ...HOLDER, bootId: null, pidNamespace: null, processStart: null };
    const windows = { ...HERE, bootId: null, pidNamespace: null, processStart: null };
    for (const start of Object.values(RUNNING))
      for (const machine of [HERE, windows])
        expect(judgeHolder(holder, { ...machine, startOf: () => start })).toBe('unknown');
  });
});
