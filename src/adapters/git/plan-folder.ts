import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { blobIdOf } from '../../model/desired/desired-file.ts';
import { digestDesired } from '../../model/desired/desired-state.ts';
import { readWorkTreeBlobs } from './work-tree.ts';
import { ReconcileError } from '../../model/errors.ts';
import { refuseHiddenFiles } from './checkout.ts';
import type { GitRepository } from './repository.ts';
import { listPresentPlans } from './plan-listing.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planFolder, planName } from '../../model/plan/plan-name.ts';
import { renderMarkdown } from '../../model/review/markdown.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';

/** A plan as it lies in the work tree, proven to be whole and what its review shows. */
export interface VerifiedPlan {
  readonly plan: PlanFile;
  /** `NNNN-<digest8>` */
  readonly name: string;
  /** Path from the root of the repository, with forward slashes. */
  readonly folder: string;
  /** git blob ids of plan.json and plan.md. */
  readonly blobs: Readonly<Record<'plan.json' | 'plan.md', string>>;
  /** The desired files it was made with: path below desired/<organisation>/ → blob id. */
  readonly desired: ReadonlyMap<string, string>;
}

/** Name of the newest plan folder of an organisation. Throws PLAN_MISSING (20). */
export async function findNewestPlan(root: string, organisation: string): Promise<string> {
  const newest = (await listPresentPlans(root, organisation)).at(-1);
  if (newest === undefined)
    throw new ReconcileError('PLAN_MISSING', `plans/${organisation} has no plan`, {
      remedy: 'Make one with: zivver-gitops plan',
    });
  return newest;
}

/**
 * Offline proof of integrity: plan.json is canonical and has its digest, plan.md is byte for byte its rendering, and
 * the desired files beside it are those it was made with. Throws 20, 21, 22 or 29.
 */
export async function verifyPlanFolder(git: GitRepository, organisation: string, name: string): Promise<VerifiedPlan> {
  const folder = planFolder(organisation, name);
  // git lists the desired files while the plan is read; what it says counts only where nothing is hidden.
  const listed = readWorkTreeBlobs(git, organisation);
  listed.catch(() => undefined);
  await refuseHiddenFiles(git, organisation);
  const json = await readPlanText(git.root, `${folder}/plan.json`);
  const plan = parsePlanFile(json, `${folder}/plan.json`);
  if (planName(plan) !== name || plan.body.organisation !== organisation)
    throw new ReconcileError('PLAN_DIGEST', `${folder} holds the plan ${plan.body.organisation}/${planName(plan)}`, {
      remedy: 'Restore the folder from the branch: a plan folder is never renamed or copied.',
    });
  const review = await readPlanText(git.root, `${folder}/plan.md`);
  refuseOtherReview(review, plan, `${folder}/plan.md`);
  const desired = await listed;
  await refuseOtherDesired(git, plan, desired);
  return { plan, name, folder, desired, blobs: { 'plan.json': blobIdOf(json), 'plan.md': blobIdOf(review) } };
}

async function readPlanText(root: string, file: string): Promise<string> {
  return readFile(path.join(root, ...file.split('/')), 'utf8').catch((cause: unknown) => {
    throw new ReconcileError('PLAN_MISSING', `${file} cannot be read`, {
      remedy: 'Name an existing plan, or make one with: zivver-gitops plan',
      cause,
    });
  });
}

function refuseOtherReview(review: string, plan: PlanFile, file: string): void {
  const rendered = renderMarkdown(plan);
  if (review === rendered) return;
  const lines = rendered.split('\n');
  const line = review.split('\n').findIndex((text, index) => text !== lines[index]);
  throw new ReconcileError('PLAN_REVIEW_DISAGREES', `${file} is not what plan.json says`, {
    remedy: 'Discard both and make a new plan; reviews are never edited by hand.',
    problems: [{ where: `${file}:${(line < 0 ? lines.length : line) + 1}`, what: 'the first line that differs' }],
  });
}

async function refuseOtherDesired(
  git: GitRepository,
  plan: PlanFile,
  desired: ReadonlyMap<string, string>,
): Promise<void> {
  const { organisation } = plan.body;
  if (digestDesired(desired) === plan.body.desired.digest) return;
  const [name, newest] = [planName(plan), await findNewestPlan(git.root, organisation)];
  throw new ReconcileError(
    'PLAN_REVIEW_DISAGREES',
    `The files under desired/${organisation} are not those the plan was made with`,
    {
      remedy:
        name === newest
          ? 'Undo what was changed by hand under desired/ (git status shows it), or make a new plan.'
          : `They are those of plan ${newest}, which came later. If the apply of ${name} died: zivver-gitops apply ${name} --abandon, then make a new plan.`,
    },
  );
}
