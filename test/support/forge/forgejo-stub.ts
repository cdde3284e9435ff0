/** As much of the API v1 of Forgejo and Gitea as the pipelines use. Its rows have the types of gitea-js. */
import type { Comment, Issue, Label, PullRequest } from 'gitea-js';
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

export const REPOSITORY = 'city/zivver-accounts';
/** Less than is asked for, as an administrator may set it. */
const MOST = 20;

export function startForgejoStub(): Promise<ForgeStub> {
  const memory = new ForgeMemory();
  return serveForge(memory, 'authorization', (call) => answer(memory, call));
}

function answer(memory: ForgeMemory, call: Call): Answer {
  const { method, path, body } = call;
  if (path === '/api/v1/user') return { body: { id: ME, login: 'zivver-bot', email: '' } };
  const rest = path.replace(`/api/v1/repos/${REPOSITORY}`, '');
  const [, kind = '', one, part] = rest.split('/');
  if (kind === 'commits') {
    const pull = memory.pulls.find(({ mergeCommit }) => mergeCommit === one);
    return pull && { body: rowOf(pull) };
  }
  if (kind === 'labels') return answerLabels(memory, call);
  if (kind === 'pulls' && one === undefined) {
    if (method === 'GET')
      return { body: pageOf(memory.pulls.filter(({ state }) => state === 'open').map(rowOf), call, MOST) };
    const { head, base, title, body: text } = body as Record<string, string>;
    const pull = memory.addPull({ branch: head ?? '', base: base ?? '', title: title ?? '', body: text ?? '' });
    return { status: 201, body: rowOf(pull) };
  }
  if (kind === 'pulls') {
    const pull = memory.pull(Number(one));
    if (typeof body['title'] === 'string') pull.title = body['title'];
    if (typeof body['body'] === 'string') pull.body = body['body'];
    if (body['state'] === 'closed') pull.state = 'closed';
    return { status: 201, body: rowOf(pull) };
  }
  if (kind !== 'issues') return undefined;
  if (one === 'comments') return editComment(memory, Number(part), String(body['body']));
  return answerIssues(memory, call, one, part);
}

/** Pull requests are issues too; the alarms of this stub have numbers from 1,000. */
const FIRST_ALARM = 1000;

function answerIssues(memory: ForgeMemory, call: Call, one: string | undefined, part: string | undefined): Answer {
  const { method, body, query } = call;
  if (one === undefined && method === 'POST') {
    const labels = (body['labels'] as number[]).map((id) => memory.labels[id - 1] ?? '');
    return { status: 201, body: issueOf(memory.addAlarm(ME, String(body['title']), String(body['body']), labels)) };
  }
  if (one === undefined) {
    const wanted = query.get('labels') ?? '';
    return {
      body: pageOf(
        memory.alarms.filter((alarm) => alarm.isOpen && alarm.labels.includes(wanted)).map(issueOf),
        call,
        MOST,
      ),
    };
  }
  const number = Number(one);
  if (number > FIRST_ALARM) {
    const alarm = memory.alarm(number - FIRST_ALARM);
    if (part === 'comments') {
      alarm.comments.push(String(body['body']));
      return { status: 201, body: { id: alarm.comments.length, body: String(body['body']), user: { id: ME } } };
    }
    if (typeof body['title'] === 'string') alarm.title = body['title'];
    if (part === undefined && typeof body['body'] === 'string') alarm.body = body['body'];
    if (body['state'] === 'closed') alarm.isOpen = false;
    return { status: 201, body: issueOf(alarm) };
  }
  const pull = memory.pull(number);
  if (part === 'labels') {
    if (method === 'PUT') pull.labels = (body['labels'] as number[]).map((id) => memory.labels[id - 1] ?? '');
    return { body: pull.labels.map((name) => labelOf(memory, name)) };
  }
  if (method === 'POST') return { status: 201, body: commentOf(memory.addComment(pull, ME, String(body['body']))) };
  return { body: pull.comments.map(commentOf) };
}

function editComment(memory: ForgeMemory, id: number, text: string): Answer {
  const comment = memory.pulls.flatMap(({ comments }) => comments).find((one) => one.id === id);
  if (comment === undefined) return undefined;
  comment.body = text;
  return { body: commentOf(comment) };
}

function answerLabels(memory: ForgeMemory, call: Call): Answer {
  if (call.method === 'GET')
    return {
      body: pageOf(
        memory.labels.map((name) => labelOf(memory, name)),
        call,
        MOST,
      ),
    };
  const name = String(call.body['name']);
  memory.labels.push(name);
  return { status: 201, body: labelOf(memory, name) };
}

function labelOf({ labels }: ForgeMemory, name: string): Pick<Label, 'id' | 'name'> {
  return { id: labels.indexOf(name) + 1, name };
}

type Row = Pick<PullRequest, 'number' | 'title' | 'body' | 'state' | 'merged' | 'head' | 'base'>;

function rowOf({ number, title, body, state, branch, base, isFork }: StoredPull): Row {
  return {
    number,
    title,
    body,
    state: state === 'open' ? 'open' : 'closed',
    merged: state === 'merged',
    head: { ref: branch, repo: { full_name: isFork ? 'stranger/accounts' : REPOSITORY } },
    base: { ref: base },
  };
}

function commentOf({ id, body, author }: StoredComment): Pick<Comment, 'id' | 'body' | 'user'> {
  return { id, body, user: { id: author } };
}

function issueOf({
  number,
  title,
  body,
  author,
  isOpen,
}: StoredAlarm): Pick<Issue, 'number' | 'title' | 'body' | 'user' | 'state'> {
  return { number: FIRST_ALARM + number, title, body, user: { id: author }, state: isOpen ? 'open' : 'closed' };
}
