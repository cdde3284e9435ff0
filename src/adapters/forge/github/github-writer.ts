import { ReconcileError } from '../../../model/errors.ts';
import { describeFault, GithubFailure, type GithubFault } from './github-failure.ts';
import { GithubHttp, unusable, type GithubRequest } from './github-http.ts';
import type { GithubPlace } from './github-place.ts';
import { readAllPages } from './github-reader.ts';

type WriteMethod = 'POST' | 'PATCH' | 'PUT';

/**
 * Pull requests, comments and issues for the pipelines. Throws PIPELINE_GITHUB for whatever is not a whole, valid answer of
 * success. Approval never uses it: it asks by the reader, which cannot write.
 */
export class GithubWriter {
  readonly place: GithubPlace;
  readonly #http: GithubHttp;

  /** Throws CONFIGURATION_INVALID or CONFIGURATION_SECRET_MISSING before anything is sent. */
  constructor(place: GithubPlace, version: string) {
    this.place = place;
    this.#http = new GithubHttp({
      apiUrl: place.apiUrl,
      token: place.token,
      userAgent: `zivver-gitops/${version}`,
      timeoutMs: 60_000,
    });
  }

  /** One resource; `path` below the repository, such as `/issues/7`. */
  async read(path: string): Promise<Readonly<Record<string, unknown>>> {
    return this.#ask({ method: 'GET', path: this.#below(path) });
  }

  /** A whole list; `path` without a query or with one. */
  async readAll(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const whole = this.#below(path);
    const all = await this.#explain(() => readAllPages(this.#http, whole));
    return all.map((element) => verifyRecord({ method: 'GET', path: whole }, element, 'is a list of something else'));
  }

  /** Makes or changes something. */
  async send(method: WriteMethod, path: string, body: object): Promise<void> {
    await this.#explain(() => this.#http.readJson({ method, path: this.#below(path), body }));
  }

  /** Makes something that GitHub gives a number: this number. */
  async make(path: string, body: object): Promise<number> {
    const request = { method: 'POST', path: this.#below(path), body } as const;
    const { number } = await this.#ask(request);
    if (Number.isSafeInteger(number) && Number(number) > 0) return Number(number);
    throw refuse(unusable(request, 'does not tell the number of what was made'));
  }

  /** `name <address>` that GitHub knows for the owner of the token: apply refuses commits of unknown authors. */
  async readAuthor(): Promise<{ readonly name: string; readonly address: string }> {
    const request = { method: 'GET', path: '/user' } as const;
    const { id, login } = await this.#ask(request);
    const isPerson = Number.isSafeInteger(id) && typeof login === 'string' && /^[\w.-]+(\[bot\])?$/.test(login);
    if (!isPerson) throw refuse(unusable(request, 'does not tell whose the token is'));
    const host = new URL(this.place.serverUrl).hostname;
    return { name: login, address: `${Number(id)}+${login}@users.noreply.${host}` };
  }

  async #ask(request: GithubRequest): Promise<Readonly<Record<string, unknown>>> {
    const { data } = await this.#explain(() => this.#http.readJson(request));
    return verifyRecord(request, data, 'is not one thing');
  }

  async #explain<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw error instanceof GithubFailure ? refuse(error) : error;
    }
  }

  #below(path: string): string {
    return `/repos/${this.place.repository}${path}`;
  }
}

function verifyRecord(request: GithubRequest, data: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw refuse(unusable(request, otherwise));
}

function refuse(failure: GithubFailure): ReconcileError {
  return new ReconcileError('PIPELINE_GITHUB', 'GitHub did not do what was asked', {
    remedy: remedyFor(failure.fault),
    problems: [{ where: failure.where, what: describeFault(failure.fault) }],
    cause: failure,
  });
}

function remedyFor(fault: GithubFault): string {
  if (fault.kind === 'no-answer') return 'Check the network and HTTPS_PROXY, then run the job again.';
  if (fault.kind === 'unusable') return 'Check GITHUB_API_URL and what stands between here and GitHub.';
  const { status } = fault;
  if (status === 401) return 'Set GITHUB_TOKEN to a token that has not expired.';
  if (status === 403 || status === 404)
    return 'Give the token write access to contents and pull requests (issues for drift) of this repository.';
  if (status === 422) return 'Look in the repository for a branch or pull request that is in the way.';
  return 'Run the job again; if it stays so, look at GitHub’s status page.';
}
