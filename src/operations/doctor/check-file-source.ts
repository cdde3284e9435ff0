import { statSync } from 'node:fs';
import path from 'node:path';
import type { ConfiguredSource } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { attributesToRead } from '../../model/mapping/mapped-attributes.ts';
import { tableColumns } from '../../model/mapping/table-columns.ts';
import { createFileSource } from '../reading/file-source.ts';
import { createLdifSource } from '../../adapters/ldif/ldif.ts';
import type { Source, SourceSnapshot } from '../../model/directory/source.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter } from './check.ts';
import { checkContents, skipContents } from './check-contents.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 7;

/** Everything about one source that is read from files: exports, tables, accounts written by hand. */
export async function checkFileSource(
  question: DoctorQuestion,
  configured: ConfiguredSource,
): Promise<readonly Check[]> {
  const write = buildCheckWriter(configured.name);
  try {
    const snapshot = await openFiles(question, configured).read(attributesToRead(configured));
    const files = judgeFiles({ question, configured, snapshot }, write);
    if (snapshot.selected.length > 0) {
      return [files, ...checkContents({ question, configured, snapshot, unknown: new Set(), write })];
    }
    const below = configured.ldif?.baseDn === undefined ? '' : ' below the base DN';
    const fix = `${below === '' ? 'Export' : 'Correct ldif.baseDn, or export'} the people who shall have an account.`;
    const diagnosis = buildDiagnosis({ code: 'NOBODY_SELECTED', error: 'SOURCE_IMPLAUSIBLE' }, fix);
    const nobody = write.failed('source.entries', `the files have nobody${below}`, diagnosis);
    return [files, nobody, ...skipContents(write, 'needs entries').slice(1)];
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    const check = write.failed('source.files', error.message, diagnoseRefusal(error, 'FILES_INVALID'));
    return [check, ...skipContents(write, 'needs readable files')];
  }
}

function openFiles({ configuration: { folder } }: DoctorQuestion, configured: ConfiguredSource): Source {
  const { name, ldif } = configured;
  if (ldif === undefined) return createFileSource(configured, { folder, columns: tableColumns(configured) });
  return createLdifSource({ name, files: ldif.files.map((file) => path.resolve(folder, file)), baseDn: ldif.baseDn });
}

interface ReadFiles {
  readonly question: DoctorQuestion;
  readonly configured: ConfiguredSource;
  readonly snapshot: SourceSnapshot;
}

/** Files written by hand do not grow old; exports do. */
function judgeFiles({ question, configured, snapshot }: ReadFiles, write: CheckWriter): Check {
  const count = snapshot.pages === 1 ? 'one file is' : `${snapshot.pages} files are`;
  const files = [...(configured.ldif?.files ?? []), configured.csv?.file ?? [], configured.excel?.file ?? []].flat();
  const { folder } = question.configuration;
  const oldestMs = Math.min(...files.map((file) => statSync(path.resolve(folder, file)).mtimeMs));
  const days = Math.floor((question.now().getTime() - oldestMs) / DAY_MS);
  if (files.length === 0 || days < OLD_DAYS) return write.passed('source.files', `${count} whole`);
  const fix = 'Export the files again: who left since then is still in them.';
  const diagnosis = buildDiagnosis({ code: 'FILES_OLD', error: 'SOURCE_IMPLAUSIBLE' }, fix);
  return write.warned('source.files', `${count} whole, but the oldest is ${days} days old`, diagnosis);
}
