import { factText } from '../../src/model/facts/fact.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExistingAccount } from '../../src/model/account/account.ts';
import { accountKeyOf } from '../../src/model/account/key.ts';
import { attributesOf } from '../../src/model/account/attributes-of.ts';
import { formatCanonicalJson } from '../../src/model/canonical.ts';
import { buildChange, isSameValue, type AccountAttributes, type Change } from '../../src/model/change/change.ts';
import { invertPlan, type Inversion } from '../../src/model/rollback/invert.ts';
import { buildPlan } from '../support/plan-builder.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { applyChanges, buildFunctional, buildUser, changeOf, indexOf } from '../support/day-two/account-store.ts';

type Store = Map<string, ExistingAccount>;

interface Deeds {
  readonly renamed: readonly number[];
  readonly switched: readonly number[];
  readonly reworded: readonly number[];
  readonly deleted: readonly number[];
  readonly members: readonly number[];
  readonly created: number;
  /** A's alias goes to B. */
  readonly moved: readonly [number, number] | null;
}

const PEOPLE = 8;
const some = fc.uniqueArray(fc.nat({ max: PEOPLE - 1 }), { maxLength: 4 });
const deeds: fc.Arbitrary<Deeds> = fc.record({
  renamed: some,
  switched: some,
  reworded: some,
  deleted: fc.uniqueArray(fc.nat({ max: PEOPLE - 1 }), { maxLength: 2 }),
  members: some,
  created: fc.nat({ max: 2 }),
  moved: fc.option(fc.tuple(fc.nat({ max: PEOPLE - 1 }), fc.nat({ max: PEOPLE - 1 }))),
});

const DEEDS = 2000;
const drawn = fc.sample(fc.tuple(deeds, fc.boolean()), { numRuns: DEEDS, seed: 21 });

test(
  'a rollback restores what can be restored and names the rest beforehand',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    await tryTimes({ id: 'R21', unit: 'inversions', goal: DEEDS, normal: 200, minutes: 2 }, ({ number }) => {
      const [chosen, ssoEnabled] = drawn[number % DEEDS]!;
      const before = startStore();
      const changes = buildChanges(before, chosen);
      const after = applyChanges(before, changes);
      const inversion = invert(after, changes, ssoEnabled);
      const restored = applyChanges(after, inversion.changes);
      expectRestored({ before, after, restored, changes, inversion });
    });
  },
);

test('a rollback of a rollback that could restore everything is the plan again', () => {
  fc.assert(
    fc.property(deeds, (chosen) => {
      const before = startStore();
      const changes = buildChanges(before, { ...chosen, deleted: [], created: 0 });
      const after = applyChanges(before, changes);
      const there = invert(after, changes, false);
      if (there.leftovers.leftSuspended.length > 0) return;
      const back = invert(applyChanges(after, there.changes), there.changes, false);
      expect(back.changes.map(contentOf).sort()).toEqual(changes.map(contentOf).sort());
    }),
    { numRuns: 100, seed: 21 },
  );
});

function startStore(): Store {
  const users = Array.from({ length: PEOPLE }, (_, number) =>
    buildUser(`p${number}`, {
      aliases: [`alias${number}@office.example`],
      active: number % 3 !== 0,
      mobile: '+31612345678',
    }),
  );
  const group = buildFunctional('team', ['id-p0', 'id-p1', 'id-p2']);
  return new Map([...users, group].map((account) => [account.zivverId, account]));
}

function buildChanges(
  store: Store,
  { renamed, switched, reworded, deleted, members, created, moved }: Deeds,
): Change[] {
  const accounts = [...store.values()];
  const changes: Change[] = [];
  const gone = new Set(deleted);
  const renames = new Map(renamed.map((number) => [number, `renamed${number}@office.example`]));
  for (let number = 0; number < PEOPLE; number += 1) {
    const existing = store.get(`id-p${number}`)!;
    if (gone.has(number)) {
      const extra = { action: 'delete', after: {} } as const;
      changes.push(changeOf(existing, { address: existing.address }, { accounts, extra }));
      continue;
    }
    const address = renames.get(number);
    const isSuspended = switched.includes(number) && existing.kind === 'user' && existing.active;
    const own = existing.aliases.filter(
      () => moved === null || moved[0] !== number || gone.has(moved[1]) || moved[1] === number,
    );
    const taken =
      moved !== null && moved[1] === number && moved[0] !== number && !gone.has(moved[0]) && !isSuspended
        ? [`alias${moved[0]}@office.example`]
        : [];
    const aliases = [...own, ...taken].sort();
    const after: AccountAttributes = {
      ...(address === undefined ? {} : { address }),
      ...(reworded.includes(number) && !isSuspended ? { fullName: `Reworded ${number}`, mobile: null } : {}),
      ...(switched.includes(number) ? { active: !(existing.kind === 'user' && existing.active) } : {}),
      ...(isSameValue(aliases, [...existing.aliases]) ? {} : { aliases }),
    };
    if (Object.keys(after).length > 0) changes.push(changeOf(existing, after, { accounts }));
  }
  return [
    ...changes,
    ...changeTeam(store, { members, renames, gone }),
    ...Array.from({ length: created }, (_, number) => create(number)),
  ];
}

