import { LEDGER_BRANCH } from '../../../adapters/git/ref-names.ts';
import { demands, readBranchRules } from './branch-rules.ts';
import { isHistorySafe } from './check-github-branch.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';
import { valueAt, type SettingsReader } from './github-settings.ts';
import { judgeSetting, type Setting } from './judge-setting.ts';

const write = buildCheckWriter('github', LEDGER_BRANCH);

/** The branch with the record of what was applied. */
export async function checkGithubLedger(settings: SettingsReader): Promise<readonly Check[]> {
  const rules = await readBranchRules(settings, LEDGER_BRANCH);
  const why = rules.why ?? undefined;
  const safe: Setting = {
    id: 'github.ledger',
    subject: LEDGER_BRANCH,
    good: 'neither force pushes nor deletion',
    bad: 'the record of what was applied can be rewritten or deleted',
    code: 'LEDGER_UNPROTECTED',
    fix: `In Settings, Rules, Rulesets, set for ${LEDGER_BRANCH}: “Block force pushes” and “Restrict deletions”.`,
  };
  const isLimited = demands(rules, 'update', {
    byRule: () => true,
    byProtection: (protection) =>
      valueAt(protection, 'restrictions') !== undefined && valueAt(protection, 'restrictions') !== null,
  });
  return [judgeSetting(safe, isHistorySafe(rules), why), judgePushers(isLimited, why)];
}

/** A record that somebody else pushes stops every apply until it is looked at; it cannot make one pass. */
function judgePushers(isLimited: boolean | null, why = ''): Check {
  if (isLimited === null) return write.unknown('github.ledgerPush', why);
  if (isLimited) return write.passed('github.ledgerPush', 'only who is named may push');
  const fix = `In Settings, Rules, Rulesets, set for ${LEDGER_BRANCH}: “Restrict updates”, with GitHub Actions in its bypass list.`;
  const diagnosis = buildDiagnosis({ code: 'LEDGER_OPEN', error: 'PIPELINE_SETTINGS' }, fix);
  return write.warned('github.ledgerPush', 'whoever can push to the repository can add records', diagnosis);
}
