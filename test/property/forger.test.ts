import { expect, it } from 'vitest';
import { LiveIndex } from '../../src/model/account/existing-index.ts';
import { buildChange, type Change, type ChangeContent } from '../../src/model/change/change.ts';
import { parseDesiredAccount } from '../../src/model/desired/yaml.ts';
import { hasApplied } from '../../src/model/ledger/has-applied.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { evaluateGuards } from '../../src/model/plan/guards.ts';
import { refuseExceeded } from '../../src/model/plan/guard-refusal.ts';
import { buildPlanFile, parsePlanFile } from '../../src/model/plan/plan-file.ts';
import { verifyMeasuredPlan } from '../../src/model/plan/verify-measured-plan.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';
import { listPlaces, replaceAt } from '../support/json-places.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import type { MemoryZivver } from '../support/world/memory-zivver.ts';
import type { StoredAccount } from '../support/world/stored-account.ts';
import { buildOrganisation } from '../support/world/organisation.ts';
import { replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { passDay, planNow, startSettled, type Simulation } from '../support/world/simulation.ts';

const GUARDED = 'admin@company.org';

/** One planner that lies, in a world in which everybody else is honest: what becomes of the accounts is what counts. */
it('a forged plan never does more to anybody than the true limits allow', { timeout: TRIALS_TIMEOUT_MS }, async () => {
  let applied = 0;
  await tryTimes({ id: 'R25', unit: 'forgeries', goal: 20_000, normal: 1000, minutes: 20 }, async (trial) => {
    const simulation = await startSettled(trial.seed, buildOrganisation(), 8 + trial.dice.integer(0, 30));
    passDay(simulation);
    const planned = await planNow(simulation);
    for (let number = 0; number < FORGERIES_A_WORLD; number += 1) {
      const zivver = simulation.zivver.clone();
      const body = forge(structuredClone(planned.plan.body), { trial, simulation, planned });
      const isApplied = await applyForged(body, { simulation, planned, zivver });
      applied += Number(isApplied);
      trial.count('applied', Number(isApplied));
      trial.count('refused', Number(!isApplied));
      const breaches = findBreaches(simulation, zivver, body);
      trial.count('beyond a true limit', breaches.length);
      expect(breaches, JSON.stringify(breaches.length > 0 ? body.changes : null)).toEqual([]);
    }
    return FORGERIES_A_WORLD;
  });
  expect(applied).toBeGreaterThan(0);
});

const FORGERIES_A_WORLD = 20;

interface Forging {
  readonly trial: Trial;
  readonly simulation: Simulation;
  readonly planned: Planned;
}

/** 1 to 5 of them, and then everything that a forger can repair is repaired. */
function forge(body: PlanBody, forging: Forging): PlanBody {
  const { dice } = forging.trial;
  for (let left = dice.integer(1, 6); left > 0; left -= 1)
    try {
      dice.pick(FORGERIES)(body, forging);
    } catch {
      // The forgery before it left nothing to forge.
    }
  try {
    return JSON.parse(JSON.stringify(repair(body, forging))) as PlanBody;
  } catch {
    // Nothing that anybody could repair: it stays as broken as it is.
    return JSON.parse(JSON.stringify(body)) as PlanBody;
  }
}

function repair(body: PlanBody, { trial: { dice }, simulation: { configuration } }: Forging): PlanBody {
  const changes = body.changes.map(({ id: _id, ...content }) => buildChange(content as ChangeContent));
  const forged = { ...body, changes };
  if (dice.chance(0.2)) return forged;
  const derived = evaluateGuards(forged, { configuration, now: new Date(forged.createdAt), index: null });
  return { ...forged, limits: [...derived, ...body.limits.filter(({ rule }) => rule === 'administrators')] };
}

type Forgery = (body: PlanBody, forging: Forging) => void;

const FORGERIES: readonly Forgery[] = [
  (body, { trial: { dice }, simulation }) => suspendMany(body, simulation, dice.integer(1, 30), dice.chance(0.3)),
  (body, { trial: { dice }, simulation }) => {
    const [one] = dice.shuffle(usersOf(simulation));
    if (one)
      body.changes.push(
        changeOf(one, { delegates: one.delegates }, { delegates: [dice.pick(usersOf(simulation)).address] }),
      );
  },
  (body, { trial: { dice }, simulation }) => {
    const reader = dice.pick(usersOf(simulation)).address;
    for (const one of usersOf(simulation))
      if (!one.delegates.includes(reader))
        body.changes.push(
          changeOf(one, { delegates: [...one.delegates].sort() }, { delegates: [...one.delegates, reader].sort() }),
        );
  },
  (body, { trial: { dice }, simulation }) => {
    const [one, other] = dice.shuffle(usersOf(simulation));
    if (one && other) body.changes.push(changeOf(one, { address: one.address }, { address: `x${other.address}` }));
  },
  (body, { trial: { dice }, simulation }) => {
    for (const one of usersOf(simulation).slice(0, dice.integer(1, 20)))
      body.changes.push({
        ...changeOf(one, { address: one.address, fullName: one.fullName, active: one.active }, {}),
        action: 'delete',
        reason: 'deleted',
        sealed: false,
      } as Change);
  },
  (body) => {
    body.existing = { users: 5000, activeUsers: 5000, functional: 500, managed: 5000, activeManaged: 5000 };
  },
  (body) => {
    body.bootstrap = true;
  },
  (body, { trial: { dice }, simulation }) => {
    const change = body.changes.length > 0 ? dice.pick(body.changes) : undefined;
    if (change && change.action !== 'create') change.zivverId = dice.pick([...simulation.zivver.accounts.keys()]);
  },
  (body, { trial: { dice } }) => {
    if (body.changes.length === 0) return;
    const change = dice.pick(body.changes);
    change.action = dice.pick(['create', 'update', 'suspend', 'reactivate', 'delete']) as never;
  },
  (body, { trial: { dice } }) => {
    if (body.changes.length > 0) body.changes.push(structuredClone(dice.pick(body.changes)));
  },
  (body, { trial: { dice } }) => {
    const places = listPlaces(body);
    replaceAt(
      body,
      dice.pick(places),
      dice.pick([true, false, null, [], {}, 0, 2 ** 53 - 1, 'eve@company.org', GUARDED]),
    );
  },
  (body, { trial: { dice } }) => {
    if (body.changes.length === 0) return;
    const [one, other] = [dice.pick(body.changes), dice.pick(body.changes)];
    one.key = other.key as never;
  },
];

function usersOf({ zivver }: Simulation): StoredAccount[] {
  return [...zivver.accounts.values()].filter(({ kind }) => kind === 'user');
}

function suspendMany(body: PlanBody, simulation: Simulation, count: number, isRelabelled: boolean): void {
  for (const one of usersOf(simulation)
    .filter(({ active }) => active)
    .slice(0, count)) {
    const change = changeOf(one, { active: true }, { active: false });
    body.changes.push(
      (isRelabelled ? change : { ...change, action: 'suspend', reason: 'disabled', sealed: false }) as Change,
    );
  }
}

function changeOf(one: StoredAccount, before: object, after: object): Change {
  return buildChange({
    action: 'update',
    kind: one.kind,
    key: one.externalAccountId,
    zivverId: one.zivverId,
    address: one.address,
    fullName: one.fullName,
    reason: 'attributes',
    evidence: { source: null, lookup: 'nowhere', entry: null, attribute: null, value: null },
    before,
    after,
    sealed: false,
  } as ChangeContent);
}

interface Applying {
  readonly simulation: Simulation;
  readonly planned: Planned;
  readonly zivver: MemoryZivver;
}

/** The first plan of the world was applied. */
const LEDGER = [{ end: { verdict: 'complete' } }] as const;

/** What apply does between the merge and the end, with git's answers given. False: refused. */
async function applyForged(body: PlanBody, { simulation, planned, zivver }: Applying): Promise<boolean> {
  const { configuration, baseline, now } = simulation;
  const index = new LiveIndex(await zivver.reader.readAccounts());
  const files = [...planned.files].filter(([path, { blob }]) => baseline.files.get(path)?.blob !== blob);
  try {
    const plan = parsePlanFile(formatPlanFile(buildPlanFile(body)), 'plan.json');
    refuseExceeded(evaluateGuards(plan.body, { configuration, now, index: null }), 'nothing');
    verifyMeasuredPlan({
      body: plan.body,
      file: 'plan.json',
      configuration,
      now,
      index,
      baseline: baseline.accounts,
      rendered: files.map(([path, { text }]) => parseDesiredAccount(text, path)),
      desired: planned.files.keys(),
      taken: [],
      claims: plan.body.bootstrap && hasApplied(LEDGER) ? ['it is not the first plan'] : [],
    });
    await replayOnce({ plan, ssoKeys: planned.ssoKeys }, zivver);
    return true;
  } catch (error) {
    if (error instanceof ReconcileError) return false;
    throw error;
  }
}

/** Worked out from the accounts alone, with the defaults of the README. */
function findBreaches({ zivver: before, baseline }: Simulation, after: MemoryZivver, body: PlanBody): string[] {
  const pairs = [...before.accounts.values()].map((was) => ({ was, is: after.accounts.get(was.zivverId) }));
  const managed = pairs.filter(({ was }) =>
    baseline.accounts.some(({ key, address }) => key === was.externalAccountId || address === was.address),
  );
  const active = managed.filter(({ was }) => was.kind === 'user' && was.active).length;
  const most = (floor: number, share: number, of: number): number => Math.max(floor, Math.floor((of * share) / 100));
  const count = (isOne: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(isOne).length;
  const readers = pairs.reduce((sum, { was, is }) => sum + countNew(was, is), 0);
  const ids = new Set(Array.isArray(body.changes) ? body.changes.map((change) => change?.zivverId) : []);
  const created = [...after.accounts.keys()].filter((id) => !before.accounts.has(id)).length;
  const [guarded] = pairs.filter(({ was }) => was.address === GUARDED);
  return [
    ...(count(({ was, is }) => was.kind === 'user' && was.active && is?.active === false) > most(5, 5, active)
      ? ['suspensions']
      : []),
    ...(count(({ was, is }) => !was.active && is?.active === true) > most(5, 5, active) ? ['reactivations'] : []),
    ...(count(({ is }) => is === undefined) > 0 ? ['deletions'] : []),
    ...(created > most(25, 10, before.accounts.size) ? ['creations'] : []),
    ...(readers > most(10, 5, active) ? ['readers'] : []),
    ...(pairs.some(
      ({ was, is }) => JSON.stringify(was) !== JSON.stringify(is) && !ids.has(was.zivverId) && isTouched(was, is),
    )
      ? ['outside the plan']
      : []),
    ...(guarded && isHarmed(guarded.was, guarded.is) ? ['a protected account'] : []),
    ...(pairs.some(
      ({ was, is }) =>
        was.externalAccountId !== null &&
        is !== undefined &&
        is.externalAccountId !== was.externalAccountId &&
        baseline.accounts.some(({ key }) => key === was.externalAccountId),
    )
      ? ['a managed account under another key']
      : []),
  ];
}

function countNew(was: StoredAccount, is: StoredAccount | undefined): number {
  const had = new Set([...was.delegates, ...was.memberIds]);
  return [...(is?.delegates ?? []), ...(is?.memberIds ?? [])].filter((one) => !had.has(one)).length;
}

/** Delegates follow renames of others by themselves. */
function isTouched(was: StoredAccount, is: StoredAccount | undefined): boolean {
  return JSON.stringify({ ...was, delegates: [] }) !== JSON.stringify({ ...is, delegates: [] });
}

function isHarmed(was: StoredAccount, is: StoredAccount | undefined): boolean {
  return is === undefined || (was.active && !is.active) || is.address !== was.address || countNew(was, is) > 0;
}
