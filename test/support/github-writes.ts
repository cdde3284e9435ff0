/** As much of GitHub's REST API as the pipelines use, in memory, on loopback. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Pull {
  readonly number: number;
  readonly head: { readonly ref: string; readonly repo: { readonly full_name: string } };
  readonly base: { readonly ref: string };
  title: string;
  body: string;
  state: string;
  merged_at: string | null;
}

interface Comment {
  readonly id: number;
  readonly issue_url: string;
  readonly user: { readonly type: string };
  body: string;
}

interface Issue {
  readonly number: number;
  readonly user: { readonly type: string };
  title: string;
  body: string;
  state: string;
  labels: { name: string }[];
}

export interface GithubStub {
  readonly apiUrl: string;
  readonly pulls: Pull[];
  readonly comments: Comment[];
  readonly issues: Issue[];
  /** `POST /pulls`, without the repository; everything but GET. */
  readonly writes: string[];
  readonly tokens: Set<string>;
  close(): Promise<void>;
}

export const REPOSITORY = 'city/zivver-accounts';

export async function startGithubStub(): Promise<GithubStub> {
  const stub = {
    pulls: [] as Pull[],
    comments: [] as Comment[],
    issues: [] as Issue[],
    writes: [] as string[],
    tokens: new Set<string>(),
  };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const [, path = ''] = (request.url ?? '').split(`/repos/${REPOSITORY}`);
      const method = request.method ?? '';
      stub.tokens.add(request.headers.authorization ?? '');
      if (method !== 'GET') stub.writes.push(`${method} ${path}`);
      const isUser = request.url === '/user';
      const user = { id: 77, login: 'zivver-bot' };
      const answer = isUser ? user : answerTo(stub, `${method} ${path.split('?')[0]}`, body);
      const success = method === 'POST' ? 201 : 200;
      response.writeHead(answer === undefined ? 404 : success, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: 'Not Found' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...stub, apiUrl: `http://127.0.0.1:${port}`, close };
}

type Stub = Pick<GithubStub, 'pulls' | 'comments' | 'issues'>;
type Body = Record<string, string & string[]>;

function answerTo(stub: Stub, call: string, body: Body): unknown {
  const number = Number(/\/(\d+)/.exec(call)?.[1]);
  const pattern = call.replace(/\/[0-9a-f]{40}/, '/SHA').replace(/\/\d+/, '/N');
  const issue = findIssue(stub, number);
  const pull = stub.pulls.find((one) => one.number === number);
  switch (pattern) {
    case 'GET /pulls':
      return stub.pulls.filter(({ state }) => state === 'open');
    case 'POST /pulls':
      return openPull(stub, body);
    case 'PATCH /pulls/N':
      return pull && Object.assign(pull, body);
    case 'GET /commits/SHA/pulls':
      return stub.pulls.filter(({ merged_at }) => merged_at !== null);
    case 'GET /issues':
      return stub.issues.filter(
        ({ state, labels }) => state === 'open' && labels.some(({ name }) => name === 'zivver-gitops'),
      );
    case 'POST /issues': {
      const labels = (body['labels'] ?? []).map((name) => ({ name }));
      return add(stub.issues, { ...openIssue(stub), title: body['title'] ?? '', body: body['body'] ?? '', labels });
    }
    case 'GET /issues/N':
      return issue;
    case 'PATCH /issues/N':
      return issue && Object.assign(issue, body);
    case 'PUT /issues/N/labels':
      return issue && Object.assign(issue, { labels: (body['labels'] ?? []).map((name) => ({ name })) }).labels;
    case 'GET /issues/N/comments':
      return stub.comments.filter((comment) => comment.issue_url === urlOf(number));
    case 'POST /issues/N/comments':
      return add(stub.comments, {
        id: stub.comments.length + 1,
        issue_url: urlOf(number),
        user: { type: 'Bot' },
        body: body['body'] ?? '',
      });
    case 'PATCH /issues/comments/N':
      return Object.assign(stub.comments.find(({ id }) => id === number) ?? {}, body);
    default:
      return undefined;
  }
}

function urlOf(issue: number): string {
  return `https://api.github.com/repos/${REPOSITORY}/issues/${issue}`;
}

/** A pull request is an issue too. */
function openPull(stub: Stub, body: Body): Pull {
  const issue = add(stub.issues, openIssue(stub));
  return add(stub.pulls, {
    number: issue.number,
    head: { ref: body['head'] ?? '', repo: { full_name: REPOSITORY } },
    base: { ref: body['base'] ?? '' },
    title: body['title'] ?? '',
    body: body['body'] ?? '',
    state: 'open',
    merged_at: null,
  });
}

function openIssue({ issues }: Stub): Issue {
  return { number: issues.length + 1, user: { type: 'Bot' }, title: '', body: '', state: 'open', labels: [] };
}

function findIssue({ issues }: Stub, number: number): Issue | undefined {
  return issues.find((one) => one.number === number);
}

function add<Element>(list: Element[], element: Element): Element {
  list.push(element);
  return element;
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body);
}
