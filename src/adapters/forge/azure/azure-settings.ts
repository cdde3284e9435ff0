import type { SettingAnswer, SettingFinding, SettingsQuestion, SettingsReader } from '../../../model/forge/setting.ts';
import { privacySetting } from '../settings/common-settings.ts';
import { judgeAnswer, type AnsweredSetting } from '../settings/judge-answer.ts';
import type { RepositorySettings } from '../settings/repository-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../settings/setting-values.ts';

const VERSION = 'api-version=7.1';
const BRANCHES = 'In Repos, Branches, Branch policies,';

/** Ids of the kinds of policies, the same everywhere: https://learn.microsoft.com/rest/api/azure/devops/policy/types */
const REVIEWERS = 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd';
const BUILD = '0609b952-1397-4640-95ec-e00a01b2c241';
const INCLUDED = 'fd2167ab-b0be-447a-8ec8-39368250530e';

/** The settings of a project on Azure DevOps against the checklist that `init --ci azure` writes. */
export class AzureSettings implements SettingsReader {
  readonly #settings: RepositorySettings;
  readonly #repository: string;

  /** `settings`: of the project. `repository`: name or id. */
  constructor(settings: RepositorySettings, repository: string) {
    this.#settings = settings;
    this.#repository = repository;
  }

  async readSettings(question: SettingsQuestion): Promise<readonly SettingFinding[]> {
    const settings = this.#settings;
    const found = await settings.read(`/git/repositories/${encodeURIComponent(this.#repository)}?${VERSION}`);
    const id = found.isKnown ? (textAt(found.data, 'id') ?? '') : '';
    const query = `repositoryId=${encodeURIComponent(id)}&refName=${encodeURIComponent(`refs/heads/${question.branch}`)}`;
    const [policies, groups] = await Promise.all([
      found.isKnown ? settings.read(`/git/policy/configurations?${query}&${VERSION}`) : found,
      settings.read(`/distributedtask/variablegroups?groupName=zivver-*&${VERSION}`),
    ]);
    const privacy: AnsweredSetting = {
      ...privacySetting('In Project settings, Overview, set the visibility to Private.'),
      holds: (data) => {
        const visibility = textAt(data, 'project', 'visibility');
        return visibility === undefined ? null : visibility === 'private';
      },
    };
    return [
      ...judgeAnswer(found, [privacy]),
      ...judgeAnswer(policies, policySettings(question)),
      ...judgeGroups(groups, question),
    ];
  }
}

/** One line of the checklist for the branch, without where that is set. */
interface Row extends Omit<AnsweredSetting, 'subject' | 'fix'> {
  readonly tick: string;
}

const POLICIES: readonly Row[] = [
  {
    id: 'forge.staleApprovals',
    good: 'later commits reset all votes',
    bad: 'a vote outlives the plan it was given for',
    code: 'STALE_APPROVALS_COUNT',
    tick: '“When new changes are pushed: reset all code reviewer votes”.',
    holds: isSet(REVIEWERS, 'resetOnSourcePush', true),
  },
  {
    id: 'forge.lastPush',
    good: 'who pushed last cannot be the one who approves',
    bad: 'whoever pushed last can be the one who approves',
    code: 'LAST_PUSH_UNAPPROVED',
    tick: '“Prohibit the most recent pusher from approving their own changes”.',
    holds: isSet(REVIEWERS, 'blockLastPusherVote', true),
  },
  {
    id: 'forge.ownApproval',
    good: 'who opened it cannot approve',
    bad: 'who made a plan can approve it',
    code: 'OWN_APPROVAL_COUNTS',
    tick: 'without “Allow requestors to approve their own changes”.',
    holds: isSet(REVIEWERS, 'creatorVoteCounts', false),
  },
  {
    id: 'forge.objections',
    good: 'who waits or rejects blocks the merge',
    bad: 'a plan that somebody rejected can be merged',
    code: 'OBJECTIONS_IGNORED',
    tick: 'without “Allow completion even if some reviewers vote to wait or reject”.',
    holds: isSet(REVIEWERS, 'allowDownvotes', false),
  },
  {
    id: 'forge.codeOwners',
    good: 'named reviewers must approve',
    bad: 'anybody who may vote can approve',
    code: 'CODE_OWNERS_OPTIONAL',
    tick: '“Automatically included reviewers”, required.',
    holds: (data) => settingsOf(data, INCLUDED).length > 0,
  },
  {
    id: 'forge.reviewCheck',
    good: 'a build must be green before a merge',
    bad: 'a plan that was not verified can be merged',
    code: 'REVIEW_CHECK_OPTIONAL',
    tick: '“Build validation” with the pipeline review, required.',
    holds: (data) => settingsOf(data, BUILD).length > 0,
  },
  {
    id: 'forge.upToDate',
    good: 'that build expires when the branch moves',
    bad: 'a plan made before the last merge can still be merged',
    code: 'BRANCH_MAY_BE_BEHIND',
    tick: '“Build expiration: immediately”.',
    holds: (data) =>
      settingsOf(data, BUILD).some(
        (one) => valueAt(one, 'validDuration') === 0 && flagAt(one, 'queueOnSourceUpdateOnly') === false,
      ),
  },
];

function policySettings({ branch: name, minimum }: SettingsQuestion): readonly AnsweredSetting[] {
  return [approvalCount(minimum), ...POLICIES].map(({ tick, ...row }) => ({
    ...row,
    subject: name,
    fix: `${BRANCHES} set for ${name}: ${tick}`,
  }));
}

function approvalCount(minimum: number): Row {
  return {
    id: 'forge.approvals',
    good: `at least ${minimum} must approve`,
    bad: `fewer than ${minimum} votes are enough for a merge`,
    code: 'APPROVALS_TOO_FEW',
    tick: `“Require a minimum number of reviewers” to ${minimum}.`,
    holds: (data) => settingsOf(data, REVIEWERS).some((one) => Number(valueAt(one, 'minimumApproverCount')) >= minimum),
  };
}

/** Of the policies of one kind that are switched on and must be met. */
function settingsOf(data: unknown, kind: string): readonly unknown[] {
  return listAt(data, 'value')
    .filter((policy) => textAt(policy, 'type', 'id') === kind)
    .filter((policy) => flagAt(policy, 'isEnabled') === true && flagAt(policy, 'isBlocking') === true)
    .map((policy) => valueAt(policy, 'settings'));
}

function isSet(kind: string, name: string, wanted: boolean): (data: unknown) => boolean {
  return (data) => settingsOf(data, kind).some((one) => flagAt(one, name) === wanted);
}

/** The values of secret variables are in no answer of Azure DevOps. */
function judgeGroups(
  groups: SettingAnswer,
  { organisation, secrets: { plan, apply } }: SettingsQuestion,
): readonly SettingFinding[] {
  const rows = Object.entries({ plan, apply }).map(([job, needed]): AnsweredSetting => {
    const name = `zivver-${job}-${organisation}`;
    return {
      id: 'forge.environmentSecret',
      subject: name,
      good: `has ${needed.join(', ')}, all secret`,
      bad: 'a variable of its jobs is missing, or is not secret',
      code: 'SECRET_ABSENT',
      fix: `Have in Pipelines, Library, ${name}, each marked secret: ${needed.join(', ')}`,
      holds: (data) => {
        const group = listAt(data, 'value').find((one) => textAt(one, 'name') === name);
        return needed.every((variable) => flagAt(group, 'variables', variable, 'isSecret') === true);
      },
    };
  });
  return judgeAnswer(groups, rows);
}
