import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildPlanFile } from '../../../src/model/plan/plan-file.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import { renderMarkdown } from '../../../src/model/review/markdown.ts';
import type { PlanBody, PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { ORGANISATION, type World } from './world.ts';
import { formatPlanFile } from '../format-plan-file.ts';

export async function readPlan(world: World, name?: string): Promise<PlanFile> {
  return JSON.parse(await world.read(`${planFolder(name ?? (await world.newestPlan()))}/plan.json`)) as PlanFile;
}

export function planFolder(name: string): string {
  return `plans/${ORGANISATION}/${name}`;
}

/**
 * The newest plan replaced by another one that is whole in every respect: canonical, with its digest, name and review.
 * This is what a planner could write that is broken, or in the wrong hands. Not committed.
 */
export async function replacePlan(world: World, change: (body: PlanBody) => PlanBody): Promise<string> {
  const old = await world.newestPlan();
  const plan = buildPlanFile(change((await readPlan(world, old)).body));
  await rm(path.join(world.repository, planFolder(old)), { recursive: true });
  await writePlanFiles(world, planName(plan), plan);
  return planName(plan);
}

export async function writePlanFiles(world: World, name: string, plan: PlanFile): Promise<void> {
  const folder = path.join(world.repository, planFolder(name));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'plan.json'), formatPlanFile(plan));
  await writeFile(path.join(folder, 'plan.md'), renderAnything(plan));
}

/** Of what is so broken that it has no review, a forger writes any. */
function renderAnything(plan: PlanFile): string {
  try {
    return renderMarkdown(plan);
  } catch {
    return '# Plan\n';
  }
}
