import { demands, readBranchRules, readBypasses, type BranchRules, type Demand } from './branch-rules.ts';
import type { Check } from '../../check.ts';
import type { GithubSettings } from './github-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../../../../adapters/forge/settings/setting-values.ts';
import type { Setting } from '../../../../model/forge/setting.ts';
import { judgeOn } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

const PLACE = 'In Settings, Rules, Rulesets,';
const REVIEWS = 'required_pull_request_reviews';
const CHECKS = 'required_status_checks';

/** The branch whose merges are approvals: nothing comes to it but what people reviewed. */
export async function checkGithubBranch(
  settings: GithubSettings,
  branch: string,
  minimum: number,
): Promise<readonly Check[]> {
  const rules = await readBranchRules(settings, branch);
  return [
    ...checkReviews(rules, branch, minimum),
    ...checkStatus(rules, branch),
    checkForcePush(rules, branch),
    await checkBypass(settings, rules, branch),
  ];
}

/** One setting below “Require a pull request before merging”; a rule and the old protection say it in the same words. */
interface ReviewSetting extends Pick<Setting, 'id' | 'good' | 'bad' | 'code'> {
  readonly tick: string;
  readonly isSet: (data: unknown) => boolean;
}

function checkReviews(rules: BranchRules, branch: string, minimum: number): readonly Check[] {
  return reviewSettings(minimum).map(({ tick, isSet, ...setting }) => {
    const holds = demands(rules, 'pull_request', {
      byRule: isSet,
      byProtection: (protection) => {
        const reviews = valueAt(protection, REVIEWS);
        return reviews !== undefined && reviews !== null && isSet(reviews);
      },
    });
    const fix = `${PLACE} set for ${branch}: ${tick}`;
    return judgeSetting({ ...setting, fix, subject: branch }, holds, rules.why ?? undefined);
  });
}

function reviewSettings(minimum: number): readonly ReviewSetting[] {
  return [
    {
      id: 'forge.pullRequest',
      good: 'every change needs a pull request',
      bad: 'anybody who can push can change it without a pull request',
      code: 'PULL_REQUEST_OPTIONAL',
      tick: '“Require a pull request before merging”.',
      isSet: () => true,
    },
    {
      id: 'forge.approvals',
      good: `at least ${minimum} must approve`,
      bad: `fewer than ${minimum} approvals are enough for a merge`,
      code: 'APPROVALS_TOO_FEW',
      tick: `“Required approvals” to ${minimum}.`,
      isSet: (data) => Number(valueAt(data, 'required_approving_review_count') ?? 0) >= minimum,
    },
    {
      id: 'forge.staleApprovals',
      good: 'later commits dismiss approvals',
      bad: 'an approval stays after a later commit',
      code: 'STALE_APPROVALS_COUNT',
      tick: '“Dismiss stale pull request approvals when new commits are pushed”.',
      isSet: has('dismiss_stale_reviews_on_push', 'dismiss_stale_reviews'),
    },
    {
      id: 'forge.lastPush',
      good: 'the last push must be approved',
      bad: 'whoever pushed last can be the one who approves',
      code: 'LAST_PUSH_UNAPPROVED',
      tick: '“Require approval of the most recent reviewable push”.',
      isSet: has('require_last_push_approval'),
    },
    {
      id: 'forge.codeOwners',
      good: 'code owners must approve',
      bad: 'somebody who owns none of the files can approve',
      code: 'CODE_OWNERS_OPTIONAL',
      tick: '“Require review from Code Owners”.',
      isSet: has('require_code_owner_review', 'require_code_owner_reviews'),
    },
  ];
}

/** True under any of the names. */
function has(...names: readonly string[]): (data: unknown) => boolean {
  return (data) => names.some((name) => flagAt(data, name) === true);
}

function checkStatus(rules: BranchRules, branch: string): readonly Check[] {
  const isReview = (check: unknown): boolean => textAt(check, 'context') === 'review' || check === 'review';
  const isRequired = demands(rules, CHECKS, {
    byRule: (parameters) => listAt(parameters, CHECKS).some(isReview),
    byProtection: (protection) =>
      [...listAt(protection, CHECKS, 'checks'), ...listAt(protection, CHECKS, 'contexts')].some(isReview),
  });
  const isStrict = demands(rules, CHECKS, {
    byRule: (parameters) => flagAt(parameters, 'strict_required_status_checks_policy') === true,
    byProtection: (protection) => flagAt(protection, CHECKS, 'strict') === true,
  });
  const why = rules.why ?? undefined;
  const review: Setting = {
    id: 'forge.reviewCheck',
    subject: branch,
    good: 'must be green before a merge',
    bad: 'a plan that was not verified can be merged',
    code: 'REVIEW_CHECK_OPTIONAL',
    fix: `${PLACE} add for ${branch} under “Require status checks to pass”: review`,
  };
  const upToDate: Setting = {
    id: 'forge.upToDate',
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
  const noForce = demands(rules, 'non_fast_forward', forbidden('allow_force_pushes'));
  const noDeletion = demands(rules, 'deletion', forbidden('allow_deletions'));
  if (noForce === false || noDeletion === false) return false;
  return noForce === true && noDeletion === true ? true : null;
}

/** That the rule is there, or the protection does not allow it by this name. */
function forbidden(name: string): Demand {
  return { byRule: () => true, byProtection: (protection) => flagAt(protection, name, 'enabled') === false };
}

function checkForcePush(rules: BranchRules, branch: string): Check {
  const setting: Setting = {
    id: 'forge.forcePush',
    subject: branch,
    good: 'neither force pushes nor deletion',
    bad: 'its history can be rewritten or deleted',
    code: 'FORCE_PUSH_ALLOWED',
    fix: `${PLACE} set for ${branch}: “Block force pushes” and “Restrict deletions”.`,
  };
  return judgeSetting(setting, isHistorySafe(rules), rules.why ?? undefined);
}

async function checkBypass(settings: GithubSettings, rules: BranchRules, branch: string): Promise<Check> {
  const { by, why } = await readBypasses(settings, rules);
  const setting: Setting = {
    id: 'forge.bypass',
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
