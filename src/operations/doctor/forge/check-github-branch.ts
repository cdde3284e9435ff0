import { demands, readBranchRules, readBypasses, type BranchRules } from './branch-rules.ts';
import type { Check } from '../check.ts';
import { flagAt, listAt, textAt, valueAt, type SettingsReader } from './github-settings.ts';
import { judgeSetting, type Setting } from './judge-setting.ts';

const PLACE = 'In Settings, Rules, Rulesets,';
const REVIEWS = 'required_pull_request_reviews';
const CHECKS = 'required_status_checks';

/** The branch whose merges are approvals: nothing comes to it but what people reviewed. */
export async function checkGithubBranch(
  settings: SettingsReader,
  branch: string,
  minimumApprovals: number,
): Promise<readonly Check[]> {
  const rules = await readBranchRules(settings, branch);
  return [
    ...checkReviews(rules, branch, minimumApprovals),
    ...checkStatus(rules, branch),
    checkForcePush(rules, branch),
    await checkBypass(settings, rules, branch),
  ];
}

function checkReviews(rules: BranchRules, branch: string, minimum: number): readonly Check[] {
  const judge = (
    setting: Omit<Setting, 'subject'>,
    byRule: (parameters: unknown) => boolean,
    byProtection: (reviews: unknown) => boolean,
  ): Check => {
    const holds = demands(rules, 'pull_request', byRule, (protection) => {
      const reviews = valueAt(protection, REVIEWS);
      return reviews !== undefined && reviews !== null && byProtection(reviews);
    });
    return judgeSetting({ ...setting, subject: branch }, holds, rules.why ?? undefined);
  };
  const counts = (data: unknown): boolean => Number(valueAt(data, 'required_approving_review_count') ?? 0) >= minimum;
  const has =
    (...names: readonly string[]) =>
    (data: unknown): boolean =>
      names.some((name) => flagAt(data, name) === true);
  const always = (): boolean => true;
  const stale = has('dismiss_stale_reviews_on_push', 'dismiss_stale_reviews');
  const owners = has('require_code_owner_review', 'require_code_owner_reviews');
  const lastPush = has('require_last_push_approval');
  return [
    judge(
      buildSetting('pullRequest', 'every change needs a pull request', 'PULL_REQUEST_OPTIONAL', branch),
      always,
      always,
    ),
    judge(
      buildSetting('approvals', `at least ${minimum} must approve`, 'APPROVALS_TOO_FEW', branch, minimum),
      counts,
      counts,
    ),
    judge(
      buildSetting('staleApprovals', 'later commits dismiss approvals', 'STALE_APPROVALS_COUNT', branch),
      stale,
      stale,
    ),
    judge(
      buildSetting('lastPush', 'the last push must be approved', 'LAST_PUSH_UNAPPROVED', branch),
      lastPush,
      lastPush,
    ),
    judge(buildSetting('codeOwners', 'code owners must approve', 'CODE_OWNERS_OPTIONAL', branch), owners, owners),
  ];
}

/** What is wrong and its cure, for the settings below “Require a pull request before merging”. */
function buildSetting(
  name: keyof typeof REVIEW_FAULTS,
  good: string,
  code: Setting['code'],
  branch: string,
  minimum = 1,
): Omit<Setting, 'subject'> {
  const [bad, tick] = REVIEW_FAULTS[name];
  const ticked = tick.replace('N', String(minimum));
  return {
    id: `github.${name}`,
    good,
    bad: bad.replace('N', String(minimum)),
    code,
    fix: `${PLACE} set for ${branch}: ${ticked}`,
  };
}

const REVIEW_FAULTS = {
  pullRequest: [
    'anybody who can push can change it without a pull request',
    '“Require a pull request before merging”.',
  ],
  approvals: ['fewer than N approvals are enough for a merge', '“Required approvals” to N.'],
  staleApprovals: [
    'an approval stays after a later commit',
    '“Dismiss stale pull request approvals when new commits are pushed”.',
  ],
  lastPush: [
    'whoever pushed last can be the one who approves',
    '“Require approval of the most recent reviewable push”.',
  ],
  codeOwners: ['somebody who owns none of the files can approve', '“Require review from Code Owners”.'],
} as const;

function checkStatus(rules: BranchRules, branch: string): readonly Check[] {
  const isReview = (check: unknown): boolean => textAt(check, 'context') === 'review' || check === 'review';
  const isRequired = demands(
    rules,
    CHECKS,
    (parameters) => listAt(parameters, CHECKS).some(isReview),
    (protection) => [...listAt(protection, CHECKS, 'checks'), ...listAt(protection, CHECKS, 'contexts')].some(isReview),
  );
  const isStrict = demands(
    rules,
    CHECKS,
    (parameters) => flagAt(parameters, 'strict_required_status_checks_policy') === true,
    (protection) => flagAt(protection, CHECKS, 'strict') === true,
  );
  const why = rules.why ?? undefined;
  const review: Setting = {
    id: 'github.reviewCheck',
    subject: branch,
    good: 'must be green before a merge',
    bad: 'a plan that was not verified can be merged',
    code: 'REVIEW_CHECK_OPTIONAL',
    fix: `${PLACE} add for ${branch} under “Require status checks to pass”: review`,
  };
  const upToDate: Setting = {
    id: 'github.upToDate',
    subject: branch,
    good: 'a pull request must hold the newest commit of the branch',
    bad: 'a plan made before the last merge can still be merged',
    code: 'BRANCH_MAY_BE_BEHIND',
    fix: `${PLACE} set for ${branch}: “Require branches to be up to date before merging”.`,
  };
  return [judgeSetting(review, isRequired, why), judgeSetting(upToDate, isStrict, why)];
}

/** Of both branches: history cannot be rewritten or thrown away. */
export function isHistorySafe(rules: BranchRules): boolean | null {
  const noForce = demands(rules, 'non_fast_forward', isPresent, forbids('allow_force_pushes'));
  const noDeletion = demands(rules, 'deletion', isPresent, forbids('allow_deletions'));
  if (noForce === false || noDeletion === false) return false;
  return noForce === true && noDeletion === true ? true : null;
}

function isPresent(): boolean {
  return true;
}

function forbids(name: string): (protection: unknown) => boolean {
  return (protection) => flagAt(protection, name, 'enabled') === false;
}

function checkForcePush(rules: BranchRules, branch: string): Check {
  const setting: Setting = {
    id: 'github.forcePush',
    subject: branch,
    good: 'neither force pushes nor deletion',
    bad: 'its history can be rewritten or deleted',
    code: 'FORCE_PUSH_ALLOWED',
    fix: `${PLACE} set for ${branch}: “Block force pushes” and “Restrict deletions”.`,
  };
  return judgeSetting(setting, isHistorySafe(rules), rules.why ?? undefined);
}

async function checkBypass(settings: SettingsReader, rules: BranchRules, branch: string): Promise<Check> {
  const { by, why } = await readBypasses(settings, rules);
  const setting: Setting = {
    id: 'github.bypass',
    subject: branch,
    good: 'nobody may bypass the rules',
    bad: 'some may go around the rules',
    code: 'RULES_BYPASSABLE',
    fix: `Empty the bypass list of the rulesets for ${branch}; in branch protection set “Do not allow bypassing the above settings”.`,
    details: by,
  };
  const holds = by.length > 0 ? false : why === null ? true : null;
  return judgeSetting(setting, holds, why ?? undefined);
}
