import type { AlarmText, Comment, Forge, Proposal, ProposalText } from '../../../model/forge/forge.ts';
import { ALARM_LABEL, renderMarkdownAlarm } from '../markdown-alarm.ts';
import type { GithubWriter } from './github-writer.ts';

interface Written {
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
}

/** Pull requests, comments and issues of GitHub, and of GitHub Enterprise Server. */
export class GithubForge implements Forge {
  readonly kind = 'github';
  /** GitHub takes 65,536 characters. */
  readonly limits = { comment: 60_000, body: 60_000 };
  readonly #github: GithubWriter;

  constructor(github: GithubWriter) {
    this.#github = github;
  }

  readAuthor(): ReturnType<Forge['readAuthor']> {
    return this.#github.readAuthor();
  }

  filesUrlOf(commit: string): string {
    const { serverUrl, repository } = this.#github.place;
    return `${serverUrl}/${repository}/blob/${commit}`;
  }

  async listProposals(base: string): Promise<readonly Proposal[]> {
    const pulls = await this.#github.readAll(`/pulls?state=open&base=${encodeURIComponent(base)}`);
    return pulls.map((pull) => {
      const { number, body, head } = pull as { number: number; body?: string | null; head: Head };
      const { repository } = this.#github.place;
      const isFromHere = head.repo?.full_name?.toLowerCase() === repository.toLowerCase();
      return { number, branch: head.ref, body: body ?? '', isFromHere };
    });
  }

  async openProposal({ title, body, branch, base }: Parameters<Forge['openProposal']>[0]): Promise<number> {
    return this.#github.make('/pulls', { title, body, head: branch, base });
  }

  async editProposal(number: number, { title, body }: ProposalText): Promise<void> {
    await this.#github.send('PATCH', `/pulls/${number}`, { title, body });
  }

  async closeProposal(number: number): Promise<void> {
    await this.#github.send('PATCH', `/pulls/${number}`, { state: 'closed' });
  }

  async findMerged(commit: string): Promise<number | null> {
    const pulls = await this.#github.readAll(`/commits/${commit}/pulls`);
    const merged = pulls.find((pull) => typeof pull['merged_at'] === 'string');
    return merged === undefined ? null : Number(merged['number']);
  }

  async listComments(number: number): Promise<readonly Comment[]> {
    const comments = await this.#github.readAll(`/issues/${number}/comments`);
    return comments.map((comment) => ({
      id: String(comment['id']),
      body: (comment as Written).body ?? '',
      isOurs: (comment as Written).user?.type === 'Bot',
    }));
  }

  async addComment(number: number, body: string): Promise<void> {
    await this.#github.send('POST', `/issues/${number}/comments`, { body });
  }

  async editComment(_number: number, id: string, body: string): Promise<void> {
    await this.#github.send('PATCH', `/issues/comments/${id}`, { body });
  }

  async readLabels(number: number): Promise<readonly string[]> {
    const { labels } = await this.#github.read(`/issues/${number}`);
    return (Array.isArray(labels) ? (labels as unknown[]) : []).flatMap(nameOf);
  }

  async writeLabels(number: number, labels: readonly string[]): Promise<void> {
    await this.#github.send('PUT', `/issues/${number}/labels`, { labels });
  }

  async findAlarm(mark: string): Promise<number | null> {
    const issues = await this.#github.readAll(`/issues?state=open&labels=${ALARM_LABEL}`);
    const open = issues.find((issue) => {
      const { body, user } = issue as Written;
      return user?.type === 'Bot' && body?.startsWith(mark) === true;
    });
    return open === undefined ? null : Number(open['number']);
  }

  async openAlarm(alarm: AlarmText): Promise<number> {
    const body = renderMarkdownAlarm(alarm);
    return this.#github.make('/issues', { title: alarm.title, body, labels: [ALARM_LABEL] });
  }

  async editAlarm(number: number, alarm: AlarmText): Promise<void> {
    await this.#github.send('PATCH', `/issues/${number}`, { title: alarm.title, body: renderMarkdownAlarm(alarm) });
  }

  async closeAlarm(number: number, why: string): Promise<void> {
    await this.addComment(number, why);
    await this.#github.send('PATCH', `/issues/${number}`, { state: 'closed' });
  }
}

interface Head {
  readonly ref: string;
  readonly repo?: { readonly full_name?: string } | null;
}

function nameOf(label: unknown): string[] {
  const { name } = (label ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? [name] : [];
}
