import { statSync } from 'node:fs';
import path from 'node:path';
import type { ConfiguredSource } from '../configuration.ts';
import { ReconcileError } from '../errors.ts';
import { attributesToRead } from '../mapping/mapped-attributes.ts';
import type { LdifConfiguration } from '../schema/generated/organisation.ts';
import { createLdifSource } from '../source/ldif.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter } from './check.ts';
import { checkContents, skipContents } from './check-contents.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 7;

/** Everything about one source that is read from exports. */
export async function checkLdifSource(
  question: DoctorQuestion,
  configured: ConfiguredSource,
  ldif: LdifConfiguration,
): Promise<readonly Check[]> {
  const write = buildCheckWriter(configured.name);
  const files = ldif.files.map((file) => path.resolve(question.configuration.folder, file));
  try {
    const source = createLdifSource({ name: configured.name, files, baseDn: ldif.baseDn });
    const snapshot = await source.read(attributesToRead(configured));
    const age = judgeAge(files, question.now(), write);
    if (snapshot.selected.length > 0) {
      return [age, ...checkContents({ question, configured, snapshot, unknown: new Set(), write })];
    }
    const fix = 'Correct ldif.baseDn, or export the people who shall have an account.';
    const diagnosis = buildDiagnosis('NOBODY_SELECTED', 'SOURCE_IMPLAUSIBLE', fix);
    const nobody = write.failed('source.entries', 'the files have nobody below the base DN', diagnosis);
    return [age, nobody, ...skipContents(write, 'needs entries').slice(1)];
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    const check = write.failed('source.files', error.message, diagnoseRefusal(error, 'FILES_INVALID'));
    return [check, ...skipContents(write, 'needs readable files')];
  }
}

function judgeAge(files: readonly string[], now: Date, write: CheckWriter): Check {
  const oldestMs = Math.min(...files.map((file) => statSync(file).mtimeMs));
  const days = Math.floor((now.getTime() - oldestMs) / DAY_MS);
  const count = files.length === 1 ? 'one file is' : `${files.length} files are`;
  if (days < OLD_DAYS) return write.passed('source.files', `${count} whole`);
  const fix = 'Export the directory again: who left since then is still in the files.';
  const diagnosis = buildDiagnosis('FILES_OLD', 'SOURCE_IMPLAUSIBLE', fix);
  return write.warned('source.files', `${count} whole, but the oldest is ${days} days old`, diagnosis);
}
