/**
 * A plan that was reviewed and merged, as each forge's API tells it: path → answer. The rows have the types that the forges' own
 * descriptions give (@gitbeaker/core, gitea-js, azure-devops-node-api); dates of Azure are texts on the wire.
 */
import type {
  MergeRequestDiffVersionsSchema,
  MergeRequestNoteSchema,
  MergeRequestReviewerSchema,
  MergeRequestSchema,
  UserSchema,
} from '@gitbeaker/core';
import type {
  GitPullRequest,
  GitPullRequestCommentThread,
  GitPullRequestIteration,
} from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import type { Commit, PullRequest, PullReview, User } from 'gitea-js';
import type { ForgeKind } from '../../../src/model/forge/forges.ts';

/** What happened in git. */
export interface MergedInGit {
  readonly head: string;
  /** Oldest first. */
  readonly commits: readonly string[];
  readonly merge: string;
}

/** Path below the root of the server → what it answers; a list has pages. */
export type Story = Map<string, unknown>;

export interface ForgeStory {
  readonly kind: Exclude<ForgeKind, 'github'>;
  /** What approval.reviews says beside the address. */
  readonly repository: string;
  /** Below the root of the server. */
  readonly api: string;
  /** Under which the forge keeps the head of pull request 7. */
  readonly headRef: string;
  readonly tell: (git: MergedInGit) => Story;
  /** Every way to spoil it so that nobody approves. */
  readonly spoilers: Readonly<Record<string, (story: Story) => void>>;
}

const PUSHED = '2026-11-23T10:15:00.000Z';
const VOTED = '2026-11-23T10:40:00.000Z';
const OTHER = 'c'.repeat(40);

/** Changes what one path answers. */
function edit(path: string, change: (answer: never) => unknown): (story: Story) => void {
  return (story) => {
    if (!story.has(path)) throw new Error(`the story has no ${path}`);
    story.set(path, change(structuredClone(story.get(path)) as never));
  };
}

const LAB = '/api/v4/projects/city%2Faccounts';
const LAB_MR = `${LAB}/merge_requests/7`;
type LabUser = Pick<UserSchema, 'id' | 'name' | 'username' | 'bot' | 'public_email'>;
const labRita: LabUser = { id: 31, name: 'Rita Roos', username: 'rita', bot: null, public_email: null };
const labBot = { id: 77, name: 'Zivver plans', username: 'project_42_bot_1a' };
type LabRow = Pick<
  MergeRequestSchema,
  'iid' | 'state' | 'target_branch' | 'web_url' | 'source_project_id' | 'target_project_id' | 'sha'
> &
  Record<'merge_commit_sha' | 'squash_commit_sha', string | null> & { author: typeof labBot | null };
type LabNote = Pick<MergeRequestNoteSchema, 'body' | 'system' | 'created_at'> & { author: { id: number } };
type LabVersion = Pick<MergeRequestDiffVersionsSchema, 'head_commit_sha' | 'created_at'>;

