import { buildChange, type Change, type ChangeContent } from '../../../src/model/change/change.ts';
import { digestDesiredFiles } from '../../../src/model/desired/desired-state.ts';
import { evaluateGuards } from '../../../src/model/plan/guards.ts';
import { judgeOverTime } from '../../../src/model/plan/over-time.ts';
import type { PlanBody } from '../../../src/model/schema/generated/plan.ts';
import type { Draft, Forging, HonestPlan } from './draft.ts';
import { FORGERIES } from './forgeries.ts';

/** 1 to 5 forgeries, and then everything that a forger can repair is repaired. */
export function forgeDraft(honest: HonestPlan, forging: Forging): Draft {
  const { dice } = forging;
  const draft = { body: structuredClone(honest.body), ssoKeys: new Map(honest.ssoKeys), files: new Map(honest.files) };
  for (let left = dice.integer(1, 6); left > 0; left -= 1)
    try {
      dice.pick(FORGERIES)(draft, forging);
    } catch {
      // The forgery before it left nothing to forge.
    }
  try {
    return repair(draft, forging);
  } catch {
    // Nothing that anybody could repair: it stays as broken as it is.
    return { ...draft, body: asWritten(draft.body) };
  }
}

function repair({ body, ssoKeys, files }: Draft, { dice, configuration, taken }: Forging): Draft {
  const sealed = new Map<string, string>();
  const changes = body.changes.map(({ id, ...content }): Change => {
    const change = buildChange(content as ChangeContent);
    const key = ssoKeys.get(id);
    if (key !== undefined) sealed.set(change.id, key);
    return change;
  });
  const forged = { ...body, changes, desired: { ...body.desired, digest: digestDesiredFiles(files) } };
  if (dice.chance(0.2)) return { body: asWritten(forged), ssoKeys: sealed, files };
  const now = new Date(body.createdAt);
  const findings = evaluateGuards(forged, { configuration, now, index: null });
  const limits = [...findings, ...body.limits.filter(({ rule }) => rule === 'administrators')];
  const overTime = judgeOverTime({ configuration, now, taken, changes, findings });
  return { body: asWritten({ ...forged, limits, overTime }), ssoKeys: sealed, files };
}

/** What JSON cannot hold is gone. */
function asWritten(body: PlanBody): PlanBody {
  return JSON.parse(JSON.stringify(body)) as PlanBody;
}
