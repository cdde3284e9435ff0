import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listOwnKeys } from '../../adapters/ssh/own-keys.ts';
import { judgeSigners } from '../../model/approval/judge-signers.ts';
import type { SignatureRule } from '../../model/approval/signature-rule.ts';
import { parseSigners, SIGNERS_FILE } from '../../model/approval/signers.ts';
import { parsePublicKeyLine } from '../../model/approval/ssh-public-key.ts';
import type { ForgeKind } from '../../model/forge/forges.ts';
import { FORGES } from '../../model/forge/forges.ts';
import { ReconcileError } from '../../model/errors.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('git');
const ID = 'git.approval';

/** What proves that somebody approved a plan, and what is missing for it. */
export async function checkApproval(question: DoctorQuestion): Promise<readonly Check[]> {
  const { approval } = question.configuration;
  if (approval.signatures !== null) return [await checkSigners(question, approval.signatures)];
  if (approval.reviews !== null) return [judgeReviews(approval.reviews.forge)];
  if (approval.distinctPeople)
    return [write.passed(ID, 'another person merges a plan than who made it, as far as git knows; nothing is signed')];
  const fix =
    'Set approval.distinctPeople, approval.reviews or approval.signatures in organisation.yaml, so that two people look at a plan.';
  const diagnosis = buildDiagnosis({ code: 'ONE_PAIR_OF_EYES', error: 'CONFIGURATION_INVALID' }, fix);
  return [write.warned(ID, 'one person alone may make, merge and apply a plan', diagnosis)];
}

/** What the forge’s word is worth. */
function judgeReviews(forge: ForgeKind): Check {
  const what = `reviews on ${FORGES[forge].name} are asked for`;
  const [limit, ...more] = FORGES[forge].limits;
  if (limit === undefined) return write.passed(ID, what);
  const fix = 'Ask for signatures as well (approval.signatures): they prove what this forge cannot.';
  const diagnosis = buildDiagnosis({ code: 'REVIEWS_LIMITED', error: 'CONFIGURATION_INVALID' }, fix, more);
  return write.warned(ID, `${what}; ${limit}`, diagnosis);
}

/** As signers.yaml lies here. */
async function checkSigners(question: DoctorQuestion, rule: SignatureRule): Promise<Check> {
  const { git, configuration, now } = question;
  const file = `desired/${configuration.organisation}/${SIGNERS_FILE}`;
  try {
    const text = await readFile(path.join(git.root, ...file.split('/')), 'utf8').catch(() => null);
    if (text === null) return refuse(`${file} is missing`, `List who may sign in ${file}.`);
    const { bots } = configuration.approval;
    const machineKeys = await listMachineKeys(question);
    const signers = parseSigners(text, file);
    const { able, faults, doubts } = judgeSigners({ signers, rule, bots, machineKeys, now: now() });
    const [fault, ...more] = [...faults, ...doubts];
    const what = `${rule.minimum} of ${able === 1 ? '1 person' : `${able} people`} must sign a plan`;
    if (fault === undefined) return write.passed(ID, what);
    const fix = `Change ${SIGNERS_FILE} by a pull request of its own: people only, each with a key in force, one more than must sign.`;
    if (faults.length > 0) return refuse(fault, fix, more);
    const diagnosis = buildDiagnosis({ code: 'SIGNERS_DOUBTFUL', error: 'CONFIGURATION_INVALID' }, fix, more);
    return write.warned(ID, `${what}; ${fault}`, diagnosis);
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed(ID, error.message, diagnoseRefusal(error));
  }
}

/** The apply job’s, and in a job of CI whatever SSH key is at hand there: the planner’s. */
async function listMachineKeys({ configuration, environment }: DoctorQuestion): Promise<ReadonlyMap<string, string>> {
  const job = configuration.ledgerKeys.map(({ key }) => parsePublicKeyLine(key).fingerprint);
  const isJob = (environment['CI'] ?? environment['TF_BUILD'] ?? '') !== '';
  const here = isJob ? await listOwnKeys(null) : [];
  return new Map([
    ...here.map(({ fingerprint }) => [fingerprint, 'this job'] as const),
    ...job.map((fingerprint) => [fingerprint, 'the apply job (ledger.keys)'] as const),
  ]);
}

function refuse(what: string, fix: string, details: readonly string[] = []): Check {
  return write.failed(
    ID,
    what,
    buildDiagnosis({ code: 'SIGNERS_MISSING', error: 'CONFIGURATION_INVALID' }, fix, details),
  );
}
