import { describe, expect, it } from 'vitest';
import { findAccountingClaims } from '../../../../src/model/plan/accounting-claims.ts';
import { desiredPath } from '../../../../src/model/desired/desired-file-name.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import type { PlanBody } from '../../../../src/model/schema/generated/plan.ts';
import { configure, keyFor } from '../../../support/account-builder.ts';

const NAMES = ['anna', 'bert', 'carla', 'daan', 'eva'];
const [ANNA, BERT, CARLA, DAAN, EVA] = NAMES.map((name): DesiredAccount => ({
  kind: 'user',
  key: keyFor(name),
  address: `${name}@company.org`,
  fullName: name,
  active: true,
})) as [DesiredAccount, DesiredAccount, DesiredAccount, DesiredAccount, DesiredAccount];
const CHANGED = 'the changed accounts are counted wrongly';
const OPEN = 'the open accounts are counted wrongly';
const NONE = { equal: 0, changed: 0, open: 0, excluded: 0 };

interface Told {
  readonly changed?: readonly DesiredAccount[];
  readonly open?: readonly DesiredAccount[];
  readonly claimant?: DesiredAccount;
  readonly gone?: readonly DesiredAccount[];
  readonly handedOver?: readonly DesiredAccount[];
  readonly isRollback?: boolean;
  readonly settings?: string;
  readonly managed: Partial<PlanBody['accounting']['managed']>;
  readonly entries?: Partial<PlanBody['accounting']['entries']>;
}

/** Of five managed people. */
function find(told: Told): string[] {
  const { changed = [], open = [], claimant, gone = [], handedOver = [], isRollback = false, entries = {} } = told;
  const body = {
    accounting: { entries: { ...NONE, ...entries }, managed: { ...NONE, ...told.managed } },
    changes: changed.map(({ key }) => ({ key })),
    open: [
      ...open.map(({ key }) => ({ key, claimant: null })),
      ...(claimant === undefined ? [] : [{ key: null, claimant: { key: claimant.key } }]),
    ],
    source: isRollback ? [] : [{}],
  } as unknown as PlanBody;
  const files = [ANNA, BERT, CARLA, DAAN, EVA].filter((one) => !gone.includes(one));
  return findAccountingClaims(body, {
    configuration: {
      ...configure('', told.settings),
      handovers: handedOver.map(({ key }) => ({ from: key, to: keyFor('other') })) as never,
    },
    baseline: [ANNA, BERT, CARLA, DAAN, EVA],
    desired: new Map(files.map(({ kind, address }) => [desiredPath(kind, address), 'blob'])),
  });
}

describe('what became of the managed accounts', () => {
  it('is what the changes say', () => {
    expect(find({ changed: [ANNA, BERT], managed: { changed: 2, equal: 3 } })).toEqual([]);
    expect(find({ changed: [ANNA, BERT], managed: { changed: 1, equal: 4 } })).toEqual([CHANGED]);
    expect(find({ changed: [ANNA, BERT], managed: { changed: 3, equal: 2 } })).toEqual([CHANGED]);
  });

  it.each(['gone', 'handedOver'] as const)('may be a change if its file is %s', (how) => {
    const told = { changed: [ANNA], [how]: [BERT, ANNA] };
    expect(find({ ...told, managed: { changed: 1, excluded: 1 } })).toEqual([]);
    expect(find({ ...told, managed: { changed: 2 } })).toEqual([]);
    expect(find({ ...told, managed: { changed: 3 } })).toEqual([CHANGED]);
  });

  it('may be a change for anybody while the account key is changed', () => {
    const settings = '    mapping: { accountKey: sAMAccountName, formerAccountKey: objectGUID }\n';
    expect(find({ settings, managed: { changed: 5 } })).toEqual([]);
    expect(find({ settings, managed: { changed: 6 } })).toEqual([CHANGED]);
  });

  it('is open for whom the plan lists as open, and no change touches', () => {
    const told = { changed: [ANNA], open: [ANNA, BERT, CARLA] };
    expect(find({ ...told, managed: { changed: 1, open: 2 } })).toEqual([]);
    expect(find({ ...told, managed: { changed: 1, open: 1 } })).toEqual([OPEN]);
    expect(find({ ...told, managed: { changed: 1, open: 3 } })).toEqual([OPEN]);
  });

  it('may be open or changed for whoever is listed and loses its file', () => {
    const told = { open: [BERT], gone: [BERT] };
    expect(find({ ...told, managed: { open: 1 } })).toEqual([]);
    expect(find({ ...told, managed: { changed: 1 } })).toEqual([]);
    expect(find({ ...told, managed: { open: 2 } })).toEqual([OPEN]);
  });

  it('may be open for whoever claims what is another’s', () => {
    expect(find({ claimant: BERT, managed: { open: 1 } })).toEqual([]);
    expect(find({ claimant: BERT, managed: { open: 0 } })).toEqual([]);
    expect(find({ claimant: BERT, managed: { open: 2 } })).toEqual([OPEN]);
  });
});

describe('a rollback', () => {
  it('accounts for managed accounts only', () => {
    expect(find({ isRollback: true, changed: [ANNA], open: [BERT], managed: { changed: 1, equal: 4 } })).toEqual([]);
    expect(find({ isRollback: true, managed: { equal: 5 }, entries: { equal: 5 } })).toEqual([
      'a rollback reads no entries',
    ]);
  });

  it('changes what it says', () =>
    expect(find({ isRollback: true, changed: [ANNA], managed: { equal: 5 } })).toEqual([CHANGED]));
});
