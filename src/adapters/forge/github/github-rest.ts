import { ReconcileError } from '../../../model/errors.ts';
import { requireSecret } from '../../secrets/environment.ts';

/** Where the pull requests and issues are. */
export interface GithubPlace {
  /** `owner/name` */
  readonly repository: string;
  readonly apiUrl: string;
  /** Of the web pages. */
  readonly serverUrl: string;
  /** Secret. */
  readonly token: string;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';

/** GitHub's REST API as far as pull requests and issues need it. Throws PIPELINE_GITHUB for every other answer than success. */
export class GithubRest {
  readonly place: GithubPlace;
  readonly #version: string;

  constructor(place: GithubPlace, version: string) {
    this.place = place;
    this.#version = version;
  }

  /** `path` below the repository, such as `/pulls`. */
  async send(method: Method, path: string, body?: object): Promise<unknown> {
    return this.#send(method, `/repos/${this.place.repository}${path}`, body);
  }

  /** `name <address>` that GitHub knows for the owner of the token: apply refuses commits of unknown authors. */
  async readAuthor(): Promise<{ readonly name: string; readonly address: string }> {
    const { id, login } = (await this.#send('GET', '/user')) as { id: number; login: string };
    return { name: login, address: `${id}+${login}@users.noreply.${new URL(this.place.serverUrl).hostname}` };
  }

  async #send(method: Method, path: string, body?: object): Promise<unknown> {
    const { fetch, EnvHttpProxyAgent } = await import('undici');
    const answer = await fetch(`${this.place.apiUrl}${path}`, {
      method,
      dispatcher: new EnvHttpProxyAgent({ keepAliveTimeout: 1 }),
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
      headers: this.#headers(),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw refused(
        `${method} ${path}`,
        'no answer came',
        'Check the network and HTTPS_PROXY, then run the job again.',
        cause,
      );
    });
    if (answer.ok) return answer.json();
    await answer.body?.cancel();
    throw refused(`${method} ${path}`, `status ${answer.status}`, remedyFor(answer.status));
  }

  /** A whole list; `path` without a query or with one. */
  async readAll(path: string): Promise<readonly Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = [];
    for (let page = 1; page <= 20; page += 1) {
      const list = await this.send('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      if (!Array.isArray(list)) throw refused(`GET ${path}`, 'the answer is not a list', 'Check GITHUB_API_URL.');
      all.push(...(list as Record<string, unknown>[]));
      if (list.length < 100) break;
    }
    return all;
  }

  #headers(): Record<string, string> {
    return {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${this.place.token}`,
      'content-type': 'application/json',
      'user-agent': `zivver-gitops/${this.#version}`,
      'x-github-api-version': '2022-11-28',
    };
  }
}

/** From the variables that GitHub sets in every workflow, and GITHUB_TOKEN. */
export function readGithubPlace(environment: NodeJS.ProcessEnv): GithubPlace {
  const { GITHUB_REPOSITORY, GITHUB_API_URL, GITHUB_SERVER_URL } = environment;
  if (GITHUB_REPOSITORY === undefined || !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY))
    throw new ReconcileError('CLI_USAGE', 'GITHUB_REPOSITORY does not name a repository', {
      remedy: 'Run this command in a GitHub workflow, or set GITHUB_REPOSITORY to owner/name.',
    });
  return {
    repository: GITHUB_REPOSITORY,
    apiUrl: (GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, ''),
    serverUrl: (GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, ''),
    token: requireSecret(environment, 'GITHUB_TOKEN', 'the token that opens pull requests, comments and issues'),
  };
}

function remedyFor(status: number): string {
  if (status === 401) return 'Set GITHUB_TOKEN to a token that has not expired.';
  if (status === 403 || status === 404)
    return 'Give the token write access to contents and pull requests (issues for drift) of this repository.';
  if (status === 422) return 'Look in the repository for a branch or pull request that is in the way.';
  return 'Run the job again; if it stays so, look at GitHub’s status page.';
}

function refused(where: string, what: string, remedy: string, cause?: unknown): ReconcileError {
  return new ReconcileError('PIPELINE_GITHUB', 'GitHub did not do what was asked', {
    remedy,
    problems: [{ where, what }],
    cause,
  });
}
