import { LEDGER_BRANCH } from '../../../../adapters/git/ref-names.ts';
import { demands, readBranchRules } from './branch-rules.ts';
import { isHistorySafe } from './check-github-branch.ts';
import type { Check } from '../../check.ts';
import type { GithubSettings } from './github-settings.ts';
import { valueAt } from '../../../../adapters/forge/settings/setting-values.ts';
import { ledgerSetting, pushersSetting } from '../../../../adapters/forge/settings/common-settings.ts';
import { judgeOn } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

/** The branch with the record of what was applied. */
export async function checkGithubLedger(settings: GithubSettings): Promise<readonly Check[]> {
  const rules = await readBranchRules(settings, LEDGER_BRANCH);
  const why = rules.why ?? undefined;
  const isLimited = demands(rules, 'update', {
    byRule: () => true,
    byProtection: (protection) =>
      valueAt(protection, 'restrictions') !== undefined && valueAt(protection, 'restrictions') !== null,
  });
  const where = `In Settings, Rules, Rulesets, set for ${LEDGER_BRANCH}:`;
  const safe = ledgerSetting(LEDGER_BRANCH, `${where} “Block force pushes” and “Restrict deletions”.`);
  const pushers = pushersSetting(LEDGER_BRANCH, `${where} “Restrict updates”, with GitHub Actions in its bypass list.`);
  return [judgeSetting(safe, isHistorySafe(rules), why), judgeSetting(pushers, isLimited, why)];
}
