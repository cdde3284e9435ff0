import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isBot } from '../../model/approval/judge-people.ts';
import { isInForce, parseSigners, SIGNERS_FILE, type Signer } from '../../model/approval/signers.ts';
import { ReconcileError } from '../../model/errors.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('git');
const ID = 'git.approval';

/** What proves that somebody approved a plan, and what is missing for it. */
export async function checkApproval(question: DoctorQuestion): Promise<readonly Check[]> {
  const { approval } = question.configuration;
  if (approval.signatures !== null) return [await checkSigners(question, approval.signatures.minimum)];
  if (approval.github !== null) return [write.passed(ID, 'reviews on GitHub are asked for')];
  if (approval.distinctPeople)
    return [write.passed(ID, 'another person merges a plan than who made it, as far as git knows; nothing is signed')];
  const fix =
    'Set approval.distinctPeople, approval.github or approval.signatures in organisation.yaml, so that two people look at a plan.';
  const diagnosis = buildDiagnosis({ code: 'ONE_PAIR_OF_EYES', error: 'CONFIGURATION_INVALID' }, fix);
  return [write.warned(ID, 'one person alone may make, merge and apply a plan', diagnosis)];
}

/** As signers.yaml lies here. */
async function checkSigners({ git, configuration, now }: DoctorQuestion, minimum: number): Promise<Check> {
  const file = `desired/${configuration.organisation}/${SIGNERS_FILE}`;
  try {
    const text = await readFile(path.join(git.root, ...file.split('/')), 'utf8').catch(() => null);
    if (text === null) return refuse(`${file} is missing`, `List who may sign in ${file}.`);
    return judgeSigners(parseSigners(text, file), { minimum, now: now(), configuration });
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return write.failed(ID, error.message, diagnoseRefusal(error));
  }
}

function judgeSigners(
  signers: readonly Signer[],
  { minimum, now, configuration }: { minimum: number; now: Date } & Pick<DoctorQuestion, 'configuration'>,
): Check {
  const { bots, signatures } = configuration.approval;
  const isAble = (signer: Signer): boolean => signer.keys.some((key) => isInForce({ signer, key }, now.getTime()));
  const able = signers.filter(isAble);
  const machines = signers.filter((signer) => isBot(signer, bots)).map(({ name }) => name);
  if (machines.length > 0)
    return refuse(`a machine is among the signers: ${machines.join(', ')}`, `Take it out of ${SIGNERS_FILE}.`);
  const people = able.length === 1 ? '1 person' : `${able.length} people`;
  if (able.length < minimum)
    return refuse(
      `${people} may sign, and ${minimum} must`,
      `List more people with a key in force in ${SIGNERS_FILE}.`,
    );
  for (const { role, minimum: wanted } of signatures?.rules ?? [])
    if (role !== null && able.filter((signer) => signer.role === role).length < wanted)
      return refuse(`too few people have the role ${role}`, `Give the role to ${wanted} in ${SIGNERS_FILE}.`);
  const idle = signers.filter((signer) => !isAble(signer)).map(({ name }) => name);
  const what = `${minimum} of ${people} must sign a plan`;
  if (able.length > minimum && idle.length === 0) return write.passed(ID, what);
  const [more, fix] =
    idle.length > 0
      ? [`no key is in force of ${idle.join(', ')}`, 'Add a key of theirs, or leave them for the proof of old plans.']
      : ['who made a plan cannot sign it, so nobody may be left', 'List one person more than must sign.'];
  return write.warned(
    ID,
    `${what}; ${more}`,
    buildDiagnosis({ code: 'SIGNERS_DOUBTFUL', error: 'CONFIGURATION_INVALID' }, fix),
  );
}

function refuse(what: string, fix: string): Check {
  return write.failed(ID, what, buildDiagnosis({ code: 'SIGNERS_MISSING', error: 'CONFIGURATION_INVALID' }, fix));
}
