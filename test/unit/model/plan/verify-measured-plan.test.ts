import { describe, expect, it } from 'vitest';
import { LiveIndex } from '../../../../src/model/account/existing-index.ts';
import { parseDesiredAccount } from '../../../../src/model/desired/yaml.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { verifyMeasuredPlan } from '../../../../src/model/plan/verify-measured-plan.ts';
import type { PlanBody } from '../../../../src/model/schema/generated/plan.ts';
import { findOpenAgeClaims } from '../../../../src/model/plan/open-claims.ts';
import { blobsOf, commitFiles, planSeen, replayOnce, type Planned } from '../../../support/world/reconciliation.ts';
import {
  look,
  passDay,
  planNow,
  remember,
  startSimulation,
  type Simulation,
} from '../../../support/world/simulation.ts';

/** As apply does, with the answers of git given. */
async function verify(simulation: Simulation, planned: Planned, body: PlanBody = planned.plan.body): Promise<void> {
  const { configuration, baseline, now, facts, zivver } = simulation;
  const files = [...planned.files].filter(([path, { blob }]) => baseline.files.get(path)?.blob !== blob);
  const isAccount = ([path]: (typeof files)[number]): boolean => /^(users|functional)\//.test(path);
  verifyMeasuredPlan({
    body,
    file: 'plan.json',
    configuration,
    now,
    index: new LiveIndex(await zivver.reader.readAccounts()),
    baseline: baseline.accounts,
    holds: baseline.holds,
    rendered: files.filter(isAccount).map(([path, { text }]) => parseDesiredAccount(text, path)),
    desired: blobsOf(planned.files),
    taken: facts.taken,
    signOnBefore: null,
    ssoKeys: planned.ssoKeys,
    claims: [],
  });
}

function isWithinLimits({ body: { limits, overTime } }: Planned['plan']): boolean {
  return [...limits, ...overTime].every(({ verdict }) => verdict !== 'exceeded');
}

describe('a plan that nobody forged', () => {
  it.each(Array.from({ length: 16 }, (_, seed) => `honest ${seed}`))(
    'holds against Zivver and the branch: %s',
    async (seed) => {
      const simulation = startSimulation(seed);
      let verified = 0;
      for (let day = 0; day < 6; day += 1) {
        const planned =
          day === 0 ? planSeen({ ...(await look(simulation)), bootstrap: true }) : await planNow(simulation);
        if (isWithinLimits(planned.plan)) {
          await verify(simulation, planned);
          expect(findOpenAgeClaims(planned.plan.body, simulation.baseline.open)).toEqual([]);
          verified += 1;
        }
        const { outcomes } = await replayOnce(planned, simulation.zivver);
        remember(simulation, planned, outcomes);
        simulation.baseline = commitFiles(planned.files);
        simulation.previous = planned.plan;
        passDay(simulation);
      }
      expect(verified).toBeGreaterThan(0);
    },
  );
});

it('whoever is adopted is named in the review, and nobody else', async () => {
  for (let seed = 0; ; seed += 1) {
    const simulation = startSimulation(`adopts ${seed}`);
    const planned = planSeen({ ...(await look(simulation)), bootstrap: true });
    const { adopted, desired } = planned.plan.body;
    const [first, ...others] = adopted;
    if (first === undefined || !isWithinLimits(planned.plan)) continue;
    for (const told of [others, [...others, { ...first, key: '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10' }]]) {
      const body = { ...planned.plan.body, adopted: told, desired: { ...desired, adopted: told.length } };
      const refused = await verify(simulation, planned, body).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ReconcileError);
      expect(refused).toMatchObject({ code: 'PLAN_CLAIM_FALSE' });
    }
    return;
  }
});
