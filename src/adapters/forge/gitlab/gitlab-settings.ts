import type { SettingFinding, SettingsQuestion, SettingsReader } from '../../../model/forge/setting.ts';
import { ledgerSetting, privacySetting, pushersSetting, TAGS_SETTING } from '../settings/common-settings.ts';
import { judgeAnswer, type AnsweredSetting } from '../settings/judge-answer.ts';
import { isMeant } from '../settings/name-pattern.ts';
import type { RepositorySettings } from '../settings/repository-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../settings/setting-values.ts';

const SIZE = 'per_page=100';
const BRANCHES = 'In Settings, Repository, Protected branches,';
const MERGING = 'In Settings, Merge requests,';
/** Nobody; maintainers: https://docs.gitlab.com/api/protected_branches/ */
const NOBODY = 0;
const MAINTAINER = 40;

/** The settings of a project on GitLab against the checklist that `init --ci gitlab` writes. */
export class GitlabSettings implements SettingsReader {
  readonly #settings: RepositorySettings;

  constructor(settings: RepositorySettings) {
    this.#settings = settings;
  }

  async readSettings(question: SettingsQuestion): Promise<readonly SettingFinding[]> {
    const settings = this.#settings;
    const [project, branches, tags, approvals, rules, schedules] = await Promise.all([
      settings.read(''),
      settings.readAll('/protected_branches', SIZE),
      settings.readAll('/protected_tags', SIZE),
      settings.read('/approvals'),
      settings.readAll('/approval_rules', SIZE),
      settings.readAll('/pipeline_schedules', SIZE),
    ]);
    return [
      ...judgeAnswer(project, projectSettings()),
      ...judgeAnswer(branches, [...branchSettings(question.branch), ...ledgerSettings(question.ledger)]),
      ...judgeAnswer(rules, [approvalCount(question)]),
      ...judgeAnswer(approvals, approvalSettings(question.branch)),
      ...judgeAnswer(tags, [tagsSetting(question.tag)]),
      ...judgeAnswer(schedules, [scheduleSetting(question.branch)]),
    ];
  }
}

function projectSettings(): readonly AnsweredSetting[] {
  return [
    {
      ...privacySetting('In Settings, General, Visibility, set the project to Private.'),
      holds: (data) => toldBy(textAt(data, 'visibility'), (visibility) => visibility === 'private'),
    },
    {
      id: 'forge.mergeMethod',
      subject: '',
      good: 'a merge makes a commit of its own',
      bad: 'a fast-forward merge leaves no commit by which GitLab names the merge request',
      code: 'MERGE_UNNAMED',
      fix: `${MERGING} choose “Merge commit”.`,
      holds: (data) => toldBy(textAt(data, 'merge_method'), (method) => method !== 'ff'),
    },
    {
      id: 'forge.reviewCheck',
      subject: '',
      good: 'the pipeline must succeed before a merge',
      bad: 'a plan that was not verified can be merged',
      code: 'REVIEW_CHECK_OPTIONAL',
      fix: `${MERGING} tick “Pipelines must succeed”.`,
      holds: (data) => flagAt(data, 'only_allow_merge_if_pipeline_succeeds'),
    },
  ];
}

function branchSettings(branch: string): readonly AnsweredSetting[] {
  return [
    {
      id: 'forge.pullRequest',
      subject: branch,
      good: 'nobody pushes: every change needs a merge request',
      bad: 'somebody can push to it without a merge request',
      code: 'PULL_REQUEST_OPTIONAL',
      fix: `${BRANCHES} set for ${branch}: “Allowed to push and merge” to No one.`,
      holds: (data) => {
        const levels = levelsOf(data, branch, 'push_access_levels');
        return levels.length > 0 && levels.every((level) => valueAt(level, 'access_level') === NOBODY);
      },
    },
    {
      id: 'forge.merging',
      subject: branch,
      good: 'maintainers or people who are named merge',
      bad: 'every developer can merge',
      code: 'ANYBODY_MERGES',
      fix: `${BRANCHES} set for ${branch}: “Allowed to merge” to Maintainers.`,
      holds: (data) => isLimited(levelsOf(data, branch, 'merge_access_levels')),
    },
    {
      id: 'forge.forcePush',
      subject: branch,
      good: 'neither force pushes nor deletion',
      bad: 'its history can be rewritten or deleted',
      code: 'FORCE_PUSH_ALLOWED',
      fix: `${BRANCHES} protect ${branch}, and turn off “Allowed to force push”.`,
      holds: (data) => isHistorySafe(data, branch),
    },
  ];
}

function ledgerSettings(ledger: string): readonly AnsweredSetting[] {
  return [
    {
      ...ledgerSetting(ledger, `${BRANCHES} protect ${ledger}, and turn off “Allowed to force push”.`),
      holds: (data) => isHistorySafe(data, ledger),
    },
    {
      ...pushersSetting(
        ledger,
        `${BRANCHES} set for ${ledger}: “Allowed to push” to the owner of ZIVVER_GITOPS_FORGE_TOKEN only.`,
      ),
      holds: (data) => isLimited(levelsOf(data, ledger, 'push_access_levels')),
    },
  ];
}

