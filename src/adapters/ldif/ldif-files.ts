import { ReconcileError } from '../../model/errors.ts';
import type { Problem } from '../../model/errors.ts';
import { normaliseDn } from '../../model/directory/distinguished-name.ts';
import { describeFileFailure } from '../files/file-failure.ts';
import { readLines, readMark, type LdifEncoding } from './ldif-lines.ts';
import { LdifParser } from './ldif-parser.ts';
import type { LdifContent, LdifRecord } from './ldif-parser.ts';
import { buildReferralWarnings } from '../ldap/referrals.ts';

/** After so many faults a file is not read on: it is the wrong file. */
const MOST_FAULTS = 50;

export interface LdifDirectory {
  readonly records: readonly LdifRecord[];
  readonly warnings: readonly string[];
}

/** All entries of all files with these attributes (null: all). Throws `SOURCE_FILE_INVALID` with the faults of every file at once. */
export async function readLdifFiles(
  files: readonly string[],
  attributes: readonly string[] | null,
): Promise<LdifDirectory> {
  const contents: Contents[number][] = [];
  const problems: Problem[] = files.length === 0 ? [{ where: 'files', what: 'no file is named' }] : [];
  for (const file of files) {
    try {
      contents.push({ file, content: await readFile(file, attributes) });
    } catch (error) {
      problems.push({ where: file, what: describeFileFailure(error) });
    }
  }
  for (const { file, content } of contents) problems.push(...findFaults(file, content));
  problems.push(...findDoubles(contents));
  if (problems.length > 0) throw filesInvalid(problems);
  return {
    records: contents.flatMap(({ content }) => content.records),
    warnings: buildReferralWarnings(contents.flatMap(({ content }) => content.referrals)),
  };
}

/**
 * Without a mark a file is UTF-8, or, if a byte of it does not fit, windows-1252, which is what `ldifde` without `-u` means by
 * ANSI in Western Europe.
 */
async function readFile(file: string, attributes: readonly string[] | null): Promise<LdifContent> {
  const marked = await readMark(file);
  try {
    return await parseFile(file, marked ?? 'utf-8', attributes);
  } catch (error) {
    if (marked !== undefined || !(error instanceof TypeError)) throw error;
    return parseFile(file, 'windows-1252', attributes);
  }
}

async function parseFile(
  file: string,
  encoding: LdifEncoding,
  attributes: readonly string[] | null,
): Promise<LdifContent> {
  const parser = new LdifParser(attributes);
  for await (const lines of readLines(file, encoding)) {
    for (const line of lines) if (parser.faultCount < MOST_FAULTS) parser.push(line);
    if (parser.faultCount >= MOST_FAULTS) break;
  }
  return parser.end();
}

function findFaults(file: string, { records, faults }: LdifContent): readonly Problem[] {
  if (faults.length > 0) return faults.map(({ line, what }) => ({ where: `${file}:${line}`, what }));
  if (records.length === 0) return [{ where: file, what: 'no entries' }];
  const isBare = records.every(({ attributes }) => !attributes.has('objectclass'));
  return isBare
    ? [{ where: file, what: 'no entry has objectClass; export it too, with an account that may read it' }]
    : [];
}

type Contents = readonly { readonly file: string; readonly content: LdifContent }[];

function findDoubles(contents: Contents): readonly Problem[] {
  const doubles = findDoubleKeys(contents);
  if (doubles.size === 0) return [];
  const places = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { file, content } of contents) {
    for (const { dn, line } of content.records) {
      const key = normaliseDn(dn);
      if (!doubles.has(key)) continue;
      const earlier = places.get(key);
      if (earlier === undefined) places.set(key, `${file}:${line}`);
      else problems.push({ where: `${file}:${line}`, what: `the same entry as ${earlier}` });
    }
  }
  return problems.slice(0, MOST_FAULTS);
}

function findDoubleKeys(contents: Contents): ReadonlySet<string> {
  const seen = new Set<string>();
  const doubles = new Set<string>();
  for (const { content } of contents) {
    for (const { dn } of content.records) {
      const key = normaliseDn(dn);
      if (seen.size === seen.add(key).size) doubles.add(key);
    }
  }
  return doubles;
}

function filesInvalid(problems: readonly Problem[]): ReconcileError {
  const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
  return new ReconcileError('SOURCE_FILE_INVALID', `the LDIF files cannot be used: ${count}`, {
    remedy: 'Export the files again, completely, with ldapsearch or ldifde -u.',
    problems,
  });
}
