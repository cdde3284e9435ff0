import { forgejoSecret } from '../../../model/forge/forgejo-secret.ts';
import type { SettingFinding, SettingsQuestion, SettingsReader } from '../../../model/forge/setting.ts';
import { ledgerSetting, privacySetting, pushersSetting, TAGS_SETTING } from '../settings/common-settings.ts';
import { judgeAnswer, type AnsweredSetting } from '../settings/judge-answer.ts';
import { isMeant } from '../settings/name-pattern.ts';
import type { RepositorySettings } from '../settings/repository-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../settings/setting-values.ts';

const SIZE = 'limit=50';
const BRANCHES = 'In Settings, Branches,';

/** The settings of a repository on Forgejo or Gitea against the checklist that `init --ci forgejo` writes. */
export class ForgejoSettings implements SettingsReader {
  readonly #settings: RepositorySettings;

  constructor(settings: RepositorySettings) {
    this.#settings = settings;
  }

  async readSettings(question: SettingsQuestion): Promise<readonly SettingFinding[]> {
    const settings = this.#settings;
    const [repository, rules, tags, secrets] = await Promise.all([
      settings.read(''),
      settings.read('/branch_protections'),
      settings.read('/tag_protections'),
      settings.readAll('/actions/secrets', SIZE),
    ]);
    const privacy = privacySetting('In Settings, tick “Make repository private”.');
    return [
      ...judgeAnswer(repository, [{ ...privacy, holds: (data) => flagAt(data, 'private') }]),
      ...judgeAnswer(rules, [...branchSettings(question), ...ledgerSettings(question.ledger)]),
      ...judgeAnswer(tags, [tagsSetting(question.tag)]),
      ...judgeAnswer(secrets, [secretsSetting(question)]),
    ];
  }
}

/** One line of the checklist for the branch, without where that is set. */
interface Row extends Omit<AnsweredSetting, 'subject' | 'fix'> {
  readonly tick: string;
}

const RULES: readonly Row[] = [
  {
    id: 'forge.pullRequest',
    good: 'nobody pushes: every change needs a pull request',
    bad: 'somebody can push to it without a pull request',
    code: 'PULL_REQUEST_OPTIONAL',
    tick: '“Disable push”.',
    holds: (rule) => flagAt(rule, 'enable_push') === false,
  },
  {
    id: 'forge.merging',
    good: 'only who is named merges',
    bad: 'everybody who may write can merge',
    code: 'ANYBODY_MERGES',
    tick: '“Enable merge allowlist”, with the reviewers.',
    holds: (rule) => flagAt(rule, 'enable_merge_whitelist') === true,
  },
  {
    id: 'forge.staleApprovals',
    good: 'later commits dismiss approvals',
    bad: 'an approval stays after a later commit',
    code: 'STALE_APPROVALS_COUNT',
    tick: '“Dismiss stale approvals”.',
    holds: (rule) => flagAt(rule, 'dismiss_stale_approvals') === true,
  },
  {
    id: 'forge.objections',
    good: 'a rejecting review blocks the merge',
    bad: 'a plan that somebody rejected can be merged',
    code: 'OBJECTIONS_IGNORED',
    tick: '“Block merge on rejected reviews”.',
    holds: (rule) => flagAt(rule, 'block_on_rejected_reviews') === true,
  },
  {
    id: 'forge.upToDate',
    good: 'a pull request must hold the newest commit of the branch',
    bad: 'a plan made before the last merge can still be merged',
    code: 'BRANCH_MAY_BE_BEHIND',
    tick: '“Block merge if pull request is outdated”.',
    holds: (rule) => flagAt(rule, 'block_on_outdated_branch') === true,
  },
  {
    id: 'forge.reviewCheck',
    good: 'must be green before a merge',
    bad: 'a plan that was not verified can be merged',
    code: 'REVIEW_CHECK_OPTIONAL',
    tick: '“Enable status check”, with the pattern review*.',
    holds: (rule) => flagAt(rule, 'enable_status_check') === true && hasReview(rule),
  },
  {
    id: 'forge.bypass',
    good: 'nobody may go around the rules',
    bad: 'administrators may go around the rules',
    code: 'RULES_BYPASSABLE',
    tick: '“Apply to administrators” (Gitea: “Block admin merge override”).',
    // Forgejo has the first name, Gitea the second.
    holds: (rule) =>
      rule === undefined ? false : (flagAt(rule, 'apply_to_admins') ?? flagAt(rule, 'block_admin_merge_override')),
  },
  {
    id: 'forge.forcePush',
    good: 'neither force pushes nor deletion',
    bad: 'its history can be rewritten or deleted',
    code: 'FORCE_PUSH_ALLOWED',
    tick: 'protect it, without force push.',
    holds: isHistorySafe,
  },
];

