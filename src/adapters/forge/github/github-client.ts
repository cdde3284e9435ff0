import type { Dispatcher } from 'undici';
import { isLoopbackUrl } from '../../../model/configuration/configuration.ts';
import { findSchemaFaults } from '../../../model/schema/validate.ts';
import type {
  PullRequest,
  PullRequestCommit,
  PullRequestSummary,
  RepositoryPermission,
  Review,
} from '../../../model/schema/generated/github.ts';
import { explainFailure, explainStatus } from './github-problems.ts';
import { notApproved } from '../../../operations/approval/not-approved.ts';

interface WireTypes {
  PullRequestSummary: PullRequestSummary;
  PullRequest: PullRequest;
  Review: Review;
  PullRequestCommit: PullRequestCommit;
  RepositoryPermission: RepositoryPermission;
}

export interface GithubClientOptions {
  /** Base of the REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** Secret. Printable ASCII. */
  readonly token: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** For connecting, for the head of the answer, and between two pieces of it. Default 20,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const PAGE_SIZE = 100;
/** 250 commits and some hundred reviews are the most a pull request has. */
const MAX_PAGES = 50;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Reads GitHub's REST API: GET only, no redirects, each request once. Whatever is not a whole, valid answer with
 * status 200 is APPROVAL_MISSING (30).
 */
export class GithubClient {
  readonly #options: GithubClientOptions;
  #dispatcher: Dispatcher | undefined;

  constructor(options: GithubClientOptions) {
    this.#options = options;
  }

  /** One resource; `path` begins with a slash. */
  async read<Name extends keyof WireTypes>(path: string, name: Name): Promise<WireTypes[Name]> {
    const { data } = await this.#readJson(path);
    return verifyWire(path, name, data);
  }

  /** One resource of any shape, whatever the status; null = its answer is not JSON. */
  async look(path: string): Promise<{ readonly status: number; readonly data: unknown }> {
    const { status, body } = await this.#send(path).catch((error: unknown) => {
      throw explainFailure(path, error);
    });
    try {
      return { status, data: parseJson(path, body) };
    } catch (error) {
      if (status === 200) throw error;
      return { status, data: null };
    }
  }

  /** A whole list, page by page. A full page without a `next` link is not believed to be the last one. */
  async readPages<Name extends keyof WireTypes>(path: string, name: Name): Promise<WireTypes[Name][]> {
    const all: WireTypes[Name][] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { data, link } = await this.#readJson(`${path}?per_page=${PAGE_SIZE}&page=${page}`);
      if (!Array.isArray(data)) throw unusable(path, 'is not a list');
      all.push(...data.map((element) => verifyWire(path, name, element)));
      if (data.length < PAGE_SIZE && !/;\s*rel="?next"?/.test(link)) return all;
    }
    throw unusable(path, `has more than ${MAX_PAGES} pages`);
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }

  async #readJson(path: string): Promise<{ data: unknown; link: string }> {
    const { status, headers, body } = await this.#send(path).catch((error: unknown) => {
      throw explainFailure(path, error);
    });
    if (status !== 200) throw explainStatus(path, status, headers);
    if (!/^application\/(json|vnd\.github[\w.+-]*json)\b/.test(headers.get('content-type') ?? ''))
      throw unusable(path, 'is not JSON: something between here and GitHub answered');
    return { data: parseJson(path, body), link: headers.get('link') ?? '' };
  }

  async #send(path: string): Promise<{ status: number; headers: Headers; body: Buffer }> {
    const { apiUrl, token, userAgent, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const { request } = await import('undici');
    this.#dispatcher ??= await createDispatcher(apiUrl, timeoutMs);
    const answer = await request(`${apiUrl}${path}`, {
      dispatcher: this.#dispatcher,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(3 * timeoutMs),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': userAgent,
        'x-github-api-version': '2022-11-28',
      },
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    return { status: answer.statusCode, headers, body: Buffer.concat(chunks) };
  }
}

/** HTTPS_PROXY and NO_PROXY of the environment are obeyed, except for this computer itself. */
async function createDispatcher(apiUrl: string, timeoutMs: number): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const options = { connect: { timeout: timeoutMs } };
  return isLoopbackUrl(apiUrl) ? new Agent(options) : new EnvHttpProxyAgent(options);
}

function parseJson(path: string, body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw unusable(path, 'is not whole, well-formed JSON', cause);
  }
}

function verifyWire<Name extends keyof WireTypes>(path: string, name: Name, data: unknown): WireTypes[Name] {
  const [fault] = findSchemaFaults('github', data, name);
  if (fault === undefined) return data as WireTypes[Name];
  throw unusable(path, `is not a ${name}: ${`${fault.pointer} ${fault.what}`.trim()}`);
}

function unusable(path: string, what: string, cause?: unknown): Error {
  return notApproved('GitHub’s answer cannot be used', {
    remedy: 'Check approval.github.apiUrl and try again; nothing is applied while approval cannot be proven.',
    problems: [{ where: `GET ${path}`, what }],
    cause,
  });
}
