import type { ReviewConfiguration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { FORGE_NAMES } from '../../model/forge/forge-limits.ts';
import type { ReviewReader } from '../../model/forge/review-reader.ts';
import { requireSecret } from '../secrets/environment.ts';
import { ForgeRest } from './forge-rest.ts';

export interface ReaderSurroundings {
  /** URL of the git remote; it may hold a token, and is never shown. */
  readonly remoteUrl: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Of one request. */
  readonly timeoutMs?: number;
}

const PURPOSE = 'the token that reads pull requests and their reviews';

/**
 * The forge that approval.reviews names. Throws CONFIGURATION_SECRET_MISSING (3) without its token, CONFIGURATION_INVALID (3) if
 * neither organisation.yaml nor the job tells the repository, or the address is one to which no token may go.
 */
export async function openReviewReader(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): Promise<ReviewReader> {
  switch (reviews.forge) {
    case 'github': {
      const { openGithubReviews } = await import('./github/open-github-reviews.ts');
      return openGithubReviews(reviews, requireSecret(environment, 'GITHUB_TOKEN', PURPOSE), given);
    }
    case 'gitlab': {
      const { GitlabReviews } = await import('./gitlab/gitlab-reviews.ts');
      const apiUrl = reviews.apiUrl ?? environment['CI_API_V4_URL'] ?? refusePlace(reviews);
      const project = reviews.repository ?? environment['CI_PROJECT_ID'] ?? refusePlace(reviews);
      return new GitlabReviews(
        openRest(reviews, apiUrl, { environment, given, header: tokenOf('private-token') }),
        project,
      );
    }
    case 'forgejo': {
      const { ForgejoReviews } = await import('./forgejo/forgejo-reviews.ts');
      const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = environment;
      const own = GITHUB_SERVER_URL === undefined ? undefined : `${GITHUB_SERVER_URL.replace(/\/+$/, '')}/api/v1`;
      const repository = reviews.repository ?? GITHUB_REPOSITORY ?? '';
      if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) return refusePlace(reviews);
      const apiUrl = reviews.apiUrl ?? own ?? refusePlace(reviews);
      const header = tokenOf('authorization', 'token ');
      return new ForgejoReviews(openRest(reviews, apiUrl, { environment, given, header }), repository);
    }
    case 'azure': {
      const { AzureReviews } = await import('./azure/azure-reviews.ts');
      const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID } = environment;
      const collectionUrl = (reviews.apiUrl ?? SYSTEM_COLLECTIONURI ?? refusePlace(reviews)).replace(/\/+$/, '');
      const [project = SYSTEM_TEAMPROJECT, repository = BUILD_REPOSITORY_ID] = reviews.repository?.split('/') ?? [];
      if (!project || !repository) return refusePlace(reviews);
      const rest = openRest(reviews, collectionUrl, {
        environment,
        given,
        header: tokenOf('authorization', 'Bearer '),
      });
      return new AzureReviews(rest, { collectionUrl, project, repository });
    }
  }
}

type Header = (token: string) => Readonly<Record<string, string>>;

function tokenOf(name: string, before = ''): Header {
  return (token) => ({ [name]: `${before}${token}` });
}

function openRest(
  { forge }: ReviewConfiguration,
  apiUrl: string,
  { environment, given, header }: { environment: NodeJS.ProcessEnv; given: ReaderSurroundings; header: Header },
): ForgeRest {
  const variable = forge === 'azure' ? 'SYSTEM_ACCESSTOKEN' : 'ZIVVER_GITOPS_FORGE_TOKEN';
  const { userAgent, timeoutMs } = given;
  const headers = { ...header(requireSecret(environment, variable, PURPOSE)), 'user-agent': userAgent };
  const name = FORGE_NAMES[forge];
  return new ForgeRest({
    name,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    headers,
    variable,
    ...(timeoutMs && { timeoutMs }),
  });
}

function refusePlace({ forge }: ReviewConfiguration): never {
  throw new ReconcileError('CONFIGURATION_INVALID', `Nothing tells which repository on ${FORGE_NAMES[forge]} to ask`, {
    remedy: 'Set approval.reviews.repository and approval.reviews.apiUrl, or apply in a job of that forge.',
  });
}
