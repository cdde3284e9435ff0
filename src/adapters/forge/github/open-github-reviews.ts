import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { parseGithubRepository } from './github-repository.ts';
import { GithubReviews } from './github-reviews.ts';
import { isRepositoryName } from './github-access.ts';

/** Throws CONFIGURATION_INVALID (3) if the repository is not known. */
export function openGithubReviews(
  { repository: configured, apiUrl: configuredUrl }: ReviewConfiguration,
  token: string,
  { remoteUrl, userAgent, timeoutMs }: { remoteUrl: string; userAgent: string; timeoutMs?: number },
): GithubReviews {
  const apiUrl = configuredUrl ?? 'https://api.github.com';
  const repository = configured ?? parseGithubRepository(remoteUrl, apiUrl);
  if (repository === undefined || !isRepositoryName(repository))
    throw new ReconcileError('CONFIGURATION_INVALID', 'Nothing tells the repository on GitHub', {
      remedy:
        'Set approval.reviews.repository to owner/name, and approval.reviews.apiUrl if it is an Enterprise Server.',
    });
  return new GithubReviews({ apiUrl, token, userAgent, ...(timeoutMs && { timeoutMs }) }, repository);
}
