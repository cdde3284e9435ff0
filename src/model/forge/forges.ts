type Environment = Readonly<Record<string, string | undefined>>;

/** What is known of a forge without asking it. */
interface ForgeFacts {
  readonly name: string;
  /** What runs its pipelines, for people. */
  readonly pipelines: string;
  /** One of these is set in every job; none: taken where no other one's is. */
  readonly jobVariables: readonly string[];
  /** Where people read the run of a job; null: its variables do not tell. */
  readonly runUrlOf: (environment: Environment) => string | null;
  /** Where people find its open pull requests; null: its variables do not tell. */
  readonly proposalsUrlOf: (environment: Environment) => string | null;
  /** Of what `init` writes beside the pipelines. */
  readonly folder: string;
  /** How it names a repository; no part can be taken for a step in a path. */
  readonly repositoryName: RegExp;
  /** What it calls an issue. */
  readonly issue: string;
  /** How somebody who must review is written there. */
  readonly ownerExample: string;
  /** What its reviews do not prove, each a sentence without a full stop. Signatures prove all of it. */
  readonly limits: readonly string[];
  /** Settings of its checklist that are not read, or not without secrets in the answer; without a full stop. Null: all are. */
  readonly unread: string | null;
}

const OWNER_AND_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

/** Every forge, in the order in which people are asked. */
export const FORGES = {
  github: {
    name: 'GitHub',
    pipelines: 'GitHub Actions',
    jobVariables: [],
    runUrlOf: (environment) => {
      const { GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT = 1 } = environment;
      const runs = actionsRunsOf(environment);
      return runs && GITHUB_RUN_ID ? `${runs}/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT}` : null;
    },
    proposalsUrlOf: pullsOf,
    folder: '.github',
    repositoryName: OWNER_AND_NAME,
    issue: 'Issue',
    ownerExample: '@your-organisation/zivver-reviewers',
    limits: [],
    unread: null,
  },
  gitlab: {
    name: 'GitLab',
    pipelines: 'GitLab CI',
    jobVariables: ['GITLAB_CI'],
    runUrlOf: ({ CI_JOB_URL }) => CI_JOB_URL ?? null,
    proposalsUrlOf: ({ CI_PROJECT_URL }) => (CI_PROJECT_URL ? `${CI_PROJECT_URL}/-/merge_requests` : null),
    folder: '.gitlab',
    repositoryName: /^(?:\d+|[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)+)$/,
    issue: 'Issue',
    ownerExample: '@your-organisation/zivver-reviewers',
    limits: [
      'GitLab does not say which commit was approved: an approval counts if it came after the last push',
      'GitLab does not say whose commits are: authors are known by name and address in git',
    ],
    unread: 'variables (their values would be in the answer) and runners are not read',
  },
  forgejo: {
    name: 'Forgejo',
    pipelines: 'Forgejo or Gitea Actions',
    jobVariables: ['FORGEJO_ACTIONS', 'GITEA_ACTIONS'],
    // A run is shown under its number within the repository.
    runUrlOf: (environment) => {
      const runs = actionsRunsOf(environment);
      return runs && environment['GITHUB_RUN_NUMBER'] ? `${runs}/${environment['GITHUB_RUN_NUMBER']}` : null;
    },
    proposalsUrlOf: pullsOf,
    folder: '.forgejo',
    repositoryName: OWNER_AND_NAME,
    issue: 'Issue',
    ownerExample: '@your-organisation/zivver-reviewers',
    limits: ['Forgejo does not tell machines from people: machines are those that approval.bots names'],
    unread: 'who has write access, and the runners, are not read',
  },
  azure: {
    name: 'Azure DevOps',
    pipelines: 'Azure Pipelines',
    jobVariables: ['TF_BUILD'],
    runUrlOf: ({ SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_BUILDID }) =>
      SYSTEM_COLLECTIONURI && SYSTEM_TEAMPROJECT && BUILD_BUILDID
        ? `${SYSTEM_COLLECTIONURI.replace(/\/+$/, '')}/${encodeURIComponent(SYSTEM_TEAMPROJECT)}/_build/results?buildId=${BUILD_BUILDID}`
        : null,
    proposalsUrlOf: ({ SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_NAME }) =>
      SYSTEM_COLLECTIONURI && SYSTEM_TEAMPROJECT && BUILD_REPOSITORY_NAME
        ? `${SYSTEM_COLLECTIONURI.replace(/\/+$/, '')}/${encodeURIComponent(SYSTEM_TEAMPROJECT)}/_git/${encodeURIComponent(BUILD_REPOSITORY_NAME)}/pullrequests?_a=active`
        : null,
    folder: '.azuredevops',
    repositoryName: /^[^/.][^/]*\/[^/.][^/]*$/,
    issue: 'Work item',
    ownerExample: '[Project]\\Zivver reviewers',
    limits: [
      'Azure DevOps does not say which commit was voted for: a vote counts if it came after the last push',
      'Azure DevOps does not say whose commits are: authors are known by name and address in git',
    ],
    unread: 'rights of the build service, who may bypass policies, and agents are not read',
  },
} as const satisfies Readonly<Record<string, ForgeFacts>>;

export type ForgeKind = keyof typeof FORGES;

export const FORGE_KINDS = Object.keys(FORGES) as readonly ForgeKind[];

/** Whose job this is. Runners of Forgejo and Gitea also set what those of GitHub set. */
export function forgeOfJob(environment: Environment): ForgeKind {
  return FORGE_KINDS.find((kind) => FORGES[kind].jobVariables.some((variable) => environment[variable])) ?? 'github';
}

/** Where people read the run of this job; null where it is none of a forge. */
export function runUrlOf(environment: Environment): string | null {
  return FORGES[forgeOfJob(environment)].runUrlOf(environment);
}

/** Where people find the open pull requests of the repository whose job this is; null where it is none of a forge. */
export function proposalsUrlOf(environment: Environment): string | null {
  return FORGES[forgeOfJob(environment)].proposalsUrlOf(environment);
}

/** The page for reviewers, to which pull requests link. */
export function reviewingFileOf(kind: ForgeKind): string {
  return `${FORGES[kind].folder}/zivver-gitops-reviewing.md`;
}

/** The checklist that `init --ci` writes. */
export function checklistOf(kind: ForgeKind): string {
  return `${FORGES[kind].folder}/zivver-gitops-settings.md`;
}

function actionsRunsOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY }: Environment): string | null {
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs` : null;
}

function pullsOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY }: Environment): string | null {
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/pulls` : null;
}