function changeTeam(
  store: Store,
  {
    members,
    renames,
    gone,
  }: { members: readonly number[]; renames: ReadonlyMap<number, string>; gone: ReadonlySet<number> },
): Change[] {
  const addressOf = (number: number): string => renames.get(number) ?? `p${number}@office.example`;
  const listOf = (numbers: readonly number[]): string[] => numbers.map(addressOf).sort();
  const wanted = listOf(members.filter((number) => !gone.has(number)));
  const now = listOf([0, 1, 2]);
  if (isSameValue(wanted, now)) return [];
  const extra = { before: { members: now } };
  return [changeOf(store.get('id-team')!, { members: wanted }, { accounts: store.values(), extra })];
}

function create(number: number): Change {
  const address = `new${number}@office.example`;
  const evidence = { source: 'directory', lookup: 'selection' as const, entry: null, attribute: null, value: null };
  return buildChange({
    action: 'create',
    kind: 'user',
    key: accountKeyOf(`new${number}`),
    zivverId: null,
    address,
    fullName: `New ${number}`,
    reason: 'new',
    evidence,
    before: {},
    after: {
      address,
      fullName: `New ${number}`,
      active: true,
      aliases: [],
      externalAccountId: accountKeyOf(`new${number}`),
    },
    sealed: false,
  });
}

function invert(after: Store, changes: readonly Change[], ssoEnabled: boolean): Inversion {
  const done = new Map(changes.map(({ id, zivverId, key }) => [id, zivverId ?? `new-${key}`]));
  const plan = buildPlan({ changes: [...changes] });
  return invertPlan({
    plan,
    done,
    index: indexOf(after.values()),
    desired: [],
    ssoEnabled,
    ssoKeys: new Map(),
    canSendMobile: () => true,
  });
}

interface Story {
  readonly before: Store;
  readonly after: Store;
  readonly restored: Store;
  readonly changes: readonly Change[];
  readonly inversion: Inversion;
}

function expectRestored({ before, restored, changes, inversion }: Story): void {
  const { leftovers, exclusions } = inversion;
  const named = new Map<string, Set<string>>();
  for (const { address, attributes } of [...leftovers.unsendable, ...leftovers.leftSuspended])
    named.set(address, new Set([...(named.get(address) ?? []), ...attributes]));
  const deleted = new Set(leftovers.irreversible.map(({ zivverId }) => zivverId));
  expect(deleted).toEqual(new Set(changes.filter(({ action }) => action === 'delete').map(({ zivverId }) => zivverId)));
  const told = exclusions.map(({ detail }) => factText(detail)).join('\n');
  for (const account of before.values()) {
    if (deleted.has(account.zivverId)) continue;
    const now = restored.get(account.zivverId)!;
    const [was, is] = [
      attributesOf(account, indexOf(before.values()), new Map()),
      attributesOf(now, indexOf(restored.values()), new Map()),
    ];
    const lost = named.get(now.address) ?? named.get(`renamed${account.zivverId.slice(4)}@office.example`) ?? new Set();
    for (const name of Object.keys(was) as (keyof AccountAttributes)[]) {
      if (lost.has(name)) continue;
      const wanted =
        name === 'members'
          ? was.members.filter((one) => !told.includes(one) && !isDeleted(one, before, deleted))
          : was[name];
      const kept = name === 'aliases' ? was.aliases.filter((alias) => !told.includes(alias)) : wanted;
      expect({ [name]: is[name], of: account.zivverId }).toEqual({ [name]: kept, of: account.zivverId });
    }
  }
  for (const { action, key } of changes)
    if (action === 'create') expect(restored.get(`new-${key}`)).toMatchObject({ active: false });
}

function isDeleted(address: string, store: Store, deleted: ReadonlySet<string | null>): boolean {
  return [...store.values()].some((account) => account.address === address && deleted.has(account.zivverId));
}

function contentOf({ zivverId, before, after }: Change): string {
  return formatCanonicalJson([zivverId, { ...before }, { ...after }]);
}
