import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatHolds, type Hold } from '../../../../src/model/desired/holds.ts';
import { readHolds } from '../../../../src/operations/planning/local-holds.ts';
import { keyFor } from '../../../support/account-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const [anna, bas] = ['anna', 'bas'].map((name): Hold => ({
  key: keyFor(name),
  address: `${name}@company.org`,
  reason: 'on leave',
  expires: '2026-12-24',
})) as [Hold, Hold];

describe('holds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'holds-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** `local`: what lies in the work tree; `committed`: what was checked out. */
  async function read(branch: readonly Hold[], local: readonly Hold[] | null, committed = branch) {
    if (local !== null) writeFileSync(path.join(folder, 'holds.yaml'), formatHolds(local));
    const git = { read: async () => formatHolds(committed) };
    return readHolds(branch, { git, organisation: 'company', folder, now });
  }

  it('of the branch count where nothing else lies here', async () => {
    expect(await read([anna], null)).toEqual([anna]);
    expect(await read([anna, { ...bas, expires: '2026-11-23' }], [anna, { ...bas, expires: '2026-11-23' }])).toEqual([
      anna,
    ]);
  });

  it('that were written here and not committed yet count too', async () => {
    expect(await read([anna], [anna, bas])).toEqual([anna, bas]);
    expect(await read([], [bas])).toEqual([bas]);
  });

  it.each([
    ['removed', []],
    ['shortened', [{ ...anna, expires: '2026-11-30' }]],
  ])('in force on the branch that were %s here are asked about', async (_how, local) => {
    expect(await refusalOf(() => read([anna], local))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      problems: [{ where: 'anna@company.org', what: 'on hold until 2026-12-24' }],
    });
  });

  it.each([
    ['2027-11-23', true],
    ['2027-11-24', false],
  ])('until %s are taken: %s', async (expires, isTaken) => {
    const reading = read([{ ...anna, expires }], null);
    if (isTaken) expect(await reading).toHaveLength(1);
    else expect(await refusalOf(() => reading)).toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
