import type { AlarmText, Comment, Forge, Proposal, ProposalText } from '../../../model/forge/forge.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { ALARM_LABEL, renderMarkdownAlarm } from '../markdown-alarm.ts';

interface Pull {
  readonly number: number;
  readonly body?: string | null;
  readonly head: { readonly ref: string; readonly repo?: { readonly full_name?: string } | null };
  readonly base: { readonly ref: string };
  readonly merged?: boolean;
}

interface Written {
  readonly id: number;
  readonly number: number;
  readonly body?: string | null;
  readonly user?: { readonly id: number } | null;
}

interface Label {
  readonly id: number;
  readonly name: string;
}

/** The most that Forgejo gives a page unless its administrator allows more. */
const PAGE = 'limit=50';
const COLOUR = '#5b3ea5';

/** Pull requests, comments and issues of Forgejo and Gitea (API v1). Labels are known by number there. */
export class ForgejoForge implements Forge {
  readonly kind = 'forgejo';
  readonly limits = { comment: 60_000, body: 60_000 };
  readonly #rest: ForgeRest;
  readonly #repository: string;
  readonly #serverUrl: string;
  #me: Promise<{ readonly id: number; readonly name: string; readonly address: string }> | undefined;

  constructor(rest: ForgeRest, repository: string, serverUrl: string) {
    this.#rest = rest;
    this.#repository = repository;
    this.#serverUrl = serverUrl;
  }

  async readAuthor(): ReturnType<Forge['readAuthor']> {
    const { name, address } = await this.#readMe();
    return { name, address };
  }

  filesUrlOf(commit: string): string {
    return `${this.#serverUrl}/${this.#repository}/src/commit/${commit}`;
  }

  async listProposals(base: string): Promise<readonly Proposal[]> {
    const pulls = (await this.#rest.readAll(this.#path('/pulls?state=open'), PAGE)) as unknown as readonly Pull[];
    return pulls
      .filter((pull) => pull.base.ref === base)
      .map(({ number, body, head }) => ({
        number,
        branch: head.ref,
        body: body ?? '',
        isFromHere: head.repo?.full_name?.toLowerCase() === this.#repository.toLowerCase(),
      }));
  }

  async openProposal({ title, body, branch, base }: Parameters<Forge['openProposal']>[0]): Promise<number> {
    const made = await this.#rest.send('POST', this.#path('/pulls'), { title, body, head: branch, base });
    return (made as Pull).number;
  }

  async editProposal(number: number, { title, body }: ProposalText): Promise<void> {
    await this.#rest.send('PATCH', this.#path(`/pulls/${number}`), { title, body });
  }

  async closeProposal(number: number): Promise<void> {
    await this.#rest.send('PATCH', this.#path(`/pulls/${number}`), { state: 'closed' });
  }

  async findMerged(commit: string): Promise<number | null> {
    const pull = (await this.#rest.find(this.#path(`/commits/${commit}/pull`))) as Pull | null;
    return pull?.merged === true ? pull.number : null;
  }

  async listComments(number: number): Promise<readonly Comment[]> {
    const { id: mine } = await this.#readMe();
    const path = this.#path(`/issues/${number}/comments`);
    // The comments of one pull request come in one piece: this list has no pages.
    const comments = (await this.#rest.send('GET', path)) as readonly Written[];
    return comments.map(({ id, body, user }) => ({ id: String(id), body: body ?? '', isOurs: user?.id === mine }));
  }

  async addComment(number: number, body: string): Promise<void> {
    await this.#rest.send('POST', this.#path(`/issues/${number}/comments`), { body });
  }

  async editComment(_number: number, id: string, body: string): Promise<void> {
    await this.#rest.send('PATCH', this.#path(`/issues/comments/${id}`), { body });
  }

  async readLabels(number: number): Promise<readonly string[]> {
    const labels = (await this.#rest.send('GET', this.#path(`/issues/${number}/labels`))) as readonly Label[];
    return labels.map(({ name }) => name);
  }

  async writeLabels(number: number, labels: readonly string[]): Promise<void> {
    const ids = await this.#labelIds(labels);
    await this.#rest.send('PUT', this.#path(`/issues/${number}/labels`), { labels: ids });
  }

  async findAlarm(mark: string): Promise<number | null> {
    const { id: mine } = await this.#readMe();
    const path = this.#path(`/issues?state=open&type=issues&labels=${ALARM_LABEL}`);
    const issues = (await this.#rest.readAll(path, PAGE)) as unknown as readonly Written[];
    const open = issues.find(({ user, body }) => user?.id === mine && body?.startsWith(mark) === true);
    return open?.number ?? null;
  }

  async openAlarm(alarm: AlarmText): Promise<number> {
    const labels = await this.#labelIds([ALARM_LABEL]);
    const body = renderMarkdownAlarm(alarm);
    const made = await this.#rest.send('POST', this.#path('/issues'), { title: alarm.title, body, labels });
    return (made as Written).number;
  }

  async editAlarm(number: number, alarm: AlarmText): Promise<void> {
    const body = renderMarkdownAlarm(alarm);
    await this.#rest.send('PATCH', this.#path(`/issues/${number}`), { title: alarm.title, body });
  }

  async closeAlarm(number: number, why: string): Promise<void> {
    await this.addComment(number, why);
    await this.#rest.send('PATCH', this.#path(`/issues/${number}`), { state: 'closed' });
  }

  /** Of labels with these names; those that are missing are made. */
  async #labelIds(names: readonly string[]): Promise<readonly number[]> {
    const known = (await this.#rest.readAll(this.#path('/labels'), PAGE)) as unknown as readonly Label[];
    const ids: number[] = [];
    for (const name of names) {
      const label = known.find((one) => one.name === name);
      const made = label ?? (await this.#rest.send('POST', this.#path('/labels'), { name, color: COLOUR }));
      ids.push((made as Label).id);
    }
    return ids;
  }

  #path(path: string): string {
    return `/repos/${this.#repository}${path}`;
  }

  #readMe() {
    this.#me ??= this.#rest.send('GET', '/user').then((user) => {
      const { id, login, email } = user as { id: number; login: string; email?: string };
      return { id, name: login, address: email || `${login}@noreply.${new URL(this.#serverUrl).hostname}` };
    });
    return this.#me;
  }
}