const gitlab: ForgeStory = {
  kind: 'gitlab',
  repository: 'city/accounts',
  api: '/api/v4',
  headRef: 'refs/merge-requests/7/head',
  tell: ({ head, merge }) => {
    const row: LabRow = {
      iid: 7,
      state: 'merged',
      target_branch: 'main',
      web_url: 'https://git.city.example/city/accounts/-/merge_requests/7',
      source_project_id: 42,
      target_project_id: 42,
      sha: head,
      merge_commit_sha: merge,
      squash_commit_sha: null,
      author: labBot,
    };
    const notes: LabNote[] = [
      { body: 'Looks right', system: false, created_at: VOTED, author: { id: 31 } },
      { body: 'approved this merge request', system: true, created_at: VOTED, author: { id: 31 } },
    ];
    const versions: LabVersion[] = [{ head_commit_sha: head, created_at: PUSHED }];
    return new Map<string, unknown>([
      [`${LAB}/repository/commits/${merge}/merge_requests`, [row]],
      [LAB, { id: 42 }],
      [LAB_MR, row],
      [`${LAB_MR}/versions`, versions],
      [`${LAB_MR}/approvals`, { approved_by: [{ user: labRita }] }],
      [
        `${LAB_MR}/reviewers`,
        [
          { user: labRita, state: 'approved', created_at: PUSHED } satisfies Pick<
            MergeRequestReviewerSchema,
            'state' | 'created_at'
          > & { user: LabUser },
        ],
      ],
      [`${LAB_MR}/notes`, notes],
      ['/api/v4/users/31', labRita],
      [`${LAB}/members/all/31`, { id: 31, access_level: 40 }],
    ]);
  },
  spoilers: {
    'it is not merged': edit(LAB_MR, (row: LabRow) => ({ ...row, state: 'opened' })),
    'it was merged into another branch': edit(LAB_MR, (row: LabRow) => ({ ...row, target_branch: 'other' })),
    'it came from a fork': edit(LAB_MR, (row: LabRow) => ({ ...row, source_project_id: 9 })),
    'another head was merged': edit(LAB_MR, (row: LabRow) => ({ ...row, sha: OTHER })),
    'no merge is named': edit(LAB_MR, (row: LabRow) => ({ ...row, merge_commit_sha: null })),
    'its author was deleted': edit(LAB_MR, (row: LabRow) => ({ ...row, author: null })),
    'nobody approved': edit(`${LAB_MR}/approvals`, () => ({ approved_by: [] })),
    'the approval has no note': edit(`${LAB_MR}/notes`, () => []),
    'a person wrote the words of the note': edit(`${LAB_MR}/notes`, (all: LabNote[]) =>
      all.map((note) => ({ ...note, system: false })),
    ),
    'the note is of somebody else': edit(`${LAB_MR}/notes`, (all: LabNote[]) =>
      all.map((note) => ({ ...note, author: { id: 5 } })),
    ),
    'the approval was taken back': edit(`${LAB_MR}/notes`, (all: LabNote[]) => [
      ...all,
      { ...all[1], body: 'unapproved this merge request' },
    ]),
    'it was approved before the last push': edit(`${LAB_MR}/versions`, (all: LabVersion[]) => [
      { head_commit_sha: OTHER, created_at: PUSHED },
      ...all.map((one) => ({ ...one, created_at: '2026-11-23T10:41:00.000Z' })),
    ]),
    'it was pushed in the moment of the approval': edit(`${LAB_MR}/versions`, (all: LabVersion[]) =>
      all.map((one) => ({ ...one, created_at: VOTED })),
    ),
    'a machine approved': edit('/api/v4/users/31', (user: LabUser) => ({ ...user, bot: true })),
    'a project token approved': edit('/api/v4/users/31', (user: LabUser) => ({
      ...user,
      username: 'project_42_bot_2',
    })),
    'who committed approved, by name': edit('/api/v4/users/31', (user: LabUser) => ({ ...user, name: 'Plan Author' })),
    'who committed approved, by address': edit('/api/v4/users/31', (user: LabUser) => ({
      ...user,
      public_email: 'author@city.example',
    })),
    'a bot of approval.bots approved': edit('/api/v4/users/31', (user: LabUser) => ({
      ...user,
      public_email: 'planner@city.example',
    })),
    'who opened it approved': edit(LAB_MR, (row: LabRow) => ({ ...row, author: { ...labBot, id: 31 } })),
    'a reporter approved': edit(`${LAB}/members/all/31`, () => ({ id: 31, access_level: 20 })),
    'somebody who left approved': (story) => void story.delete(`${LAB}/members/all/31`),
    'somebody requested changes': edit(`${LAB_MR}/reviewers`, (all: object[]) =>
      all.map((one) => ({ ...one, state: 'requested_changes' })),
    ),
  },
};

const HUB = '/api/v1/repos/city/accounts';
const HUB_PULL = `${HUB}/pulls/7`;
type HubUser = Pick<User, 'id' | 'login' | 'full_name' | 'email'>;
const hubRita: HubUser = { id: 31, login: 'rita', full_name: 'Rita Roos', email: 'rita@noreply.city.example' };
const hubBot: HubUser = { id: 77, login: 'zivver-bot', full_name: '', email: '' };
type HubPull = Pick<PullRequest, 'number' | 'html_url' | 'merged' | 'merge_commit_sha' | 'base' | 'head' | 'user'>;
type HubReview = Pick<
  PullReview,
  'id' | 'user' | 'state' | 'commit_id' | 'submitted_at' | 'official' | 'dismissed' | 'stale'
>;

const reviewed = (change: Partial<Record<keyof HubReview, unknown>>) =>
  edit(`${HUB_PULL}/reviews`, (all: HubReview[]) => all.map((one) => ({ ...one, ...change })));

