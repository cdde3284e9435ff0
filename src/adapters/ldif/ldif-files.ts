import type { Fact } from '../../model/schema/generated/plan.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Problem } from '../../model/errors.ts';
import { normaliseDn } from '../../model/directory/distinguished-name.ts';
import { describeFileFailure } from '../../model/text/file-failure.ts';
import type { TextEncodingName } from '../../model/text/text-encoding.ts';
import { findMixedLine, readLines, readMark } from './ldif-lines.ts';
import { LdifParser } from './ldif-parser.ts';
import type { LdifContent, LdifRecord } from './ldif-parser.ts';
import { buildReferralWarnings, listReferredDomains } from '../../model/directory/referrals.ts';

/** After so many faults a file is not read on: it is the wrong file. */
const MOST_FAULTS = 50;

export interface LdifDirectory {
  readonly records: readonly LdifRecord[];
  readonly warnings: readonly Fact[];
  /** DNs of domains to which the export refers. */
  readonly unreadDomains: readonly string[];
}

/** All entries of all files with these attributes (null: all). `encoding`: of files without a mark. Throws `SOURCE_FILE_INVALID` with the faults of every file at once. */
export async function readLdifFiles(
  files: readonly string[],
  attributes: readonly string[] | null,
  encoding?: TextEncodingName,
): Promise<LdifDirectory> {
  const contents: Contents[number][] = [];
  const problems: Problem[] = files.length === 0 ? [{ where: 'files', what: 'no file is named' }] : [];
  for (const file of files) {
    try {
      contents.push({ file, content: await readFile(file, attributes, encoding) });
    } catch (error) {
      problems.push({ where: file, what: describeFileFailure(error) });
    }
  }
  for (const { file, content } of contents) problems.push(...findFaults(file, content));
  problems.push(...findDoubles(contents));
  if (problems.length > 0) throw filesInvalid(problems);
  const unreadDomains = listReferredDomains(contents.flatMap(({ content }) => content.referrals));
  return {
    records: contents.flatMap(({ content }) => content.records),
    warnings: buildReferralWarnings(unreadDomains),
    unreadDomains,
  };
}

/**
 * Without a mark a file is UTF-8, or, if a byte of it does not fit, windows-1252, which is what `ldifde` without `-u` means by
 * ANSI in Western Europe.
 */
async function readFile(
  file: string,
  attributes: readonly string[] | null,
  encoding: TextEncodingName | undefined,
): Promise<LdifContent> {
  const known = (await readMark(file)) ?? encoding;
  try {
    return await parseFile(file, known ?? 'utf-8', attributes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (known !== undefined)
      return withFault(0, `the bytes do not fit ${known}; the file is damaged, or of another encoding`);
  }
  const mixed = await findMixedLine(file);
  if (mixed !== null)
    return withFault(
      mixed,
      'a byte that is not UTF-8 in a file of UTF-8: it is damaged, or was put together of two; export it again',
    );
  try {
    return await parseFile(file, 'windows-1252', attributes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return withFault(
      0,
      `${error.message}, so letters would be read wrong; export it again with ldifde -u, or set ldif.encoding (cp850 for a Windows console)`,
    );
  }
}

/** `line` 0: of the whole file. */
function withFault(line: number, what: string): LdifContent {
  return { records: [], faults: [{ line, what }], referrals: [] };
}

async function parseFile(
  file: string,
  encoding: TextEncodingName,
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
  if (faults.length > 0)
    return faults.map(({ line, what }) => ({ where: line === 0 ? file : `${file}:${line}`, what }));
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
