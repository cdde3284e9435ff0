import { isRepositoryName } from '../../../../adapters/forge/github/github-access.ts';
import { describeFault, GithubFailure } from '../../../../adapters/forge/github/github-failure.ts';
import { GithubReader } from '../../../../adapters/forge/github/github-reader.ts';
import { parseGithubRepository } from '../../../../adapters/forge/github/github-repository.ts';
import type { ReviewConfiguration } from '../../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../../model/errors.ts';
import { requireSecret } from '../../../../adapters/secrets/environment.ts';
import { checkGithubActions } from './check-github-actions.ts';
import { checkGithubBranch } from './check-github-branch.ts';
import { checkGithubEnvironments } from './check-github-environments.ts';
import { checkGithubLedger } from './check-github-ledger.ts';
import { buildCheckWriter, buildDiagnosis, type Check } from '../../check.ts';
import type { DoctorQuestion } from '../../doctor-question.ts';
import { openSettings, type GithubSettings } from './github-settings.ts';
import { flagAt } from '../../../../adapters/forge/settings/setting-values.ts';
import { privacySetting } from '../../../../adapters/forge/settings/common-settings.ts';
import { judgeOn } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

const write = buildCheckWriter('github');

/**
 * Compares the settings of the repository on GitHub with the checklist that `init --ci github` writes. GET only. What the
 * token cannot read is unknown, never passed. Throws CONFIGURATION_SECRET_MISSING without a token.
 */
export async function checkGithub(question: DoctorQuestion): Promise<readonly Check[]> {
  const { environment, userAgent, timeouts } = question;
  const token = requireSecret(environment, 'GITHUB_TOKEN', 'a token that may read the settings of the repository');
  const apiUrl = (githubOf(question)?.apiUrl ?? environment['GITHUB_API_URL'] ?? 'https://api.github.com').replace(
    /\/+$/,
    '',
  );
  const repository = await findRepository(question, apiUrl);
  const client = new GithubReader({ apiUrl, token, userAgent, timeoutMs: timeouts.answerMs });
  try {
    return await checkRepository(question, openSettings(client, repository), repository);
  } catch (error) {
    if (!(error instanceof GithubFailure)) throw error;
    const details = [`${error.where}: ${describeFault(error.fault)}`];
    const fix = 'Check the network, HTTPS_PROXY and approval.reviews.apiUrl, then try again.';
    const diagnosis = buildDiagnosis({ code: 'GITHUB_UNREACHABLE', error: 'PIPELINE_GITHUB' }, fix, details);
    return [write.failed('forge.connection', `no usable answer from ${apiUrl}`, diagnosis)];
  } finally {
    await client.close();
  }
}

async function checkRepository(
  { configuration }: DoctorQuestion,
  settings: GithubSettings,
  repository: string,
): Promise<readonly Check[]> {
  const found = await settings.read('', 'Metadata');
  if (!found.isKnown) {
    const fix = 'Set GITHUB_TOKEN to a token that has not expired and may read this repository (“Metadata: read”).';
    const diagnosis = buildDiagnosis({ code: 'GITHUB_TOKEN_REFUSED', error: 'PIPELINE_GITHUB' }, fix);
    return [write.failed('forge.connection', `${repository} cannot be read: ${found.why}`, diagnosis)];
  }
  const isPrivate = flagAt(found.data, 'private');
  const { branch, reviews } = configuration.approval;
  const parts = await Promise.all([
    checkGithubBranch(settings, branch, reviews?.minimum ?? 1),
    checkGithubLedger(settings),
    checkGithubEnvironments(settings, configuration),
    checkGithubActions(settings, isPrivate),
  ]);
  return [write.passed('forge.connection', `${repository} answers`), judgePrivacy(isPrivate), ...parts.flat()];
}

function githubOf({ configuration }: DoctorQuestion): ReviewConfiguration | null {
  const { reviews } = configuration.approval;
  return reviews?.forge === 'github' ? reviews : null;
}

function judgePrivacy(isPrivate: boolean | null): Check {
  const fix = 'In Settings, General, Danger Zone, change the visibility to private.';
  return judgeSetting(privacySetting(fix), isPrivate);
}

async function findRepository(question: DoctorQuestion, apiUrl: string): Promise<string> {
  const { configuration, git, environment } = question;
  const { gitRemote } = configuration.approval;
  const url =
    gitRemote !== null && (await git.hasRemote(gitRemote)) ? await git.read(['remote', 'get-url', gitRemote]) : '';
  const found =
    githubOf(question)?.repository ?? environment['GITHUB_REPOSITORY'] ?? parseGithubRepository(url.trim(), apiUrl);
  if (found !== undefined && isRepositoryName(found)) return found;
  throw new ReconcileError('CLI_USAGE', 'It is not known which repository on GitHub to look at', {
    remedy: 'Set approval.reviews.repository, or GITHUB_REPOSITORY, to owner/name.',
  });
}
