import { writeLabels } from './github-proposal.ts';
import { readGithubPlace } from '../../adapters/forge/github/github-place.ts';
import { GithubWriter } from '../../adapters/forge/github/github-writer.ts';
import { markOf, writeMarkedComment } from './marked-comment.ts';
import { renderReviewComment } from './pull-request-text.ts';
import { readVersion } from '../version.ts';
import { readBroughtPlans } from './verify-pull-request.ts';

export interface CommentRequest {
  readonly base: string;
  readonly number: number;
  /** Head of the pull request. */
  readonly commit: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Shows every plan of the checked out pull request in a comment that is edited in place. How many there are. */
export async function commentPullRequest({ base, number, commit, environment }: CommentRequest): Promise<number> {
  const plans = await readBroughtPlans(base);
  const github = new GithubWriter(readGithubPlace(environment), readVersion());
  const { serverUrl, repository } = github.place;
  for (const { plan } of plans) {
    const text = renderReviewComment(plan, `${serverUrl}/${repository}/blob/${commit}`);
    await writeMarkedComment(github, number, markOf('review', plan.body.organisation), text);
    await writeLabels(github, number, plan);
  }
  return plans.length;
}
