import type { AlarmText, Comment, Forge, Proposal, ProposalText } from '../../../model/forge/forge.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { AzureAlarms } from './azure-alarms.ts';

const VERSION = 'api-version=7.1';
const PAGE = 100;
const HEADS = 'refs/heads/';

interface Pull {
  readonly pullRequestId: number;
  readonly description?: string;
  readonly sourceRefName: string;
  readonly status: string;
  /** Only of a pull request from a fork. */
  readonly forkSource?: object;
}

interface Thread {
  readonly id: number;
  readonly comments: readonly ThreadComment[];
}

interface ThreadComment {
  readonly id: number;
  readonly content?: string;
  readonly isDeleted?: boolean;
  readonly author: { readonly id: string };
}

export interface AzurePlace {
  /** `https://dev.azure.com/company`, without a slash at the end. */
  readonly collectionUrl: string;
  /** Name or id. */
  readonly project: string;
  /** Id of the repository. */
  readonly repository: string;
}

/** Pull requests, threads and work items of Azure DevOps (REST API 7.1). */
export class AzureForge implements Forge {
  readonly kind = 'azure';
  /** The description of a pull request has no more than 4,000 characters; a comment 150,000. */
  readonly limits = { comment: 60_000, body: 4_000 };
  readonly #rest: ForgeRest;
  readonly #place: AzurePlace;
  readonly #alarms: AzureAlarms;
  #me: Promise<{ readonly id: string; readonly name: string }> | undefined;

  constructor(rest: ForgeRest, place: AzurePlace) {
    this.#rest = rest;
    this.#place = place;
    this.#alarms = new AzureAlarms(rest, place.project);
  }

  async readAuthor(): ReturnType<Forge['readAuthor']> {
    const { name } = await this.#readMe();
    return { name, address: `zivver-gitops@${new URL(this.#place.collectionUrl).hostname}` };
  }

  filesUrlOf(commit: string): string {
    const { collectionUrl, project, repository } = this.#place;
    return `${collectionUrl}/${encodeURIComponent(project)}/_git/${repository}?version=GC${commit}&path=`;
  }

  async listProposals(base: string): Promise<readonly Proposal[]> {
    const search = `searchCriteria.status=active&searchCriteria.targetRefName=${encodeURIComponent(HEADS + base)}`;
    const all: Pull[] = [];
    for (let skip = 0; ; skip += PAGE) {
      const path = this.#git(`/pullrequests?${search}&$top=${PAGE}&$skip=${skip}`);
      const { value } = (await this.#rest.send('GET', path)) as { value: readonly Pull[] };
      all.push(...value);
      if (value.length < PAGE) break;
    }
    return all.map(({ pullRequestId, sourceRefName, description, forkSource }) => ({
      number: pullRequestId,
      branch: sourceRefName.replace(HEADS, ''),
      body: description ?? '',
      isFromHere: forkSource === undefined,
    }));
  }

  async openProposal({ title, body, branch, base }: Parameters<Forge['openProposal']>[0]): Promise<number> {
    const made = await this.#rest.send('POST', this.#git('/pullrequests'), {
      title,
      description: body,
      sourceRefName: HEADS + branch,
      targetRefName: HEADS + base,
    });
    return (made as Pull).pullRequestId;
  }

  async editProposal(number: number, { title, body }: ProposalText): Promise<void> {
    await this.#rest.send('PATCH', this.#git(`/pullrequests/${number}`), { title, description: body });
  }

  async closeProposal(number: number): Promise<void> {
    await this.#rest.send('PATCH', this.#git(`/pullrequests/${number}`), { status: 'abandoned' });
  }

  /** By the commit of the merge, else by a commit that the pull request holds. */
  async findMerged(commit: string): Promise<number | null> {
    for (const type of ['lastMergeCommit', 'commit']) {
      const queries = [{ items: [commit], type }];
      const answer = await this.#rest.send('POST', this.#git('/pullrequestquery'), { queries });
      const { results } = answer as { results: readonly Record<string, readonly Pull[]>[] };
      const merged = results.flatMap((result) => result[commit] ?? []).find(({ status }) => status === 'completed');
      if (merged !== undefined) return merged.pullRequestId;
    }
    return null;
  }

  /** The first comment of every thread: what answers it is no comment of ours. */
  async listComments(number: number): Promise<readonly Comment[]> {
    const { id: mine } = await this.#readMe();
    const answer = await this.#rest.send('GET', this.#git(`/pullRequests/${number}/threads`));
    const { value } = answer as { value: readonly Thread[] };
    return value.flatMap(({ id, comments: [first] }) => {
      if (first === undefined || first.isDeleted === true) return [];
      return [{ id: `${id}/${first.id}`, body: first.content ?? '', isOurs: first.author.id === mine }];
    });
  }

  /** A thread that is closed: an open one stops a merge where all comments must be resolved. */
  async addComment(number: number, body: string): Promise<void> {
    const comments = [{ parentCommentId: 0, content: body, commentType: 'text' }];
    await this.#rest.send('POST', this.#git(`/pullRequests/${number}/threads`), { comments, status: 'closed' });
  }

  async editComment(number: number, id: string, body: string): Promise<void> {
    const [thread, comment] = id.split('/');
    const path = this.#git(`/pullRequests/${number}/threads/${thread}/comments/${comment}`);
    await this.#rest.send('PATCH', path, { content: body });
  }

  async readLabels(number: number): Promise<readonly string[]> {
    const answer = await this.#rest.send('GET', this.#git(`/pullRequests/${number}/labels`));
    return (answer as { value: readonly { name: string }[] }).value.map(({ name }) => name);
  }

  async writeLabels(number: number, labels: readonly string[]): Promise<void> {
    const present = await this.readLabels(number);
    const path = `/pullRequests/${number}/labels`;
    for (const name of labels.filter((one) => !present.includes(one)))
      await this.#rest.send('POST', this.#git(path), { name });
    for (const name of present.filter((one) => !labels.includes(one)))
      await this.#rest.send('DELETE', this.#git(`${path}/${encodeURIComponent(name)}`));
  }

  findAlarm(mark: string): Promise<number | null> {
    return this.#alarms.find(mark);
  }

  openAlarm(alarm: AlarmText): Promise<number> {
    return this.#alarms.open(alarm);
  }

  editAlarm(number: number, alarm: AlarmText): Promise<void> {
    return this.#alarms.edit(number, alarm);
  }

  closeAlarm(number: number, why: string): Promise<void> {
    return this.#alarms.close(number, why);
  }

  #git(path: string): string {
    const { project, repository } = this.#place;
    const query = path.includes('?') ? '&' : '?';
    return `/${encodeURIComponent(project)}/_apis/git/repositories/${repository}${path}${query}${VERSION}`;
  }

  #readMe() {
    this.#me ??= this.#rest.send('GET', '/_apis/connectionData').then((data) => {
      const { authenticatedUser: user } = data as {
        authenticatedUser: { id: string; providerDisplayName?: string };
      };
      return { id: user.id, name: user.providerDisplayName ?? 'zivver-gitops' };
    });
    return this.#me;
  }
}
