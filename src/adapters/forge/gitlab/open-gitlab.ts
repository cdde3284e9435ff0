import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { refusePlace, REVIEWS_PURPOSE, type ForgeAdapter, type ReaderSurroundings } from '../forge-adapter.ts';
import { parseRemoteUrl } from '../remote-url.ts';
import { RepositorySettings } from '../settings/repository-settings.ts';
import { openRest, type TokenScheme } from '../open-rest.ts';
import { GitlabForge } from './gitlab-forge.ts';
import { GitlabReviews } from './gitlab-reviews.ts';
import { GitlabSettings } from './gitlab-settings.ts';

const TOKEN: TokenScheme = {
  kind: 'gitlab',
  variable: 'ZIVVER_GITOPS_FORGE_TOKEN',
  headerOf: (token) => ({ 'private-token': token }),
};

export const GITLAB: ForgeAdapter = { openForge, openReviews, openSettings };

/** From the variables that GitLab sets in every job, and ZIVVER_GITOPS_FORGE_TOKEN. */
function openForge(environment: NodeJS.ProcessEnv, version: string): GitlabForge {
  const { CI_API_V4_URL, CI_PROJECT_ID, CI_PROJECT_URL } = environment;
  if (!CI_API_V4_URL || !CI_PROJECT_ID || !CI_PROJECT_URL)
    throw new ReconcileError('CLI_USAGE', 'CI_API_V4_URL, CI_PROJECT_ID and CI_PROJECT_URL do not name a project', {
      remedy: 'Run this command in a job of GitLab, or set what it sets there.',
    });
  const purpose = 'the token that opens merge requests, notes and issues';
  const rest = openRest(TOKEN, environment, { apiUrl: CI_API_V4_URL, purpose, userAgent: `zivver-gitops/${version}` });
  return new GitlabForge(rest, CI_PROJECT_ID, CI_PROJECT_URL.replace(/\/+$/, ''));
}

function openReviews(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): GitlabReviews {
  const { rest, project } = openProject(reviews, environment, given);
  return new GitlabReviews(rest, project);
}

function openSettings(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): GitlabSettings {
  const { rest, project } = openProject(reviews, environment, given);
  return new GitlabSettings(new RepositorySettings(rest, `/projects/${encodeURIComponent(project)}`));
}

function openProject(reviews: ReviewConfiguration, environment: NodeJS.ProcessEnv, given: ReaderSurroundings) {
  const remote = parseRemoteUrl(given.remoteUrl);
  const ofRemote = remote && `${remote.origin}/api/v4`;
  const apiUrl = reviews.apiUrl ?? environment['CI_API_V4_URL'] ?? ofRemote ?? refusePlace(reviews);
  const project = reviews.repository ?? environment['CI_PROJECT_ID'] ?? remote?.path ?? refusePlace(reviews);
  return { rest: openRest(TOKEN, environment, { ...given, apiUrl, purpose: REVIEWS_PURPOSE }), project };
}
