import { ReconcileError } from '../../model/errors.ts';
import type { ForgeKind } from '../../model/forge/forges.ts';
import { FORGES } from '../../model/forge/forges.ts';
import { describeFault, GithubFailure } from '../../adapters/forge/github/github-failure.ts';
import { notApproved } from './not-approved.ts';

/** Whatever a forge did instead of a whole, valid answer: APPROVAL_MISSING (30). Other errors as they are. */
export function translateForgeFailure(error: unknown, forge: ForgeKind): unknown {
  if (error instanceof GithubFailure) return translateGithubFailure(error);
  if (!(error instanceof ReconcileError) || error.code !== 'PIPELINE_FORGE') return error;
  const { remedy, problems } = error;
  return notApproved(`${FORGES[forge].name} does not prove the approval`, { remedy, problems, cause: error });
}

/** APPROVAL_MISSING (30), with what to do about it. */
export function translateGithubFailure(failure: GithubFailure): ReconcileError {
  const { where, fault } = failure;
  const problems = [{ where, what: describeFault(fault) }];
  if (fault.kind === 'status') {
    const { what, remedy } = explain(fault.status, fault.headers);
    return notApproved(`GitHub does not prove the approval: ${what}`, { remedy, problems, cause: failure });
  }
  if (fault.kind === 'unusable')
    return notApproved('GitHub’s answer cannot be used', {
      remedy: 'Check approval.reviews.apiUrl and try again; nothing is applied while approval cannot be proven.',
      problems,
      cause: failure,
    });
  return notApproved('GitHub cannot be asked for the approval: no whole answer came', {
    remedy:
      'Check the network, HTTPS_PROXY, NODE_EXTRA_CA_CERTS (own certificate authority) and approval.reviews.apiUrl, then try again.',
    problems,
    cause: failure,
  });
}

interface Explanation {
  readonly what: string;
  readonly remedy: string;
}

function explain(status: number, headers: Headers): Explanation {
  if ((status === 403 || status === 429) && isRateLimited(headers)) return explainRateLimit(headers);
  if (status === 401)
    return { what: 'it refuses the token', remedy: 'Set GITHUB_TOKEN to a valid token that has not expired.' };
  if (status === 403) return { what: 'the token may not read this', remedy: PERMISSIONS };
  if (status === 404) return { what: 'it is not there, or the token may not see it', remedy: PERMISSIONS };
  if (status >= 300 && status < 400)
    return {
      what: 'the repository has moved',
      remedy: 'Set approval.reviews.repository and the git remote to its new name; redirects are not followed.',
    };
  if (status === 429 || status >= 500)
    return { what: 'it is overloaded or out of order', remedy: 'Wait until GitHub works again, then run apply again.' };
  return { what: 'it answers in an unknown way', remedy: 'Check approval.reviews.apiUrl.' };
}

const PERMISSIONS =
  'Give GITHUB_TOKEN the permissions "Pull requests: read" and "Contents: write" on approval.reviews.repository.';

function isRateLimited(headers: Headers): boolean {
  return headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after');
}

function explainRateLimit(headers: Headers): Explanation {
  const reset = Number(headers.get('x-ratelimit-reset'));
  const until = reset > 0 && reset < 1e11 ? ` until ${new Date(reset * 1000).toISOString()}` : '';
  return { what: `its rate limit is used up${until}`, remedy: 'Wait until then, and run apply again.' };
}