function tagsSetting(tag: string): AnsweredSetting {
  return {
    ...TAGS_SETTING,
    fix: 'In Settings, Repository, Protected tags, protect zivver-gitops/* for the owner of ZIVVER_GITOPS_FORGE_TOKEN.',
    holds: (data) => isLimited(levelsOf(data, tag, 'create_access_levels')),
  };
}

function approvalCount({ branch: name, minimum }: SettingsQuestion): AnsweredSetting {
  return {
    id: 'forge.approvals',
    subject: name,
    good: `at least ${minimum} must approve`,
    bad: `fewer than ${minimum} approvals are enough for a merge`,
    code: 'APPROVALS_TOO_FEW',
    fix: `${MERGING} set an approval rule for ${name} to ${minimum}.`,
    holds: (data) =>
      listAt(data).some((rule) => {
        const branches = listAt(rule, 'protected_branches');
        const isOfBranch = branches.length === 0 || branches.some((one) => isMeant(name, textAt(one, 'name') ?? ''));
        return isOfBranch && Number(valueAt(rule, 'approvals_required') ?? 0) >= minimum;
      }),
  };
}

function approvalSettings(branch: string): readonly AnsweredSetting[] {
  return [
    {
      id: 'forge.staleApprovals',
      subject: branch,
      good: 'later commits remove approvals',
      bad: 'an approval stays after a later commit',
      code: 'STALE_APPROVALS_COUNT',
      fix: `${MERGING} Approval settings, set “Remove all approvals” when a commit is added.`,
      holds: (data) => flagAt(data, 'reset_approvals_on_push'),
    },
    {
      id: 'forge.ownApproval',
      subject: branch,
      good: 'neither the author nor who committed can approve',
      bad: 'who made a plan can approve it',
      code: 'OWN_APPROVAL_COUNTS',
      fix: `${MERGING} Approval settings, tick “Prevent approval by merge request creator” and “by users who add commits”.`,
      holds: (data) => {
        const byAuthor = flagAt(data, 'merge_requests_author_approval');
        const notByCommitters = flagAt(data, 'merge_requests_disable_committers_approval');
        return byAuthor === null || notByCommitters === null ? null : !byAuthor && notByCommitters;
      },
    },
    {
      id: 'forge.approvalRules',
      subject: branch,
      good: 'a merge request cannot change its approval rules',
      bad: 'who opens a merge request can ask for fewer approvals',
      code: 'APPROVAL_RULES_LOOSE',
      fix: `${MERGING} Approval settings, tick “Prevent editing approval rules in merge requests”.`,
      holds: (data) => flagAt(data, 'disable_overriding_approvers_per_merge_request'),
    },
  ];
}

function scheduleSetting(branch: string): AnsweredSetting {
  const refs = [branch, `refs/heads/${branch}`];
  return {
    id: 'forge.schedule',
    subject: branch,
    good: 'schedules are active',
    bad: 'there are not two active schedules: one makes plans, one looks for drift',
    code: 'SCHEDULE_MISSING',
    fix: `In Build, Pipeline schedules, make the two of zivver-gitops-settings.md for ${branch}.`,
    holds: (data) =>
      listAt(data).filter((one) => flagAt(one, 'active') === true && refs.includes(textAt(one, 'ref') ?? '')).length >=
      2,
  };
}

/** Of all protections that mean a name: the laxest of them decides. */
function levelsOf(data: unknown, name: string, list: string): readonly unknown[] {
  return protectionsOf(data, name).flatMap((one) => listAt(one, list));
}

function protectionsOf(data: unknown, name: string): readonly unknown[] {
  return listAt(data).filter((one) => isMeant(name, textAt(one, 'name') ?? ''));
}

/** To maintainers, or to people, groups and keys that are named. */
function isLimited(levels: readonly unknown[]): boolean {
  const isNamed = (level: unknown): boolean =>
    ['user_id', 'group_id', 'deploy_key_id'].some((name) => typeof valueAt(level, name) === 'number');
  const isHigh = (level: unknown): boolean => {
    const access = valueAt(level, 'access_level');
    return access === NOBODY || (typeof access === 'number' && access >= MAINTAINER);
  };
  return levels.length > 0 && levels.every((level) => isNamed(level) || isHigh(level));
}

function isHistorySafe(data: unknown, name: string): boolean {
  const protections = protectionsOf(data, name);
  return protections.length > 0 && protections.every((one) => flagAt(one, 'allow_force_push') === false);
}

function toldBy(value: string | undefined, holds: (value: string) => boolean): boolean | null {
  return value === undefined ? null : holds(value);
}
