import { openForge } from '../../adapters/forge/open-forge.ts';
import { readVersion } from '../version.ts';
import { readBroughtPlans } from './verify-pull-request.ts';
import { showPlan } from './write-proposal.ts';

export interface CommentRequest {
  readonly base: string;
  readonly number: number;
  /** Head of the pull request. */
  readonly commit: string;
  readonly forge: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** Shows every plan of the checked out pull request in a comment that is edited in place. How many there are. */
export async function commentPullRequest(request: CommentRequest): Promise<number> {
  const { base, number, commit, forge: named, environment } = request;
  const plans = await readBroughtPlans(base);
  const forge = await openForge(named, environment, readVersion());
  for (const { plan } of plans) await showPlan(forge, number, { plan, commit });
  return plans.length;
}
