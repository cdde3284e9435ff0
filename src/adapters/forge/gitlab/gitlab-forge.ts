import type { AlarmText, Comment, Forge, Proposal, ProposalText } from '../../../model/forge/forge.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { ALARM_LABEL, renderMarkdownAlarm } from '../markdown-alarm.ts';

interface MergeRequest {
  readonly iid: number;
  readonly source_branch: string;
  readonly description?: string | null;
  readonly source_project_id: number;
  readonly target_project_id: number;
  readonly state: string;
  readonly labels?: readonly string[];
}

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}

const PAGE = 'per_page=100';

/** Merge requests, notes and issues of GitLab (REST API v4), which it names by `iid` within the project. */
export class GitlabForge implements Forge {
  readonly kind = 'gitlab';
  /** GitLab takes 1,000,000 characters; nobody reads so many. */
  readonly limits = { comment: 60_000, body: 60_000 };
  readonly #rest: ForgeRest;
  readonly #project: string;
  readonly #webUrl: string;
  #me: Promise<{ readonly id: number; readonly name: string; readonly address: string }> | undefined;

  constructor(rest: ForgeRest, project: string, webUrl: string) {
    this.#rest = rest;
    this.#project = `/projects/${encodeURIComponent(project)}`;
    this.#webUrl = webUrl;
  }

  async readAuthor(): ReturnType<Forge['readAuthor']> {
    const { name, address } = await this.#readMe();
    return { name, address };
  }

  filesUrlOf(commit: string): string {
    return `${this.#webUrl}/-/blob/${commit}`;
  }

  async listProposals(base: string): Promise<readonly Proposal[]> {
    const path = `${this.#project}/merge_requests?state=opened&target_branch=${encodeURIComponent(base)}`;
    const all = (await this.#rest.readAll(path, PAGE)) as unknown as readonly MergeRequest[];
    return all.map(({ iid, source_branch, description, source_project_id, target_project_id }) => ({
      number: iid,
      branch: source_branch,
      body: description ?? '',
      isFromHere: source_project_id === target_project_id,
    }));
  }

  async openProposal({ title, body, branch, base }: Parameters<Forge['openProposal']>[0]): Promise<number> {
    const made = await this.#rest.send('POST', `${this.#project}/merge_requests`, {
      title,
      description: body,
      source_branch: branch,
      target_branch: base,
      remove_source_branch: true,
    });
    return (made as MergeRequest).iid;
  }

  async editProposal(number: number, { title, body }: ProposalText): Promise<void> {
    await this.#rest.send('PUT', this.#mergeRequest(number), { title, description: body });
  }

  async closeProposal(number: number): Promise<void> {
    await this.#rest.send('PUT', this.#mergeRequest(number), { state_event: 'close' });
  }

  async findMerged(commit: string): Promise<number | null> {
    const path = `${this.#project}/repository/commits/${commit}/merge_requests`;
    const all = (await this.#rest.readAll(path, PAGE)) as unknown as readonly MergeRequest[];
    return all.find(({ state }) => state === 'merged')?.iid ?? null;
  }

  async listComments(number: number): Promise<readonly Comment[]> {
    const { id: mine } = await this.#readMe();
    const notes = (await this.#rest.readAll(`${this.#mergeRequest(number)}/notes`, PAGE)) as unknown as readonly Note[];
    return notes.map(({ id, body, author }) => ({ id: String(id), body, isOurs: author.id === mine }));
  }

  async addComment(number: number, body: string): Promise<void> {
    await this.#rest.send('POST', `${this.#mergeRequest(number)}/notes`, { body });
  }

  async editComment(number: number, id: string, body: string): Promise<void> {
    await this.#rest.send('PUT', `${this.#mergeRequest(number)}/notes/${id}`, { body });
  }

  async readLabels(number: number): Promise<readonly string[]> {
    return ((await this.#rest.send('GET', this.#mergeRequest(number))) as MergeRequest).labels ?? [];
  }

  async writeLabels(number: number, labels: readonly string[]): Promise<void> {
    await this.#rest.send('PUT', this.#mergeRequest(number), { labels: labels.join(',') });
  }

  async findAlarm(mark: string): Promise<number | null> {
    const { id: mine } = await this.#readMe();
    const path = `${this.#project}/issues?state=opened&labels=${ALARM_LABEL}`;
    const issues = (await this.#rest.readAll(path, PAGE)) as unknown as readonly Issue[];
    const open = issues.find(({ author, description }) => author.id === mine && description?.startsWith(mark) === true);
    return open?.iid ?? null;
  }

  async openAlarm(alarm: AlarmText): Promise<number> {
    const description = renderMarkdownAlarm(alarm);
    const made = await this.#rest.send('POST', `${this.#project}/issues`, {
      title: alarm.title,
      description,
      labels: ALARM_LABEL,
    });
    return (made as Issue).iid;
  }

  async editAlarm(number: number, alarm: AlarmText): Promise<void> {
    const description = renderMarkdownAlarm(alarm);
    await this.#rest.send('PUT', `${this.#project}/issues/${number}`, { title: alarm.title, description });
  }

  async closeAlarm(number: number, why: string): Promise<void> {
    await this.#rest.send('POST', `${this.#project}/issues/${number}/notes`, { body: why });
    await this.#rest.send('PUT', `${this.#project}/issues/${number}`, { state_event: 'close' });
  }

  #mergeRequest(number: number): string {
    return `${this.#project}/merge_requests/${number}`;
  }

  #readMe() {
    this.#me ??= this.#rest.send('GET', '/user').then((user) => {
      const { id, name, username, commit_email } = user as Me;
      return { id, name, address: commit_email ?? `${username}@noreply.${new URL(this.#webUrl).hostname}` };
    });
    return this.#me;
  }
}

interface Issue {
  readonly iid: number;
  readonly description?: string | null;
  readonly author: { readonly id: number };
}

interface Me {
  readonly id: number;
  readonly name: string;
  readonly username: string;
  readonly commit_email?: string;
}
