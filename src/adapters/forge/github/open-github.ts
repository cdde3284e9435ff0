import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { requireSecret } from '../../secrets/environment.ts';
import { REVIEWS_PURPOSE, type ForgeAdapter, type ReaderSurroundings } from '../forge-adapter.ts';
import { isRepositoryName } from './github-access.ts';
import { GithubForge } from './github-forge.ts';
import { readGithubPlace } from './github-place.ts';
import { parseGithubRepository } from './github-repository.ts';
import { GithubReviews } from './github-reviews.ts';
import { GithubWriter } from './github-writer.ts';

export const GITHUB: ForgeAdapter = {
  openForge: (environment, version) => new GithubForge(new GithubWriter(readGithubPlace(environment), version)),
  openReviews,
  openSettings: null,
};

function openReviews(
  { repository: configured, apiUrl: configuredUrl }: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  { remoteUrl, userAgent, timeoutMs }: ReaderSurroundings,
): GithubReviews {
  const token = requireSecret(environment, 'GITHUB_TOKEN', REVIEWS_PURPOSE);
  const apiUrl = configuredUrl ?? 'https://api.github.com';
  const repository = configured ?? parseGithubRepository(remoteUrl, apiUrl);
  if (repository === undefined || !isRepositoryName(repository))
    throw new ReconcileError('CONFIGURATION_INVALID', 'Nothing tells the repository on GitHub', {
      remedy:
        'Set approval.reviews.repository to owner/name, and approval.reviews.apiUrl if it is an Enterprise Server.',
    });
  return new GithubReviews({ apiUrl, token, userAgent, ...(timeoutMs && { timeoutMs }) }, repository);
}
