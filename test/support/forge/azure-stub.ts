/**
 * As much of Azure DevOps' REST API 7.1 as the pipelines use. Its rows have the field names of azure-devops-node-api, whose
 * enumerations are words on the wire.
 */
import type {
  Comment,
  GitPullRequest,
  GitPullRequestCommentThread,
} from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import {
  ForgeMemory,
  ME,
  serveForge,
  type Answer,
  type Call,
  type ForgeStub,
  type StoredComment,
  type StoredPull,
} from './forge-memory.ts';

type WordsOf<Type, Names extends keyof Type> = { readonly [Name in Names]: unknown };

export const PROJECT = 'City hospital';
export const REPOSITORY = '1b2c3d4e-0000-4000-8000-000000000001';
const STATES = { open: 'active', closed: 'abandoned', merged: 'completed' } as const;

export function startAzureStub(): Promise<ForgeStub> {
  const memory = new ForgeMemory();
  const isRead = ({ method, path }: Call): boolean => method === 'GET' || /\/(wiql|pullrequestquery)$/.test(path);
  return serveForge(memory, 'authorization', (call) => answer(memory, call), isRead);
}

function answer(memory: ForgeMemory, call: Call): Answer {
  const { path, query } = call;
  if (path === '/_apis/connectionData')
    return { body: { authenticatedUser: { id: String(ME), providerDisplayName: 'City hospital Build Service' } } };
  if (query.get('api-version') !== '7.1') return { status: 400, body: {} };
  const git = `/${PROJECT}/_apis/git/repositories/${REPOSITORY}`;
  if (path.startsWith(git)) return answerGit(memory, call, path.slice(git.length).split('/').slice(1));
  const wit = `/${PROJECT}/_apis/wit`;
  return path.startsWith(wit) ? answerWork(memory, call, path.slice(wit.length).split('/').slice(1)) : undefined;
}

function answerGit(memory: ForgeMemory, call: Call, [kind = '', one, part, two, , four]: readonly string[]): Answer {
  const { method, body, query } = call;
  if (kind === 'pullrequestquery') return { body: findByCommit(memory, body) };
  if (kind.toLowerCase() !== 'pullrequests') return undefined;
  if (one === undefined && method === 'GET') {
    const base = query.get('searchCriteria.targetRefName')?.replace('refs/heads/', '');
    const open = memory.pulls.filter((pull) => pull.state === 'open' && pull.base === base);
    const skip = Number(query.get('$skip'));
    return { body: { value: open.slice(skip, skip + Number(query.get('$top'))).map(rowOf) } };
  }
  if (one === undefined) return openPull(memory, body);
  const pull = memory.pull(Number(one));
  if (part === 'threads') return answerThreads(memory, call, pull, two, four);
  if (part === 'labels') return answerLabels(call, pull, two);
  if (tooLong(body)) return { status: 400, body: {} };
  if (typeof body['title'] === 'string') pull.title = body['title'];
  if (typeof body['description'] === 'string') pull.body = body['description'];
  if (body['status'] === 'abandoned') pull.state = 'closed';
  return { body: rowOf(pull) };
}

function openPull(memory: ForgeMemory, body: Call['body']): Answer {
  if (tooLong(body)) return { status: 400, body: {} };
  const { sourceRefName = '', targetRefName = '', title = '', description = '' } = body as Record<string, string>;
  const name = (ref: string): string => ref.replace('refs/heads/', '');
  const pull = memory.addPull({ branch: name(sourceRefName), base: name(targetRefName), title, body: description });
  return { status: 201, body: rowOf(pull) };
}

function tooLong({ description }: Call['body']): boolean {
  return typeof description === 'string' && description.length > 4000;
}

function findByCommit(memory: ForgeMemory, body: Call['body']): unknown {
  const [{ items, type }] = body['queries'] as [{ items: readonly string[]; type: string }];
  const [commit = ''] = items;
  const found = type === 'lastMergeCommit' ? memory.pulls.filter(({ mergeCommit }) => mergeCommit === commit) : [];
  return { results: found.length === 0 ? [{}] : [{ [commit]: found.map(rowOf) }] };
}

function answerThreads(
  memory: ForgeMemory,
  call: Call,
  pull: StoredPull,
  thread: string | undefined,
  id: string | undefined,
): Answer {
  const { method, body } = call;
  if (method === 'GET') return { body: { value: pull.comments.map(threadOf) } };
  if (method === 'POST') {
    const [{ content }] = body['comments'] as [{ content: string }];
    return body['status'] === 'closed' ? { body: threadOf(memory.addComment(pull, ME, content)) } : undefined;
  }
  const comment = pull.comments.find((one) => String(one.id) === thread && id === '1');
  if (comment === undefined) return undefined;
  comment.body = String(body['content']);
  return { body: {} };
}

function answerLabels({ method, body }: Call, pull: StoredPull, name: string | undefined): Answer {
  if (method === 'POST') pull.labels.push(String(body['name']));
  if (method === 'DELETE') pull.labels = pull.labels.filter((one) => one !== name);
  return { body: method === 'DELETE' ? null : { value: pull.labels.map((one) => ({ name: one, active: true })) } };
}

function answerWork(memory: ForgeMemory, call: Call, [kind, one, part]: readonly string[]): Answer {
  const { method, body } = call;
  if (kind === 'workitemtypes' && part === 'states')
    return {
      body: {
        value: [
          { name: 'To Do', category: 'Proposed' },
          { name: 'Closed', category: 'Completed' },
        ],
      },
    };
  if (kind === 'wiql') {
    const [, tag = ''] = /\[System\.Tags\] CONTAINS '([^']*)'/.exec(String(body['query'])) ?? [];
    const isOpen = String(body['query']).includes("[System.State] NOT IN ('Closed')");
    const found = memory.alarms.filter((alarm) => isOpen && alarm.isOpen && alarm.labels.includes(tag));
    return { body: { workItems: found.map(({ number }) => ({ id: number })) } };
  }
  const changes = Object.values(body) as { path: string; value: string }[];
  const valueOf = (field: string): string | undefined => changes.find(({ path }) => path === `/fields/${field}`)?.value;
  const alarm =
    method === 'POST' && one === '$Task'
      ? memory.addAlarm(ME, '', '', (valueOf('System.Tags') ?? '').split('; '))
      : memory.alarm(Number(one));
  alarm.title = valueOf('System.Title') ?? alarm.title;
  alarm.body = valueOf('System.Description') ?? alarm.body;
  if (valueOf('System.State') === 'Closed') alarm.isOpen = false;
  const told = valueOf('System.History');
  if (told !== undefined) alarm.comments.push(told);
  return { body: { id: alarm.number } };
}

type Row = WordsOf<
  GitPullRequest,
  'pullRequestId' | 'title' | 'description' | 'status' | 'sourceRefName' | 'targetRefName'
> &
  Partial<WordsOf<GitPullRequest, 'forkSource'>>;

function rowOf({ number, title, body, state, branch, base, isFork }: StoredPull): Row {
  return {
    pullRequestId: number,
    title,
    description: body,
    status: STATES[state],
    sourceRefName: `refs/heads/${branch}`,
    targetRefName: `refs/heads/${base}`,
    ...(isFork ? { forkSource: { name: 'refs/heads/x' } } : {}),
  };
}

function threadOf({ id, body, author }: StoredComment): WordsOf<GitPullRequestCommentThread, 'id' | 'comments'> {
  const comment: WordsOf<Comment, 'id' | 'content' | 'author' | 'commentType'> = {
    id: 1,
    content: body,
    author: { id: String(author) },
    commentType: 'text',
  };
  return { id, comments: [comment] };
}
