import type { SettingAnswer } from '../../../../model/forge/setting.ts';
import type { GithubSettings } from './github-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../../../../adapters/forge/settings/setting-values.ts';

/** Everything in force on one branch: rules of rulesets, and the older branch protection. */
export interface BranchRules {
  /** Of rulesets of the repository and the organisation. */
  readonly rules: readonly unknown[];
  /** Null: there is none. */
  readonly protection: unknown;
  /** Why not all of it is known; null: it is. */
  readonly why: string | null;
}

export async function readBranchRules(settings: GithubSettings, branch: string): Promise<BranchRules> {
  const name = encodeURIComponent(branch);
  const [rules, protection] = await Promise.all([
    settings.read(`/rules/branches/${name}?per_page=100`, 'Metadata'),
    settings.read(`/branches/${name}/protection`, 'Administration'),
  ]);
  const list = rules.isKnown && Array.isArray(rules.data) ? (rules.data as readonly unknown[]) : [];
  const unread = [rules, protection].find(({ isKnown }) => !isKnown) as (SettingAnswer & { why?: string }) | undefined;
  return { rules: list, protection: protection.isKnown ? protection.data : null, why: unread?.why ?? null };
}

/** How each of the two says so. */
export interface Demand {
  readonly byRule: (parameters: unknown) => boolean;
  readonly byProtection: (protection: unknown) => boolean;
}

/** True if a rule or the protection demands it; false only if both are known and neither does. */
export function demands(
  { rules, protection, why }: BranchRules,
  type: string,
  { byRule, byProtection }: Demand,
): boolean | null {
  const isDemanded =
    rules.some((rule) => textAt(rule, 'type') === type && byRule(valueAt(rule, 'parameters'))) ||
    (protection !== null && byProtection(protection));
  return isDemanded || (why === null ? false : null);
}

/** Who may go around the rules, and why that is not wholly known; `by`: the names of places and kinds. */
export async function readBypasses(
  settings: GithubSettings,
  { rules, protection, why }: BranchRules,
): Promise<{ readonly by: readonly string[]; readonly why: string | null }> {
  const ids = [...new Set(rules.map((rule) => valueAt(rule, 'ruleset_id')).filter((id) => typeof id === 'number'))];
  const rulesets = await Promise.all(
    ids.map((id) => settings.read(`/rulesets/${id}?includes_parents=true`, 'Administration')),
  );
  const by = rulesets.flatMap((answer) => (answer.isKnown ? actorsOf(answer.data) : []));
  const isHidden = rulesets.some((answer) => !answer.isKnown || valueAt(answer.data, 'bypass_actors') === undefined);
  const hidden = isHidden ? 'GitHub shows who may bypass a ruleset only with “Administration: write”' : null;
  return { by: [...by, ...bypassesOf(protection)], why: why ?? hidden };
}

function actorsOf(ruleset: unknown): readonly string[] {
  const name = textAt(ruleset, 'name') ?? 'a ruleset';
  return listAt(ruleset, 'bypass_actors').map((actor) => `${name}: ${textAt(actor, 'actor_type') ?? 'somebody'}`);
}

function bypassesOf(protection: unknown): readonly string[] {
  if (protection === null) return [];
  const allowances = ['users', 'teams', 'apps'].flatMap((kind) =>
    listAt(protection, 'required_pull_request_reviews', 'bypass_pull_request_allowances', kind).map(
      (actor) => `branch protection: ${textAt(actor, 'login') ?? textAt(actor, 'slug') ?? kind}`,
    ),
  );
  const isForAdmins = flagAt(protection, 'enforce_admins', 'enabled') === true;
  return isForAdmins ? allowances : ['branch protection: administrators', ...allowances];
}
