import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPlanFolder } from '../../src/adapters/git/plan-folder.ts';
import { digestDesired } from '../../src/model/desired/desired-state.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import { planName } from '../../src/model/plan/plan-name.ts';
import { renderMarkdown } from '../../src/model/review/markdown.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { listPlaces, replaceAt } from '../support/json-places.ts';
import { REVIEW_FIXTURES } from '../support/review-fixtures.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';

/** Whole plans, as they lie beside an empty desired state. */
const plans = ['small', 'mixed'].map((name) => {
  const { body } = REVIEW_FIXTURES[name]!();
  return buildPlanFile({ ...body, desired: { ...body.desired, digest: digestDesired(new Map()) } });
}) as [PlanFile, PlanFile];
const [small, mixed] = plans;
const organisation = small.body.organisation;

let git: GitRepository;

beforeAll(async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-tamper-'));
  await execa('git', ['init', '--quiet', root]);
  git = await GitRepository.open(root);
  for (const plan of plans) writePlan(planName(plan), formatPlanFile(plan), renderMarkdown(plan));
});

afterAll(() => rmSync(git.root, { recursive: true, force: true }));

function writePlan(name: string, json: string | Buffer, review: string): void {
  const folder = path.join(git.root, 'plans', organisation, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'plan.json'), json);
  writeFileSync(path.join(folder, 'plan.md'), review);
}

/** What the check in the pull request and apply say of the folder; null = whole. */
async function codeOf(name: string): Promise<string | null> {
  try {
    await verifyPlanFolder(git, organisation, name);
    return null;
  } catch (error) {
    if (error instanceof ReconcileError) return error.code;
    throw error;
  }
}

function expectRefused({ count }: Trial, code: string | null, codes: readonly string[]): void {
  count('accepted', Number(code === null));
  expect(codes).toContain(code);
}

describe('a plan that somebody tampers with is refused', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('not at all if nobody does', async () => {
    for (const plan of plans) expect(await codeOf(planName(plan))).toBeNull();
  });

  it('with any bit of plan.json flipped', async () => {
    const bytes = Buffer.from(formatPlanFile(small));
    const bits = bytes.length * 8;
    // A number coprime to it visits every bit once, spread over the whole file from the start.
    const step = 7919;
    await tryTimes(
      { id: 'R13', unit: 'bits', goal: bits, normal: Math.ceil(bits / 200), minutes: 2 },
      async (trial) => {
        const at = (trial.number * step) % bits;
        const flipped = Buffer.from(bytes);
        flipped[at >> 3]! ^= 1 << (at & 7);
        writePlan(planName(small), flipped, renderMarkdown(small));
        expectRefused(trial, await codeOf(planName(small)), ['PLAN_NOT_CANONICAL', 'PLAN_DIGEST']);
      },
    );
    writePlan(planName(small), formatPlanFile(small), renderMarkdown(small));
  });

  it('with any field edited and the digest repaired, whether the folder is renamed or not', async () => {
    const places = plans.map(({ body }) => listPlaces(body));
    await tryTimes({ id: 'R13', unit: 'field edits', goal: 10_000, normal: 100, minutes: 3 }, async (trial) => {
      const { dice, number } = trial;
      const plan = plans[number % 2]!;
      const body = structuredClone(plan.body);
      if (!replaceAt(body, dice.pick(places[number % 2]!), drawValue(trial))) return 0;
      const repaired = buildPlanFile(body);
      const review = renderMarkdown(plan);
      writePlan(planName(plan), formatPlanFile(repaired), review);
      expectRefused(trial, await codeOf(planName(plan)), ['PLAN_NOT_CANONICAL', 'PLAN_CONTRADICTORY', 'PLAN_DIGEST']);
      writePlan(planName(plan), formatPlanFile(plan), review);
      if (typeof body.sequence !== 'number' || body.organisation !== organisation) return 1;
      const name = planName(repaired);
      writePlan(name, formatPlanFile(repaired), review);
      const code = await codeOf(name);
      rmSync(path.join(git.root, 'plans', organisation, name), { recursive: true });
      expectRefused(trial, code, ['PLAN_NOT_CANONICAL', 'PLAN_CONTRADICTORY', 'PLAN_REVIEW_DISAGREES']);
      return 1;
    });
  });

  it('with any line of plan.md left out, doubled, changed or swapped', async () => {
    const lines = renderMarkdown(mixed).split('\n');
    const limits = { goal: lines.length * EDITS.length, normal: Math.ceil(lines.length / 4) };
    await tryTimes({ id: 'R13', unit: 'line edits', ...limits, minutes: 1 }, async (trial) => {
      const line = Math.floor(trial.number / EDITS.length) % lines.length;
      const edited = EDITS[trial.number % EDITS.length]!(lines, line).join('\n');
      if (edited === lines.join('\n')) return 1;
      writePlan(planName(mixed), formatPlanFile(mixed), edited);
      expectRefused(trial, await codeOf(planName(mixed)), ['PLAN_REVIEW_DISAGREES']);
      return 1;
    });
    writePlan(planName(mixed), formatPlanFile(mixed), lines.join('\n'));
  });
});

type LineEdit = (lines: readonly string[], at: number) => string[];

const EDITS: readonly LineEdit[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at]!),
  (lines, at) => lines.with(at, `${lines[at]} `),
  (lines, at) => lines.with(at, lines[(at + 1) % lines.length]!).with((at + 1) % lines.length, lines[at]!),
];

function drawValue({ dice }: Trial): unknown {
  const texts = ['', 'x', 'eve@evil.example', '2026-11-24T00:00:00.000Z', '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10'];
  return dice.pick([dice.integer(-5, 50), true, false, null, [], {}, dice.pick(texts), dice.pick(texts)]);
}
