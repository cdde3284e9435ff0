import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { refusePlace, REVIEWS_PURPOSE, type ForgeAdapter, type ReaderSurroundings } from '../forge-adapter.ts';
import { parseRemoteUrl } from '../remote-url.ts';
import { RepositorySettings } from '../settings/repository-settings.ts';
import { openRest, type TokenScheme } from '../open-rest.ts';
import { AzureForge } from './azure-forge.ts';
import { AzureReviews, type AzureRepository } from './azure-reviews.ts';
import { AzureSettings } from './azure-settings.ts';

const TOKEN: TokenScheme = {
  kind: 'azure',
  variable: 'SYSTEM_ACCESSTOKEN',
  headerOf: (token) => ({ authorization: `Bearer ${token}` }),
};

export const AZURE: ForgeAdapter = { openForge, openReviews, openSettings };

/** From the variables that Azure Pipelines sets in every job, and SYSTEM_ACCESSTOKEN, which a step must ask for. */
function openForge(environment: NodeJS.ProcessEnv, version: string): AzureForge {
  const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID } = environment;
  if (!SYSTEM_COLLECTIONURI || !SYSTEM_TEAMPROJECT || !BUILD_REPOSITORY_ID)
    throw new ReconcileError(
      'CLI_USAGE',
      'SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT and BUILD_REPOSITORY_ID name no repository',
      {
        remedy: 'Run this command in Azure Pipelines, or set what it sets there.',
      },
    );
  const purpose = 'the token that opens pull requests, threads and work items';
  const collectionUrl = SYSTEM_COLLECTIONURI.replace(/\/+$/, '');
  const rest = openRest(TOKEN, environment, { apiUrl: collectionUrl, purpose, userAgent: `zivver-gitops/${version}` });
  return new AzureForge(rest, { collectionUrl, project: SYSTEM_TEAMPROJECT, repository: BUILD_REPOSITORY_ID });
}

function openReviews(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): AzureReviews {
  const { rest, place } = openRepository(reviews, environment, given);
  return new AzureReviews(rest, place);
}

function openSettings(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): AzureSettings {
  const { rest, place } = openRepository(reviews, environment, given);
  return new AzureSettings(
    new RepositorySettings(rest, `/${encodeURIComponent(place.project)}/_apis`),
    place.repository,
  );
}

function openRepository(reviews: ReviewConfiguration, environment: NodeJS.ProcessEnv, given: ReaderSurroundings) {
  const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID } = environment;
  const remote = placeOfRemote(given.remoteUrl);
  const apiUrl = reviews.apiUrl ?? SYSTEM_COLLECTIONURI ?? remote?.collectionUrl ?? refusePlace(reviews);
  const collectionUrl = apiUrl.replace(/\/+$/, '');
  const [project = SYSTEM_TEAMPROJECT ?? remote?.project, repository = BUILD_REPOSITORY_ID ?? remote?.repository] =
    reviews.repository?.split('/') ?? [];
  if (!project || !repository) return refusePlace(reviews);
  const rest = openRest(TOKEN, environment, { ...given, apiUrl: collectionUrl, purpose: REVIEWS_PURPOSE });
  return { rest, place: { collectionUrl, project, repository } };
}

/** `dev.azure.com/city/project/_git/name`, or `ssh.dev.azure.com:v3/city/project/name`. */
function placeOfRemote(remoteUrl: string): AzureRepository | null {
  const remote = parseRemoteUrl(remoteUrl);
  if (remote === null || !/^https:\/\/(?:ssh\.)?dev\.azure\.com$/.test(remote.origin)) return null;
  const parts = /^(?:v3\/)?(?<city>[^/]+)\/(?<project>[^/]+)\/(?:_git\/)?(?<name>[^/]+)$/.exec(remote.path)?.groups;
  if (parts === undefined) return null;
  const { city = '', project = '', name = '' } = parts;
  return {
    collectionUrl: `https://dev.azure.com/${city}`,
    project: decodeURIComponent(project),
    repository: decodeURIComponent(name),
  };
}