function branchSettings({ branch: name, minimum }: SettingsQuestion): readonly AnsweredSetting[] {
  return [approvalCount(minimum), ...RULES].map(({ tick, holds, ...row }) => ({
    ...row,
    subject: name,
    fix: `${BRANCHES} set for ${name}: ${tick}`,
    holds: (data) => holds(ruleOf(data, name)),
  }));
}

function approvalCount(minimum: number): Row {
  return {
    id: 'forge.approvals',
    good: `at least ${minimum} must approve`,
    bad: `fewer than ${minimum} approvals are enough for a merge`,
    code: 'APPROVALS_TOO_FEW',
    tick: `“Required approvals” to ${minimum}.`,
    holds: (rule) => Number(valueAt(rule, 'required_approvals') ?? 0) >= minimum,
  };
}

function ledgerSettings(ledger: string): readonly AnsweredSetting[] {
  const rows = [
    { ...ledgerSetting(ledger, `${BRANCHES} protect ${ledger}, without force push.`), holds: isHistorySafe },
    {
      ...pushersSetting(
        ledger,
        `${BRANCHES} set for ${ledger}: “Allowlist restricted push” to the owner of ZIVVER_GITOPS_FORGE_TOKEN.`,
      ),
      holds: isPushLimited,
    },
  ];
  return rows.map(({ holds, ...row }) => ({ ...row, holds: (data) => holds(ruleOf(data, ledger)) }));
}

function tagsSetting(tag: string): AnsweredSetting {
  return {
    ...TAGS_SETTING,
    fix: 'In Settings, Tags, protect zivver-gitops/* for the owner of ZIVVER_GITOPS_FORGE_TOKEN.',
    holds: (data) => {
      const patterns = listAt(data).map((one) => textAt(one, 'name_pattern') ?? '');
      if (patterns.some((pattern) => isMeant(tag, pattern))) return true;
      // An expression between slashes is not worked out here.
      return patterns.some((pattern) => pattern.startsWith('/')) ? null : false;
    },
  };
}

/** A secret of the owner (an organisation of Forgejo) is not in this list, and serves as well. */
function secretsSetting({ organisation, secrets: { plan, apply } }: SettingsQuestion): AnsweredSetting {
  const needed = [
    'ZIVVER_GITOPS_FORGE_TOKEN',
    ...plan.map((name) => forgejoSecret(organisation, 'plan', name)),
    ...apply.map((name) => forgejoSecret(organisation, 'apply', name)),
  ];
  return {
    id: 'forge.environmentSecret',
    subject: organisation,
    good: 'all secrets of its jobs are there',
    bad: 'a secret of its jobs is missing',
    code: 'SECRET_ABSENT',
    fix: `Have in Settings, Actions, Secrets: ${needed.join(', ')}`,
    holds: (data) => {
      const names = listAt(data).map((one) => textAt(one, 'name') ?? '');
      return needed.every((name) => names.includes(name));
    },
  };
}

/** The rule of this very name, else the first whose pattern means it; undefined: nothing protects it. */
function ruleOf(data: unknown, branch: string): unknown {
  const rules = listAt(data);
  return rules.find((rule) => patternOf(rule) === branch) ?? rules.find((rule) => isMeant(branch, patternOf(rule)));
}

function patternOf(rule: unknown): string {
  return textAt(rule, 'rule_name') || (textAt(rule, 'branch_name') ?? '');
}

/** Forgejo never lets anybody force what is protected; Gitea does where a rule says so. */
function isHistorySafe(rule: unknown): boolean {
  return rule !== undefined && flagAt(rule, 'enable_force_push') !== true;
}

function isPushLimited(rule: unknown): boolean {
  const isOff = flagAt(rule, 'enable_push') === false;
  return rule !== undefined && (isOff || flagAt(rule, 'enable_push_whitelist') === true);
}

/** The context of the job is `review / review (pull_request)`. */
function hasReview(rule: unknown): boolean {
  const contexts = listAt(rule, 'status_check_contexts').filter((one): one is string => typeof one === 'string');
  return contexts.some((pattern) => isMeant('review / review (pull_request)', pattern) || pattern === 'review');
}
