import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { FORGES } from '../../../model/forge/forges.ts';
import { refusePlace, REVIEWS_PURPOSE, type ForgeAdapter, type ReaderSurroundings } from '../forge-adapter.ts';
import { parseRemoteUrl } from '../remote-url.ts';
import { RepositorySettings } from '../settings/repository-settings.ts';
import { openRest, type TokenScheme } from '../open-rest.ts';
import { ForgejoForge } from './forgejo-forge.ts';
import { ForgejoReviews } from './forgejo-reviews.ts';
import { ForgejoSettings } from './forgejo-settings.ts';

const TOKEN: TokenScheme = {
  kind: 'forgejo',
  variable: 'ZIVVER_GITOPS_FORGE_TOKEN',
  headerOf: (token) => ({ authorization: `token ${token}` }),
};

export const FORGEJO: ForgeAdapter = { openForge, openReviews, openSettings };

/** From the variables that Forgejo (and Gitea) sets in every workflow, and ZIVVER_GITOPS_FORGE_TOKEN. */
function openForge(environment: NodeJS.ProcessEnv, version: string): ForgejoForge {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY = '' } = environment;
  if (!GITHUB_SERVER_URL || !FORGES.forgejo.repositoryName.test(GITHUB_REPOSITORY))
    throw new ReconcileError('CLI_USAGE', 'GITHUB_SERVER_URL and GITHUB_REPOSITORY do not name a repository', {
      remedy: 'Run this command in a workflow of Forgejo, or set what it sets there.',
    });
  const serverUrl = GITHUB_SERVER_URL.replace(/\/+$/, '');
  const purpose = 'the token that opens pull requests, comments and issues';
  const rest = openRest(TOKEN, environment, {
    apiUrl: apiUrlOf(serverUrl),
    purpose,
    userAgent: `zivver-gitops/${version}`,
  });
  return new ForgejoForge(rest, GITHUB_REPOSITORY, serverUrl);
}

function openReviews(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): ForgejoReviews {
  const { rest, repository } = openRepository(reviews, environment, given);
  return new ForgejoReviews(rest, repository);
}

function openSettings(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): ForgejoSettings {
  const { rest, repository } = openRepository(reviews, environment, given);
  return new ForgejoSettings(new RepositorySettings(rest, `/repos/${repository}`));
}

function openRepository(reviews: ReviewConfiguration, environment: NodeJS.ProcessEnv, given: ReaderSurroundings) {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = environment;
  const remote = parseRemoteUrl(given.remoteUrl);
  const repository = reviews.repository ?? GITHUB_REPOSITORY ?? remote?.path ?? '';
  const serverUrl = GITHUB_SERVER_URL ?? remote?.origin;
  if (!FORGES.forgejo.repositoryName.test(repository)) return refusePlace(reviews);
  const apiUrl = reviews.apiUrl ?? (serverUrl === undefined ? refusePlace(reviews) : apiUrlOf(serverUrl));
  return { rest: openRest(TOKEN, environment, { ...given, apiUrl, purpose: REVIEWS_PURPOSE }), repository };
}

function apiUrlOf(serverUrl: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/api/v1`;
}
