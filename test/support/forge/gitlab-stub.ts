/** As much of GitLab's REST API v4 as the pipelines use. Its rows have the types of @gitbeaker/core. */
import type { IssueSchema, MergeRequestNoteSchema, MergeRequestSchema } from '@gitbeaker/core';
import {
  ForgeMemory,
  ME,
  pageOf,
  serveForge,
  type Answer,
  type Call,
  type ForgeStub,
  type StoredAlarm,
  type StoredComment,
  type StoredPull,
} from './forge-memory.ts';

type Row = Pick<
  MergeRequestSchema,
  | 'iid'
  | 'title'
  | 'description'
  | 'state'
  | 'source_branch'
  | 'target_branch'
  | 'source_project_id'
  | 'target_project_id'
  | 'labels'
>;
type Note = Pick<MergeRequestNoteSchema, 'id' | 'body' | 'system'> & { readonly author: { readonly id: number } };
type Issue = Pick<IssueSchema, 'iid' | 'title' | 'description' | 'state'> & {
  readonly author: { readonly id: number };
};

const STATES = { open: 'opened', closed: 'closed', merged: 'merged' } as const;
export const PROJECT = 42;

export function startGitlabStub(): Promise<ForgeStub> {
  const memory = new ForgeMemory();
  return serveForge(memory, 'private-token', (call) => answer(memory, call));
}

function answer(memory: ForgeMemory, call: Call): Answer {
  const { method, path, query, body } = call;
  if (path === '/api/v4/user') return { body: { id: ME, name: 'Zivver plans', username: 'project_42_bot' } };
  const rest = path.replace(`/api/v4/projects/${PROJECT}`, '');
  const [, kind = '', one, part, two] = rest.split('/');
  const number = Number(one);
  if (kind === 'repository')
    return { body: pageOf(memory.pulls.filter(({ mergeCommit }) => mergeCommit === part).map(rowOf), call, 100) };
  if (kind === 'merge_requests' && one === undefined) {
    if (method === 'POST')
      return {
        status: 201,
        body: rowOf(
          memory.addPull({
            branch: String(body['source_branch']),
            base: String(body['target_branch']),
            title: String(body['title']),
            body: String(body['description']),
          }),
        ),
      };
    const base = query.get('target_branch');
    const open = memory.pulls.filter((pull) => pull.state === 'open' && pull.base === base);
    return query.get('state') === 'opened' ? { body: pageOf(open.map(rowOf), call, 100) } : undefined;
  }
  if (kind === 'merge_requests' && part === 'notes') return answerNotes(memory, call, number, two);
  if (kind === 'merge_requests') {
    const pull = memory.pull(number);
    if (method === 'PUT') change(pull, body);
    return { body: rowOf(pull) };
  }
  return kind === 'issues' ? answerIssues(memory, call, number, part) : undefined;
}

function answerNotes(memory: ForgeMemory, call: Call, number: number, id: string | undefined): Answer {
  const pull = memory.pull(number);
  const text = String(call.body['body']);
  if (call.method === 'POST') return { status: 201, body: noteOf(memory.addComment(pull, ME, text)) };
  if (call.method === 'GET') return { body: pageOf(pull.comments.map(noteOf), call, 100) };
  const comment = pull.comments.find((one) => one.id === Number(id));
  if (comment === undefined) return undefined;
  comment.body = text;
  return { body: noteOf(comment) };
}

function answerIssues(memory: ForgeMemory, call: Call, number: number, part: string | undefined): Answer {
  const { method, body, query } = call;
  const labels = (typeof body['labels'] === 'string' ? body['labels'] : '').split(',');
  if (Number.isNaN(number) && method === 'POST')
    return {
      status: 201,
      body: issueOf(memory.addAlarm(ME, String(body['title']), String(body['description']), labels)),
    };
  if (Number.isNaN(number)) {
    const wanted = query.get('labels') ?? '';
    return {
      body: pageOf(memory.alarms.filter((one) => one.isOpen && one.labels.includes(wanted)).map(issueOf), call, 100),
    };
  }
  const alarm = memory.alarm(number);
  if (part === 'notes') {
    alarm.comments.push(String(body['body']));
    return { status: 201, body: {} };
  }
  if (typeof body['title'] === 'string') alarm.title = body['title'];
  if (typeof body['description'] === 'string') alarm.body = body['description'];
  if (body['state_event'] === 'close') alarm.isOpen = false;
  return { body: issueOf(alarm) };
}

function change(pull: StoredPull, body: Call['body']): void {
  if (typeof body['title'] === 'string') pull.title = body['title'];
  if (typeof body['description'] === 'string') pull.body = body['description'];
  if (typeof body['labels'] === 'string') pull.labels = body['labels'].split(',').filter((name) => name !== '');
  if (body['state_event'] === 'close') pull.state = 'closed';
}

function rowOf({ number, title, body, state, branch, base, isFork, labels }: StoredPull): Row {
  return {
    iid: number,
    title,
    description: body,
    state: STATES[state],
    source_branch: branch,
    target_branch: base,
    source_project_id: isFork ? 99 : PROJECT,
    target_project_id: PROJECT,
    labels: [...labels],
  };
}

function noteOf({ id, body, author }: StoredComment): Note {
  return { id, body, system: false, author: { id: author } };
}

function issueOf({ number, title, body, isOpen, author }: StoredAlarm): Issue {
  return { iid: number, title, description: body, state: isOpen ? 'opened' : 'closed', author: { id: author } };
}
