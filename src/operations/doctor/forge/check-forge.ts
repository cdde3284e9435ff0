import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ReaderSurroundings } from '../../../adapters/forge/forge-adapter.ts';
import { openReviewReader, openSettingsReader } from '../../../adapters/forge/open-forge.ts';
import { anchorRef, LEDGER_BRANCH } from '../../../adapters/git/ref-names.ts';
import type { Configuration, ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { neededSecrets } from '../../../model/configuration/needed-secrets.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { checklistOf, FORGE_KINDS, FORGES, forgeOfJob, type ForgeKind } from '../../../model/forge/forges.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from '../check.ts';
import type { DoctorQuestion } from '../doctor-question.ts';
import { checkGithub } from './github/check-github.ts';
import { judgeOn } from './judge-setting.ts';

/**
 * What the forge can prove, and its settings against the checklist that `init --ci` wrote. Reads only; what cannot be read is
 * unknown, never passed. Throws CONFIGURATION_SECRET_MISSING (3) without a token.
 */
export async function checkForge(question: DoctorQuestion): Promise<readonly Check[]> {
  const kind = kindOf(question);
  if (kind === 'github') return checkGithub(question);
  const { environment, userAgent, timeouts, configuration } = question;
  const reviews = configuration.approval.reviews ?? withoutReviews(kind);
  const remoteUrl = await readRemoteUrl(question);
  const given = { remoteUrl, userAgent, timeoutMs: timeouts.answerMs };
  const access = await checkAccess(reviews, environment, given);
  if (access.status !== 'passed') return [access, ...checkLimits(kind)];
  const reader = await openSettingsReader(reviews, environment, given);
  const { branch } = configuration.approval;
  const asked = { branch, minimum: reviews.minimum, ...ledgerOf(configuration), secrets: neededSecrets(configuration) };
  const judge = judgeOn(kind);
  const found = (await reader?.readSettings(asked)) ?? [];
  const checks = found.map(({ setting, holds, why }) => judge(setting, holds, why));
  return [access, ...checkLimits(kind), ...checks, ...tellUnread(kind)];
}

function ledgerOf({ organisation }: Configuration) {
  const tag = anchorRef(organisation, '0001').replace('refs/tags/', '');
  return { ledger: LEDGER_BRANCH, tag, organisation };
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

/** Empty: there is none. */
async function readRemoteUrl({ configuration, git }: DoctorQuestion): Promise<string> {
  const { gitRemote } = configuration.approval;
  const isThere = gitRemote !== null && (await git.hasRemote(gitRemote));
  return isThere ? (await git.read(['remote', 'get-url', gitRemote])).trim() : '';
}

function tellUnread(kind: ForgeKind): readonly Check[] {
  const { unread } = FORGES[kind];
  if (unread === null) return [];
  return [
    buildCheckWriter(kind).unknown('forge.settings', `${unread}: compare them by hand with ${checklistOf(kind)}`),
  ];
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

function checkLimits(kind: ForgeKind): readonly Check[] {
  const fix = 'Ask for signatures as well (approval.signatures): they prove what this forge cannot.';
  const diagnosis = buildDiagnosis({ code: 'REVIEWS_LIMITED', error: 'CONFIGURATION_INVALID' }, fix);
  return FORGES[kind].limits.map((limit) => buildCheckWriter(kind).warned('forge.limits', limit, diagnosis));
}
