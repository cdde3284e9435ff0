import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ReaderSurroundings } from '../../../adapters/forge/forge-adapter.ts';
import { openReviewReader } from '../../../adapters/forge/open-forge.ts';
import { placeOfRemote } from '../../../adapters/forge/remote-place.ts';
import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { FORGE_KINDS, FORGES, forgeOfJob, checklistOf, type ForgeKind } from '../../../model/forge/forges.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from '../check.ts';
import type { DoctorQuestion } from '../doctor-question.ts';
import { checkGithub } from './github/check-github.ts';

interface Asked {
  readonly question: DoctorQuestion;
  readonly reviews: ReviewConfiguration;
  readonly given: ReaderSurroundings;
}

/** What the API does not tell, or not without secrets in its answer. */
const BY_HAND = {
  gitlab: 'variables (their values would be in the answer) and runners are not read',
  forgejo: 'who has write access, and the runners, are not read',
  azure: 'rights of the build service, who may bypass policies, and agents are not read',
} as const;

/**
 * What the forge can prove, and its settings against the checklist that `init --ci` wrote. Reads only; what cannot be read is
 * unknown, never passed. Throws CONFIGURATION_SECRET_MISSING (3) without a token.
 */
export async function checkForge(question: DoctorQuestion): Promise<readonly Check[]> {
  const kind = kindOf(question);
  if (kind === 'github') return checkGithub(question);
  const { environment, userAgent, timeouts, configuration } = question;
  const reviews = await completePlace(question, configuration.approval.reviews ?? withoutReviews(kind));
  const given = { remoteUrl: '', userAgent, timeoutMs: timeouts.answerMs };
  const access = await checkAccess(reviews, environment, given);
  const settings = access.status === 'passed' ? await checkSettings(kind, { question, reviews, given }) : [];
  const rest = buildCheckWriter(kind).unknown(
    'forge.settings',
    `${BY_HAND[kind]}: compare them by hand with ${checklistOf(kind)}`,
  );
  return [access, ...checkLimits(kind), ...settings, rest];
}

/** As organisation.yaml says, else whose job this is, else whose checklist `init --ci` wrote here. */
function kindOf({ configuration, environment, git }: DoctorQuestion): ForgeKind {
  const ofJob = forgeOfJob(environment);
  if (configuration.approval.reviews !== null) return configuration.approval.reviews.forge;
  if (ofJob !== 'github') return ofJob;
  return FORGE_KINDS.find((kind) => existsSync(path.join(git.root, checklistOf(kind)))) ?? 'github';
}

function withoutReviews(forge: ForgeKind): ReviewConfiguration {
  return { forge, repository: null, apiUrl: null, minimum: 1 };
}

/** Outside its jobs the git remote tells where the forge is. */
async function completePlace(question: DoctorQuestion, reviews: ReviewConfiguration): Promise<ReviewConfiguration> {
  const { configuration, git, environment } = question;
  const { gitRemote } = configuration.approval;
  const isThere = gitRemote !== null && forgeOfJob(environment) !== reviews.forge && (await git.hasRemote(gitRemote));
  const url = isThere ? await git.read(['remote', 'get-url', gitRemote]) : '';
  const place = placeOfRemote(reviews.forge, url.trim());
  return {
    ...reviews,
    repository: reviews.repository ?? place?.repository ?? null,
    apiUrl: reviews.apiUrl ?? place?.apiUrl ?? null,
  };
}

async function checkAccess(
  reviews: ReviewConfiguration,
  environment: NodeJS.ProcessEnv,
  given: ReaderSurroundings,
): Promise<Check> {
  const write = buildCheckWriter(reviews.forge);
  const reader = await openReviewReader(reviews, environment, given);
  try {
    await reader.verifyAccess();
    return write.passed('forge.connection', `${reader.place} answers`);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed('forge.connection', `no usable answer of ${reader.place}`, diagnoseRefusal(error));
  } finally {
    await reader.close();
  }
}

async function checkSettings(
  kind: Exclude<ForgeKind, 'github'>,
  { question, reviews, given }: Asked,
): Promise<readonly Check[]> {
  const { configuration, environment } = question;
  const branch = { name: configuration.approval.branch, minimum: reviews.minimum };
  switch (kind) {
    case 'gitlab': {
      const { openGitlabSettings } = await import('../../../adapters/forge/gitlab/open-gitlab.ts');
      const { checkGitlab } = await import('./check-gitlab.ts');
      return checkGitlab(openGitlabSettings(reviews, environment, given), branch);
    }
    case 'forgejo': {
      const { openForgejoSettings } = await import('../../../adapters/forge/forgejo/open-forgejo.ts');
      const { checkForgejo } = await import('./check-forgejo.ts');
      return checkForgejo(openForgejoSettings(reviews, environment, given), branch, configuration);
    }
    case 'azure': {
      const { openAzureSettings } = await import('../../../adapters/forge/azure/open-azure.ts');
      const { checkAzure } = await import('./check-azure.ts');
      return checkAzure(openAzureSettings(reviews, environment, given), branch, configuration);
    }
  }
}

function checkLimits(kind: ForgeKind): readonly Check[] {
  const fix = 'Ask for signatures as well (approval.signatures): they prove what this forge cannot.';
  const diagnosis = buildDiagnosis({ code: 'REVIEWS_LIMITED', error: 'CONFIGURATION_INVALID' }, fix);
  return FORGES[kind].limits.map((limit) => buildCheckWriter(kind).warned('forge.limits', limit, diagnosis));
}
