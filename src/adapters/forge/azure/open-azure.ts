import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { refusePlace, REVIEWS_PURPOSE, type ForgeAdapter, type ReaderSurroundings } from '../forge-adapter.ts';
import { ForgeSettings } from '../forge-settings.ts';
import { openRest, type TokenScheme } from '../open-rest.ts';
import { AzureForge } from './azure-forge.ts';
import { AzureReviews } from './azure-reviews.ts';

const TOKEN: TokenScheme = {
  kind: 'azure',
  variable: 'SYSTEM_ACCESSTOKEN',
  headerOf: (token) => ({ authorization: `Bearer ${token}` }),
};

export const AZURE: ForgeAdapter = { openForge, openReviews };

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

/** For `doctor`: of the project, and the repository in it. Throws as `openReviews` does. */
export function openAzureSettings(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): { readonly settings: ForgeSettings; readonly repository: string } {
  const { rest, place } = openRepository(reviews, environment, given);
  return {
    settings: new ForgeSettings(rest, `/${encodeURIComponent(place.project)}/_apis`),
    repository: place.repository,
  };
}

function openRepository(reviews: ReviewConfiguration, environment: NodeJS.ProcessEnv, given: ReaderSurroundings) {
  const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID } = environment;
  const collectionUrl = (reviews.apiUrl ?? SYSTEM_COLLECTIONURI ?? refusePlace(reviews)).replace(/\/+$/, '');
  const [project = SYSTEM_TEAMPROJECT, repository = BUILD_REPOSITORY_ID] = reviews.repository?.split('/') ?? [];
  if (!project || !repository) return refusePlace(reviews);
  const rest = openRest(TOKEN, environment, { ...given, apiUrl: collectionUrl, purpose: REVIEWS_PURPOSE });
  return { rest, place: { collectionUrl, project, repository } };
}
