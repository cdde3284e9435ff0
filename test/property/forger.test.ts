import { expect, it } from 'vitest';
import { verifySecrets } from '../../src/adapters/secrets/plan-secrets.ts';
import { LiveIndex } from '../../src/model/account/existing-index.ts';
import { listTakings } from '../../src/model/change/takings.ts';
import { parseDesiredAccount } from '../../src/model/desired/yaml.ts';
import { OPEN_FILE } from '../../src/model/desired/desired-state.ts';
import type { Hold } from '../../src/model/desired/holds.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { hasApplied } from '../../src/model/ledger/has-applied.ts';
import type { Taken } from '../../src/model/ledger/taken.ts';
import { evaluateGuards } from '../../src/model/plan/guards.ts';
import { refuseExceeded } from '../../src/model/plan/guard-refusal.ts';
import { judgeOverTime } from '../../src/model/plan/over-time.ts';
import { buildPlanFile, parsePlanFile } from '../../src/model/plan/plan-file.ts';
import { verifyMeasuredPlan } from '../../src/model/plan/verify-measured-plan.ts';
import { isSuccess, type Outcome } from '../../src/operations/apply/outcome.ts';
import { findBreaches, measureLoss, type Loss, type Recorded } from '../support/forger/breaches.ts';
import type { Draft } from '../support/forger/draft.ts';
import { forgeDraft } from '../support/forger/forge-draft.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { buildOrganisation } from '../support/world/organisation.ts';
import { blobsOf, commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { passDay, planNow, startSettled, type Simulation } from '../support/world/simulation.ts';

const ROWS_A_WORLD = 8;
const PLANS_A_ROW = 3;
const HOUR_MS = 3_600_000;
const GUARDED = 'admin@company.org';

/** One planner that lies, in a world in which everybody else is honest: what becomes of the accounts is what counts. */
it('forged plans never do more to anybody than the true limits allow', { timeout: TRIALS_TIMEOUT_MS }, async () => {
  let applied = 0;
  await tryTimes({ id: 'R25', unit: 'forgeries', goal: 20_000, normal: 1000, minutes: 20 }, async (trial) => {
    const { dice } = trial;
    const organisation = buildOrganisation({ sso: dice.pick([null, 'base64', 'guid']) });
    const simulation = await startSettled(trial.seed, organisation, 8 + dice.integer(0, 30));
    passDay(simulation);
    const taken = drawEarlier(trial, simulation);
    simulation.facts = { ...simulation.facts, taken };
    const planned = await planNow(simulation);
    simulation.baseline = { ...simulation.baseline, holds: drawHolds(trial, simulation, planned) };
    for (let row = 0; row < ROWS_A_WORLD; row += 1) applied += await forgeRow(trial, simulation, planned);
    return ROWS_A_WORLD * PLANS_A_ROW;
  });
  expect(applied).toBeGreaterThan(0);
});

/** What plans of the days before took away. */
function drawEarlier({ dice }: Trial, { zivver, now }: Simulation): Taken[] {
  if (dice.chance(0.3)) return [];
  return [...zivver.accounts.values()].flatMap(({ zivverId, kind, memberIds }): Taken[] => {
    if (dice.chance(0.7)) return [];
    const at = now.getTime() - dice.integer(0, 200) * HOUR_MS;
    if (kind === 'user') return [{ zivverId, at, counts: { suspend: 1 } }];
    return [{ zivverId, at, counts: { membersRemoved: 1 + dice.integer(0, 1 + memberIds.length) } }];
  });
}

/** People whom the honest plan leaves alone. */
function drawHolds({ dice }: Trial, { baseline }: Simulation, { plan }: Planned): Hold[] {
  const changed = new Set(plan.body.changes.map(({ key }) => key));
  const others = baseline.accounts.filter(({ key }) => !changed.has(key) && dice.chance(0.2));
  return others.map(({ key, address }) => ({ key, address, reason: 'on leave', expires: '2026-12-31' }));
}

/** Several plans on one ledger: the next is made of what the one before it left. How many were applied. */
async function forgeRow(trial: Trial, start: Simulation, first: Planned): Promise<number> {
  const { dice } = trial;
  let simulation = { ...start, zivver: start.zivver.clone() };
  let planned = first;
  let losses = start.facts.taken.map(lossOf);
  let before = start.zivver.clone().accounts;
  let applied = 0;
  for (let number = 0; number < PLANS_A_ROW; number += 1) {
    const { configuration, facts, zivver, staff, now, baseline } = simulation;
    const honest = { body: planned.plan.body, ssoKeys: planned.ssoKeys, files: planned.files };
    const keys = staff.people.map(({ guid }) => (configuration.sso.keyFormat === 'guid' ? formatGuid(guid) : guid));
    const accounts = [...zivver.accounts.values()];
    const draft = forgeDraft(honest, { dice, configuration, accounts, keys, taken: facts.taken });
    const writes = zivver.applied.length;
    const outcomes = await applyForged(draft, simulation);
    trial.count('applied', Number(outcomes !== null));
    trial.count('refused', Number(outcomes === null));
    if (outcomes === null) {
      expect(zivver.applied.length, 'writes of a plan that was refused').toBe(writes);
      continue;
    }
    const deed = { before, after: zivver.accounts, now, losses, recorded: listRecorded(outcomes), body: draft.body };
    const breaches = findBreaches({
      ...deed,
      baseline: baseline.accounts,
      held: keysOf(baseline.holds),
      guarded: [GUARDED],
    });
    trial.count('beyond a true limit', breaches.length);
    expect(breaches, JSON.stringify(breaches.length > 0 ? draft.body.changes : null)).toEqual([]);
    applied += 1;
    if (number + 1 === PLANS_A_ROW) break;
    losses = [...losses, measureLoss(deed)];
    simulation = goOn(simulation, draft, outcomes);
    simulation.now = new Date(now.getTime() + dice.pick([0.1, 6, 25, 190]) * HOUR_MS);
    planned = await planNow(simulation);
    before = zivver.clone().accounts;
  }
  return applied;
}

function keysOf(holds: readonly Hold[]): ReadonlySet<string> {
  return new Set(holds.map(({ key }) => key));
}

function listRecorded(outcomes: readonly Outcome[]): Recorded[] {
  return outcomes.map(({ zivverId, change: { address } }) => ({ zivverId, address }));
}

function lossOf({ at, zivverId, counts }: Taken): Loss {
  const { suspend = 0, membersRemoved = 0 } = counts;
  return { at, suspended: suspend, members: new Map([[zivverId, membersRemoved]]) };
}

/** Merged and applied: what was forged into the files is believed from now on. */
function goOn(simulation: Simulation, { body, files }: Draft, outcomes: readonly Outcome[]): Simulation {
  const at = simulation.now.getTime();
  const done = outcomes.filter(isSuccess).map(({ change }) => change);
  const taken = [...simulation.facts.taken, ...listTakings(done).map((one) => ({ ...one, at }))];
  return {
    ...simulation,
    baseline: { ...commitFiles(files), holds: simulation.baseline.holds },
    previous: buildPlanFile(body),
    facts: { ...simulation.facts, taken },
  };
}

/** The first plan of the world was applied. */
const LEDGER = [{ end: { verdict: 'complete' } }] as const;

/** What apply does between the merge and the end, with git's answers given. Null: refused. */
async function applyForged({ body, ssoKeys, files }: Draft, simulation: Simulation): Promise<Outcome[] | null> {
  const { configuration, baseline, now, facts, zivver } = simulation;
  const index = new LiveIndex(await zivver.reader.readAccounts());
  try {
    const plan = parsePlanFile(formatPlanFile(buildPlanFile(body)), 'plan.json');
    const { changes } = plan.body;
    const findings = evaluateGuards(plan.body, { configuration, now, index: null });
    const overTime = judgeOverTime({ configuration, now, taken: facts.taken, changes, findings });
    refuseExceeded([...findings, ...overTime], 'nothing');
    verifySecrets({ changes, hasOtherKeys: configuration.sso.key !== null }, { ssoKeys, accountKeys: new Map() }, null);
    const rendered = [...files].filter(
      ([path, { blob }]) => path !== OPEN_FILE && baseline.files.get(path)?.blob !== blob,
    );
    verifyMeasuredPlan({
      body: plan.body,
      file: 'plan.json',
      configuration,
      now,
      index,
      baseline: baseline.accounts,
      holds: baseline.holds,
      rendered: rendered.map(([path, { text }]) => parseDesiredAccount(text, path)),
      desired: blobsOf(files),
      taken: facts.taken,
      signOnBefore: null,
      ssoKeys,
      claims: plan.body.bootstrap && hasApplied(LEDGER) ? ['it is not the first plan'] : [],
    });
    return [...(await replayOnce({ plan, ssoKeys }, zivver)).outcomes];
  } catch (error) {
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}
