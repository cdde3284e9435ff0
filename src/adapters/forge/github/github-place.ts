import { ReconcileError } from '../../../model/errors.ts';
import { requireSecret } from '../../secrets/environment.ts';
import { isRepositoryName } from './github-access.ts';

/** Where the pull requests and issues of a pipeline are. */
export interface GithubPlace {
  /** `owner/name` */
  readonly repository: string;
  readonly apiUrl: string;
  /** Of the web pages. */
  readonly serverUrl: string;
  /** Secret. */
  readonly token: string;
}

/** From the variables that GitHub sets in every workflow, and GITHUB_TOKEN. */
export function readGithubPlace(environment: NodeJS.ProcessEnv): GithubPlace {
  const { GITHUB_REPOSITORY = '', GITHUB_API_URL, GITHUB_SERVER_URL } = environment;
  if (!isRepositoryName(GITHUB_REPOSITORY))
    throw new ReconcileError('CLI_USAGE', 'GITHUB_REPOSITORY does not name a repository', {
      remedy: 'Run this command in a GitHub workflow, or set GITHUB_REPOSITORY to owner/name.',
    });
  return {
    repository: GITHUB_REPOSITORY,
    apiUrl: (GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, ''),
    serverUrl: verifyServer((GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, '')),
    token: requireSecret(environment, 'GITHUB_TOKEN', 'the token that opens pull requests, comments and issues'),
  };
}

/** Only shown, as a link, and the host of e-mail addresses. */
function verifyServer(serverUrl: string): string {
  if (URL.canParse(serverUrl) && /^https?:\/\/[^\s()<>[\]]+$/.test(serverUrl)) return serverUrl;
  throw new ReconcileError('CLI_USAGE', 'GITHUB_SERVER_URL is not the address of a web page', {
    remedy: 'Set GITHUB_SERVER_URL to a URL such as https://github.com.',
  });
}