const forgejo: ForgeStory = {
  kind: 'forgejo',
  repository: 'city/accounts',
  api: '/api/v1',
  headRef: 'refs/pull/7/head',
  tell: ({ head, merge, commits }) => {
    const pull: HubPull = {
      number: 7,
      html_url: 'https://git.city.example/city/accounts/pulls/7',
      merged: true,
      merge_commit_sha: merge,
      base: { ref: 'main', repo: { full_name: 'city/accounts' } },
      head: { ref: 'plan', sha: head },
      user: hubBot,
    };
    const review: HubReview = {
      id: 5,
      user: hubRita,
      state: 'APPROVED',
      commit_id: head,
      submitted_at: VOTED,
      official: true,
      dismissed: false,
      stale: false,
    };
    const listed = commits.map((sha): Pick<Commit, 'sha' | 'author' | 'committer'> => ({
      sha,
      author: hubBot,
      committer: hubBot,
    }));
    return new Map<string, unknown>([
      [`${HUB}/commits/${merge}/pull`, pull],
      [HUB, { id: 9 }],
      [HUB_PULL, pull],
      [`${HUB_PULL}/reviews`, [review]],
      [`${HUB_PULL}/commits`, listed],
    ]);
  },
  spoilers: {
    'it is not merged': edit(HUB_PULL, (pull: HubPull) => ({ ...pull, merged: false })),
    'it was merged into another branch': edit(HUB_PULL, (pull: HubPull) => ({
      ...pull,
      base: { ...pull.base, ref: 'other' },
    })),
    'it is of another repository': edit(HUB_PULL, (pull: HubPull) => ({
      ...pull,
      base: { ref: 'main', repo: { full_name: 'a/b' } },
    })),
    'another head was merged': edit(HUB_PULL, (pull: HubPull) => ({ ...pull, head: { sha: OTHER } })),
    'no merge is named': edit(HUB_PULL, (pull: HubPull) => ({ ...pull, merge_commit_sha: null })),
    'its author was deleted': edit(HUB_PULL, (pull: HubPull) => ({ ...pull, user: { ...hubBot, id: -1 } })),
    'who opened it approved': edit(HUB_PULL, (pull: HubPull) => ({ ...pull, user: hubRita })),
    'nobody approved': edit(`${HUB_PULL}/reviews`, () => []),
    'somebody only commented': reviewed({ state: 'COMMENT' }),
    'the approval was dismissed': reviewed({ dismissed: true }),
    'somebody requested changes': reviewed({ state: 'REQUEST_CHANGES' }),
    'another commit was approved': reviewed({ commit_id: OTHER }),
    'no commit was approved': reviewed({ commit_id: '' }),
    'the approval does not count for the branch': reviewed({ official: false }),
    'it was approved by nobody': reviewed({ user: null }),
    'who committed approved': reviewed({ user: hubBot }),
    'who committed approved, by name in git': reviewed({ user: { ...hubRita, full_name: 'Plan Author' } }),
    'a bot of approval.bots approved': reviewed({ user: { ...hubRita, email: 'planner@city.example' } }),
    'a commit is of nobody': edit(`${HUB_PULL}/commits`, (all: object[]) =>
      all.map((one) => ({ ...one, author: null })),
    ),
    'a commit is missing': edit(`${HUB_PULL}/commits`, (all: object[]) => all.slice(1)),
    'no pull request brought it': (story) => {
      for (const path of [...story.keys()]) if (path.endsWith('/pull')) story.delete(path);
    },
  },
};

const GIT = '/City%20hospital/_apis/git/repositories/accounts';
const AZ_PULL = `${GIT}/pullrequests/7`;
type Wire<Type> = { readonly [Name in keyof Type]?: unknown };
const azRita = { id: 'b7c1', displayName: 'Rita Roos', uniqueName: 'rita@city.example' };
const azBot = { id: 'a001', displayName: 'City hospital Build Service', uniqueName: 'Build\\1b2c' };

const voted = (change: object) =>
  edit(AZ_PULL, (pull: { reviewers: object[] }) => ({
    ...pull,
    reviewers: pull.reviewers.map((one) => ({ ...one, ...change })),
  }));
