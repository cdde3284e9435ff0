import { openReviewReader } from '../../../adapters/forge/open-forge.ts';
import type { ReviewConfiguration } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { FORGES } from '../../../model/forge/forges.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from '../check.ts';
import type { DoctorQuestion } from '../doctor-question.ts';
import { checkGithub } from './check-github.ts';

const write = buildCheckWriter('forge');

/**
 * What the forge of approval.reviews can prove, and on GitHub its settings against the checklist. Reads only. Throws
 * CONFIGURATION_SECRET_MISSING (3) without a token.
 */
export async function checkForge(question: DoctorQuestion): Promise<readonly Check[]> {
  const { reviews } = question.configuration.approval;
  if (reviews === null || reviews.forge === 'github') return checkGithub(question);
  const settings = write.unknown('forge.settings', 'compare them by hand with zivver-gitops-settings.md');
  return [await checkAccess(question, reviews), ...checkLimits(reviews), settings];
}

async function checkAccess(question: DoctorQuestion, reviews: ReviewConfiguration): Promise<Check> {
  const { environment, userAgent, timeouts } = question;
  const given = { remoteUrl: '', userAgent, timeoutMs: timeouts.answerMs };
  const reader = await openReviewReader(reviews, environment, given);
  try {
    await reader.verifyAccess();
    return write.passed('forge.reviews', `${reader.place} answers`);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed('forge.reviews', `no usable answer of ${reader.place}`, diagnoseRefusal(error));
  } finally {
    await reader.close();
  }
}

function checkLimits({ forge }: ReviewConfiguration): readonly Check[] {
  const fix = 'Ask for signatures as well (approval.signatures): they prove what this forge cannot.';
  const diagnosis = buildDiagnosis({ code: 'REVIEWS_LIMITED', error: 'CONFIGURATION_INVALID' }, fix);
  return FORGES[forge].limits.map((limit) => write.on(FORGES[forge].name).warned('forge.limits', limit, diagnosis));
}
