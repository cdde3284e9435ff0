import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { buildCommit, buildPullRequest, buildReview } from './github-shapes.ts';
import { REPOSITORY } from './github-shapes.ts';
import { close, listen } from './loopback-server.ts';

export interface StubbedPullRequest {
  pullRequest: ReturnType<typeof buildPullRequest>;
  reviews: ReturnType<typeof buildReview>[];
  commits: ReturnType<typeof buildCommit>[];
}

/** Sends something else than the answer, or nothing at all; true = done. */
export type StubFault = (response: ServerResponse, request: { url: string; body: string }) => boolean;

export interface GithubStub {
  readonly url: string;
  readonly requests: { method: string; url: string; authorization: string | undefined; agent: string | undefined }[];
  pullRequests: StubbedPullRequest[];
  /** Commit → numbers; commits that are not named belong to all pull requests. */
  pullsOf: Map<string, number[]>;
  /** Login → permission; `write` for everybody else. */
  permissions: Map<string, string>;
  /** Path below the repository, without the query → settings; anything but an object with `status` is sent with 200. */
  settings: Map<string, unknown>;
  /** GitHub gives no more than 100 a page. */
  pageSize: number;
  hasLinks: boolean;
  fault: StubFault;
  close(): Promise<void>;
}

/** The few resources of GitHub's REST API that approval reads. */
export async function startGithubStub(pullRequests: StubbedPullRequest[] = []): Promise<GithubStub> {
  const requests: GithubStub['requests'] = [];
  const server = createServer((request, response) => answer(stub, request, response));
  const port = await listen(server);
  const stub: GithubStub = {
    url: `http://127.0.0.1:${port}/api/v3`,
    requests,
    pullRequests,
    pullsOf: new Map(),
    permissions: new Map(),
    settings: new Map(),
    pageSize: 100,
    hasLinks: true,
    fault: () => false,
    close: () => close(server),
  };
  return stub;
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3',
    ...headers,
  });
  response.end(body);
}

function answer(stub: GithubStub, request: IncomingMessage, response: ServerResponse): void {
  const { method = '', url = '', headers } = request;
  stub.requests.push({ method, url, authorization: headers.authorization, agent: headers['user-agent'] });
  const { pathname, searchParams } = new URL(url, stub.url);
  const found = method === 'GET' ? findResource(stub, pathname.replace(`/api/v3/repos/${REPOSITORY}`, '')) : undefined;
  const setting = stub.settings.get(pathname.replace(`/api/v3/repos/${REPOSITORY}`, ''));
  if (method === 'GET' && setting !== undefined) {
    const { status = 200, ...rest } = (Array.isArray(setting) ? {} : setting) as { status?: number };
    return sendJson(response, status, JSON.stringify(Array.isArray(setting) ? setting : rest));
  }
  const size = Math.min(Number(searchParams.get('per_page') ?? 30), stub.pageSize);
  const page = Number(searchParams.get('page') ?? 1);
  const shown = Array.isArray(found) ? found.slice((page - 1) * size, page * size) : found;
  const body = JSON.stringify(shown ?? { message: 'Not Found', status: '404' });
  if (stub.fault(response, { url, body })) return;
  const hasMore = Array.isArray(found) && found.length > page * size;
  // GitHub links to the number of the repository, not to its name.
  const next = `<${new URL(stub.url).origin}/api/v3/repositories/811204/x?per_page=${size}&page=${page + 1}>; rel="next"`;
  sendJson(response, shown === undefined ? 404 : 200, body, hasMore && stub.hasLinks ? { link: next } : {});
}

function findResource(stub: GithubStub, path: string): unknown {
  const commit = /^\/commits\/([0-9a-f]{40})\/pulls$/.exec(path)?.[1];
  if (commit !== undefined) {
    const numbers = stub.pullsOf.get(commit) ?? stub.pullRequests.map(({ pullRequest }) => pullRequest.number);
    return stub.pullRequests
      .map(({ pullRequest }) => summarise(pullRequest))
      .filter(({ number }) => numbers.includes(number));
  }
  if (path === '/pulls') return stub.pullRequests.map(({ pullRequest }) => summarise(pullRequest));
  const login = /^\/collaborators\/([^/]+)\/permission$/.exec(path)?.[1];
  if (login !== undefined) {
    const permission = stub.permissions.get(login) ?? 'write';
    return { permission, role_name: permission, user: { login } };
  }
  const [, number, list] = /^\/pulls\/(\d+)(?:\/(reviews|commits))?$/.exec(path) ?? [];
  const found = stub.pullRequests.find(({ pullRequest }) => pullRequest.number === Number(number));
  return list === undefined ? found?.pullRequest : found?.[list as 'reviews' | 'commits'];
}

const OF_THE_RESOURCE_ONLY = new Set([
  ...['merged', 'mergeable', 'merged_by', 'comments', 'review_comments'],
  ...['commits', 'additions', 'deletions', 'changed_files'],
]);

/** A list has less of a pull request than the resource itself. */
function summarise(pullRequest: StubbedPullRequest['pullRequest']): { readonly number: number } {
  const fields = Object.entries(pullRequest).filter(([name]) => !OF_THE_RESOURCE_ONLY.has(name));
  return { ...Object.fromEntries(fields), number: pullRequest.number };
}
