import { findSchemaFaults } from '../../../model/schema/validate.ts';
import type {
  PullRequest,
  PullRequestCommit,
  PullRequestSummary,
  RepositoryPermission,
  Review,
} from '../../../model/schema/generated/github.ts';
import type { GithubAccess } from './github-access.ts';
import { GithubHttp, parseJson, unusable } from './github-http.ts';

interface WireTypes {
  PullRequestSummary: PullRequestSummary;
  PullRequest: PullRequest;
  Review: Review;
  PullRequestCommit: PullRequestCommit;
  RepositoryPermission: RepositoryPermission;
}

const PAGE_SIZE = 100;
/** 250 commits and some hundred reviews are the most a pull request has. */
const MAX_PAGES = 50;

/** Reads GitHub's REST API: GET only. Throws GithubFailure for whatever is not a whole, valid answer with status 200. */
export class GithubReader {
  readonly #http: GithubHttp;

  constructor(access: GithubAccess) {
    this.#http = new GithubHttp(access);
  }

  /** One resource; `path` begins with a slash. */
  async read<Name extends keyof WireTypes>(path: string, name: Name): Promise<WireTypes[Name]> {
    const { data } = await this.#http.readJson({ method: 'GET', path });
    return verifyWire(path, name, data);
  }

  /** One resource of any shape, whatever the status; null = its answer is not JSON. */
  async look(path: string): Promise<{ readonly status: number; readonly data: unknown }> {
    const request = { method: 'GET', path } as const;
    const answer = await this.#http.send(request);
    const { status } = answer;
    try {
      return { status, data: parseJson(request, answer) };
    } catch (error) {
      if (status === 200) throw error;
      return { status, data: null };
    }
  }

  /** A whole list, page by page. */
  async readPages<Name extends keyof WireTypes>(path: string, name: Name): Promise<WireTypes[Name][]> {
    return (await readAllPages(this.#http, path)).map((element) => verifyWire(path, name, element));
  }

  async close(): Promise<void> {
    await this.#http.close();
  }
}

/** A full page without a `next` link is not believed to be the last one. */
export async function readAllPages(http: GithubHttp, path: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = `${path.includes('?') ? '&' : '?'}per_page=${PAGE_SIZE}&page=${page}`;
    const { data, link } = await http.readJson({ method: 'GET', path: `${path}${query}` });
    if (!Array.isArray(data)) throw unusable({ method: 'GET', path }, 'is not a list');
    all.push(...(data as unknown[]));
    if (data.length < PAGE_SIZE && !/;\s*rel="?next"?/.test(link)) return all;
  }
  throw unusable({ method: 'GET', path }, `has more than ${MAX_PAGES} pages`);
}

function verifyWire<Name extends keyof WireTypes>(path: string, name: Name, data: unknown): WireTypes[Name] {
  const [fault] = findSchemaFaults('github', data, name);
  if (fault === undefined) return data as WireTypes[Name];
  throw unusable({ method: 'GET', path }, `is not a ${name}: ${`${fault.pointer} ${fault.what}`.trim()}`);
}
