import { LEDGER_BRANCH } from '../../../../adapters/git/ref-names.ts';
import { demands, readBranchRules } from './branch-rules.ts';
import { isHistorySafe } from './check-github-branch.ts';
import type { Check } from '../../check.ts';
import type { SettingsReader } from './github-settings.ts';
import { valueAt } from '../setting-values.ts';
import { LEDGER_SETTING } from '../common-settings.ts';
import { judgePushers } from '../judge-pushers.ts';
import { judgeOn, type Setting } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

const PUSH_FIX = `In Settings, Rules, Rulesets, set for ${LEDGER_BRANCH}: “Restrict updates”, with GitHub Actions in its bypass list.`;

/** The branch with the record of what was applied. */
export async function checkGithubLedger(settings: SettingsReader): Promise<readonly Check[]> {
  const rules = await readBranchRules(settings, LEDGER_BRANCH);
  const why = rules.why ?? undefined;
  const safe: Setting = {
    ...LEDGER_SETTING,
    fix: `In Settings, Rules, Rulesets, set for ${LEDGER_BRANCH}: “Block force pushes” and “Restrict deletions”.`,
  };
  const isLimited = demands(rules, 'update', {
    byRule: () => true,
    byProtection: (protection) =>
      valueAt(protection, 'restrictions') !== undefined && valueAt(protection, 'restrictions') !== null,
  });
  return [
    judgeSetting(safe, isHistorySafe(rules), why),
    judgePushers('github', { fix: PUSH_FIX, isLimited, ...(rules.why !== null && { why: rules.why }) }),
  ];
}
