import type { ForgeAccount, MergedProposal, ReviewReader, Verdict } from '../../../model/forge/review-reader.ts';
import { ForgeAnswer } from '../forge-answer.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { lastPushedBefore, type PushedHead } from '../last-pushed.ts';

const PAGE = 'per_page=100';
/** Developer; https://docs.gitlab.com/api/members/ */
const MAY_PUSH = 30;
/** What GitLab itself writes below a merge request, in English whatever the language of the person. */
const APPROVED = /^approved this merge request/;
const UNAPPROVED = /^unapproved this merge request/;

/**
 * Merge requests of GitLab with their approvals (REST API v4). GitLab keeps no commit with an approval: its system note has the
 * moment, and the versions of the merge request have those of the pushes.
 */
export class GitlabReviews implements ReviewReader {
  readonly kind = 'gitlab';
  readonly place: string;
  readonly #rest: ForgeRest;
  readonly #project: string;

  /** `project`: path or number. */
  constructor(rest: ForgeRest, project: string) {
    this.#rest = rest;
    this.#project = `/projects/${encodeURIComponent(project)}`;
    this.place = `project ${project} on GitLab`;
  }

  async verifyAccess(): Promise<void> {
    (await this.#read('')).integer('id');
  }

  async findMerged(commit: string, branch: string): ReturnType<ReviewReader['findMerged']> {
    const all = await this.#readAll(`/repository/commits/${commit}/merge_requests`);
    const merged = all.filter((one) => one.text('state') === 'merged' && one.text('target_branch') === branch);
    return { numbers: merged.map((one) => one.integer('iid')), named: all.length };
  }

  async read(number: number): Promise<MergedProposal> {
    const path = `/merge_requests/${number}`;
    const request = await this.#read(path);
    const versions = (await this.#readAll(`${path}/versions`)).map((one): PushedHead => ({
      commit: one.sha('head_commit_sha'),
      at: one.text('created_at'),
    }));
    const author = request.part('author');
    return {
      number: request.integer('iid'),
      url: request.text('web_url'),
      isMerged: request.text('state') === 'merged',
      branch: request.text('target_branch'),
      isOfRepository: request.id('source_project_id') === request.id('target_project_id'),
      head: request.sha('sha'),
      headRef: `refs/merge-requests/${number}/head`,
      mergeCommit: request.textOrEmpty('merge_commit_sha') || request.textOrEmpty('squash_commit_sha') || null,
      opener: author && mapAccount(author, null),
      commits: null,
      verdicts: [...(await this.#readObjections(path)), ...(await this.#readApprovals(path, versions))],
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #readApprovals(path: string, versions: readonly PushedHead[]): Promise<Verdict[]> {
    const approvals = (await this.#read(`${path}/approvals`)).list('approved_by');
    if (approvals.length === 0) return [];
    const notes = await this.#readAll(`${path}/notes?sort=asc&order_by=created_at`);
    const verdicts: Verdict[] = [];
    for (const approval of approvals) {
      const user = approval.part('user');
      const id = user?.id('id') ?? '';
      const at = approvedAt(notes, id);
      const by = user && (await this.#readAccount(id));
      verdicts.push({
        id,
        by,
        kind: 'approves',
        commit: at === '' ? null : lastPushedBefore(versions, at),
        at,
        mayWrite: by !== null && (await this.#mayPush(id)),
      });
    }
    return verdicts;
  }

  async #readObjections(path: string): Promise<Verdict[]> {
    const reviewers = await this.#readAll(`${path}/reviewers`);
    const against = reviewers.filter((one) => one.text('state') === 'requested_changes');
    const verdicts: Verdict[] = [];
    for (const one of against) {
      const id = one.id('user', 'id');
      const by = await this.#readAccount(id);
      verdicts.push({ id, by, kind: 'objects', commit: null, at: '', mayWrite: false });
    }
    return verdicts;
  }

  async #readAccount(id: string): Promise<ForgeAccount> {
    const path = `/users/${id}`;
    const user = new ForgeAnswer(`GET ${path}`, await this.#rest.send('GET', path));
    return mapAccount(user, user.textOrEmpty('public_email'));
  }

  /** False for whoever is no member, or no longer. */
  async #mayPush(id: string): Promise<boolean> {
    const path = `${this.#project}/members/all/${id}`;
    const found = await this.#rest.find(path);
    return found !== null && new ForgeAnswer(`GET ${path}`, found).integer('access_level') >= MAY_PUSH;
  }

  async #read(path: string): Promise<ForgeAnswer> {
    return new ForgeAnswer(`GET ${path}`, await this.#rest.send('GET', `${this.#project}${path}`));
  }

  async #readAll(path: string): Promise<readonly ForgeAnswer[]> {
    const rows = await this.#rest.readAll(`${this.#project}${path}`, PAGE);
    return rows.map((row) => new ForgeAnswer(`GET ${path.replace(/\?.*$/, '')}`, row));
  }
}

/** Empty if GitLab wrote no note of it, or somebody took it back since. */
function approvedAt(notes: readonly ForgeAnswer[], user: string): string {
  const own = notes.filter((note) => note.flag('system') && note.part('author')?.id('id') === user);
  const last = own.findLast((note) => APPROVED.test(note.text('body')) || UNAPPROVED.test(note.text('body')));
  return last !== undefined && APPROVED.test(last.text('body')) ? last.text('created_at') : '';
}

/** `address` null: the answer is a short one, which tells neither address nor whether it is a machine. */
function mapAccount(user: ForgeAnswer, address: string | null): ForgeAccount {
  const login = user.text('username');
  const isMachine = /^(project|group)_\d+_bot/.test(login) || (address !== null && user.flagOrFalse('bot'));
  return { id: user.id('id'), login, name: user.text('name'), address: address ?? '', isPerson: !isMachine };
}