const pulled = (change: Wire<GitPullRequest>) => edit(AZ_PULL, (pull: object) => ({ ...pull, ...change }));
const threads = (change: (all: object[]) => object[]) =>
  edit(`${GIT}/pullRequests/7/threads`, ({ value }: { value: object[] }) => ({ value: change(value) }));
const iterated = (all: (one: object) => Wire<GitPullRequestIteration>[]) =>
  edit(`${GIT}/pullRequests/7/iterations`, ({ value: [one = {}] }: { value: object[] }) => ({ value: all(one) }));

const azure: ForgeStory = {
  kind: 'azure',
  repository: 'City hospital/accounts',
  api: '',
  headRef: 'refs/pull/7/merge',
  tell: ({ head, merge }) => {
    const pull: Wire<GitPullRequest> = {
      pullRequestId: 7,
      status: 'completed',
      targetRefName: 'refs/heads/main',
      createdBy: azBot,
      lastMergeSourceCommit: { commitId: head },
      lastMergeCommit: { commitId: merge },
      reviewers: [
        { ...azRita, vote: 10 },
        { id: 'g', displayName: 'Reviewers', uniqueName: 'vstfs:///x', vote: 10, isContainer: true },
      ],
    };
    const iteration: Wire<GitPullRequestIteration> = {
      id: 1,
      createdDate: PUSHED,
      sourceRefCommit: { commitId: head },
    };
    const thread: Wire<GitPullRequestCommentThread> = {
      id: 3,
      publishedDate: VOTED,
      comments: [{ id: 1, author: azRita, commentType: 'system' }],
      properties: { CodeReviewThreadType: { $value: 'VoteUpdate' }, CodeReviewVoteResult: { $value: '10' } },
    };
    return new Map<string, unknown>([
      [`${GIT}/pullrequestquery`, { results: [{ [merge]: [pull] }] }],
      [GIT, { id: '1b2c' }],
      [AZ_PULL, pull],
      [`${GIT}/pullRequests/7/iterations`, { value: [iteration], count: 1 }],
      [
        `${GIT}/pullRequests/7/threads`,
        { value: [thread, { id: 4, publishedDate: VOTED, comments: [], properties: null }], count: 2 },
      ],
    ]);
  },
  spoilers: {
    'it is not merged': pulled({ status: 'active' }),
    'it was merged into another branch': pulled({ targetRefName: 'refs/heads/other' }),
    'it came from a fork': pulled({ forkSource: { name: 'refs/heads/x' } }),
    'another head was merged': pulled({ lastMergeSourceCommit: { commitId: OTHER } }),
    'no merge is named': pulled({ lastMergeCommit: null }),
    'its author is unknown': pulled({ createdBy: null }),
    'who opened it approved': pulled({ createdBy: azRita }),
    'nobody voted': pulled({ reviewers: [] }),
    'only a group approved': edit(AZ_PULL, (pull: { reviewers: object[] }) => ({
      ...pull,
      reviewers: pull.reviewers.slice(1),
    })),
    'the vote was reset': voted({ vote: 0 }),
    'somebody waits for the author': voted({ vote: -5, isContainer: false }),
    'somebody rejected': voted({ vote: -10, isContainer: false }),
    'a build service approved': voted({ uniqueName: 'Build\\9' }),
    'who committed approved, by name': voted({ displayName: 'Plan Author' }),
    'who committed approved, by address': voted({ uniqueName: 'author@city.example' }),
    'a bot of approval.bots approved': voted({ uniqueName: 'planner@city.example' }),
    'the vote has no thread': threads(() => []),
    'the thread is of another vote': threads((all) =>
      all.map((one) => ({
        ...one,
        properties: { CodeReviewThreadType: { $value: 'VoteUpdate' }, CodeReviewVoteResult: { $value: '5' } },
      })),
    ),
    'the thread is no vote': threads((all) => all.map((one) => ({ ...one, properties: {} }))),
    'it was voted before the last push': iterated((one) => [
      { ...one, sourceRefCommit: { commitId: OTHER } },
      { ...one, createdDate: '2026-11-23T10:41:00Z' },
    ]),
    'it was pushed in the moment of the vote': iterated((one) => [{ ...one, createdDate: VOTED }]),
    'no pull request brought it': edit(`${GIT}/pullrequestquery`, () => ({ results: [{}] })),
  },
};

export const FORGE_STORIES: readonly ForgeStory[] = [gitlab, forgejo, azure];
