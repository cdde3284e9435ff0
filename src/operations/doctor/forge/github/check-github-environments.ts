import type { Configuration } from '../../../../model/configuration/configuration.ts';
import type { Check } from '../../check.ts';
import { namesIn, type GithubSettings } from './github-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../../../../adapters/forge/settings/setting-values.ts';
import { neededSecrets } from '../../../../model/configuration/needed-secrets.ts';
import type { Setting } from '../../../../model/forge/setting.ts';
import { judgeOn } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

interface Environment {
  readonly name: string;
  readonly needed: readonly string[];
  /** Must not lie here. */
  readonly foreign: readonly string[];
}

/** The environments of one organisation: each there, limited to the branch, with its secrets and nobody else's. */
export async function checkGithubEnvironments(
  settings: GithubSettings,
  configuration: Configuration,
): Promise<readonly Check[]> {
  const environments = environmentsOf(configuration);
  const listed = await settings.read('/environments?per_page=100', 'Actions');
  const names = listed.isKnown ? namesIn(listed.data, 'environments') : null;
  const why = listed.isKnown ? 'GitHub does not list all environments' : listed.why;
  const { branch } = configuration.approval;
  const checks = await Promise.all(
    environments.map(async (environment) => {
      const exists = names === null ? null : names.includes(environment.name);
      const found = judgeSetting(existence(environment.name), exists, why);
      if (exists !== true) return [found];
      const one = listAt(listed.isKnown ? listed.data : null, 'environments').find(
        (candidate) => textAt(candidate, 'name') === environment.name,
      );
      return [
        found,
        await checkBranchPolicy(settings, { environment, data: one, branch }),
        await checkSecrets(settings, environment),
      ];
    }),
  );
  const all = [...new Set(environments.flatMap(({ needed }) => needed))];
  return [...checks.flat(), await checkRepositorySecrets(settings, all)];
}

function environmentsOf(configuration: Configuration): readonly Environment[] {
  const { organisation } = configuration;
  const { plan, apply, passwords } = neededSecrets(configuration);
  return [
    {
      name: `zivver-plan-${organisation}`,
      needed: [...plan, 'ZIVVER_GITOPS_PR_TOKEN'],
      foreign: ['ZIVVER_GITOPS_IDENTITY'],
    },
    { name: `zivver-apply-${organisation}`, needed: apply, foreign: passwords },
  ];
}

function existence(name: string): Setting {
  return {
    id: 'forge.environment',
    subject: name,
    good: 'exists',
    bad: 'does not exist',
    code: 'ENVIRONMENT_MISSING',
    fix: `Make it in Settings, Environments: ${name}`,
  };
}

async function checkBranchPolicy(
  settings: GithubSettings,
  { environment, data, branch }: { environment: Environment; data: unknown; branch: string },
): Promise<Check> {
  const { name } = environment;
  const isCustom = flagAt(data, 'deployment_branch_policy', 'custom_branch_policies') === true;
  const path = `/environments/${encodeURIComponent(name)}/deployment-branch-policies?per_page=100`;
  const answer = isCustom ? await settings.read(path, 'Actions') : null;
  const policies = answer?.isKnown === true ? listAt(answer.data, 'branch_policies') : [];
  const names = policies.map((policy) => `${textAt(policy, 'type') ?? 'branch'} ${textAt(policy, 'name') ?? '?'}`);
  const setting: Setting = {
    id: 'forge.environmentBranch',
    subject: name,
    good: `only ${branch} may use it`,
    bad: isCustom ? `others than ${branch} may use it` : 'a workflow on any branch could use its secrets',
    code: 'ENVIRONMENT_UNLIMITED',
    fix: `In Settings, Environments, ${name}, set “Selected branches and tags” to ${branch} and nothing else.`,
    details: names,
  };
  if (answer === null)
    return judgeSetting(setting, valueAt(data, 'deployment_branch_policy') === undefined ? null : false);
  if (!answer.isKnown) return judgeSetting(setting, null, answer.why);
  return judgeSetting(setting, names.length === 1 && names[0] === `branch ${branch}`);
}

async function checkSecrets(settings: GithubSettings, { name, needed, foreign }: Environment): Promise<Check> {
  const path = `/environments/${encodeURIComponent(name)}/secrets?per_page=100`;
  const answer = await settings.read(path, 'Environments');
  const names = answer.isKnown ? namesIn(answer.data, 'secrets') : null;
  const missing = needed.filter((secret) => names?.includes(secret) !== true);
  const strange = foreign.filter((secret) => names?.includes(secret) === true);
  const place = `Settings, Environments, ${name}`;
  const setting: Setting = {
    id: 'forge.environmentSecret',
    subject: name,
    good: `has ${needed.join(', ')}`,
    bad:
      missing.length > 0 ? `lacks ${missing.join(', ')}` : `has ${strange.join(', ')}, which belongs to the other one`,
    code: missing.length > 0 ? 'SECRET_ABSENT' : 'SECRET_MISPLACED',
    fix: missing.length > 0 ? `Add in ${place}: ${missing.join(', ')}` : `Remove from ${place}: ${strange.join(', ')}`,
  };
  if (!answer.isKnown) return judgeSetting(setting, null, answer.why);
  return judgeSetting(setting, names === null ? null : missing.length + strange.length === 0);
}

/** A secret of the whole repository or organisation is known to every workflow on every branch. */
async function checkRepositorySecrets(settings: GithubSettings, secrets: readonly string[]): Promise<Check> {
  const places = { 'this repository': '/actions/secrets', 'the organisation': '/actions/organization-secrets' };
  const answers = await Promise.all(
    Object.entries(places).map(async ([place, path]) => ({
      place,
      answer: await settings.read(`${path}?per_page=100`, 'Secrets'),
    })),
  );
  const found = answers.flatMap(({ place, answer }) =>
    answer.isKnown
      ? (namesIn(answer.data, 'secrets') ?? [])
          .filter((name) => secrets.includes(name))
          .map((name) => `${name} of ${place}`)
      : [],
  );
  const unread = answers.flatMap(({ answer }) => (answer.isKnown ? [] : [answer.why]));
  const isPartial = answers.some(({ answer }) => answer.isKnown && namesIn(answer.data, 'secrets') === null);
  const setting: Setting = {
    id: 'forge.repositorySecret',
    subject: '',
    good: 'none of these secrets exists outside the environments',
    bad: 'every workflow on every branch knows a secret that only one job may know',
    code: 'SECRET_MISPLACED',
    fix: 'Remove it there and make a new one for the environment: it may have been read.',
    details: found,
  };
  if (found.length > 0) return judgeSetting(setting, false);
  return judgeSetting(setting, unread.length > 0 || isPartial ? null : true, unread[0]);
}
