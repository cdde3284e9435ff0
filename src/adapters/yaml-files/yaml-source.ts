import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Entry } from '../../model/directory/entry.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { describeFileFailure } from '../../model/text/file-failure.ts';
import { type HandWritten, parseHandWritten } from './hand-written.ts';
import { giveWhole, type Source } from '../../model/directory/source.ts';

export interface YamlSourceOptions {
  readonly name: string;
  /** Absolute path of the folder with one file an account, in folders below it too. */
  readonly folder: string;
  /** What `folder` is called in messages and in the review: `accounts`. */
  readonly place: string;
}

/**
 * A source of accounts that people wrote by hand, as they stand in the work tree. Throws `SOURCE_FILE_INVALID` with every
 * fault of every file.
 */
export function createYamlSource(options: YamlSourceOptions): Source {
  const { name, place } = options;
  let content: Promise<readonly Entry[]> | undefined;
  const readContent = (): Promise<readonly Entry[]> => (content ??= readEntries(options));
  return {
    name,
    async read(_, taker) {
      const selected = await readContent();
      const rest = { baseDn: '', groups: [], pages: selected.length, warnings: [] };
      return giveWhole({ name, kind: 'yaml', server: place, selected, ...rest }, taker);
    },
    lookUpDns: async () => [],
    lookUpValues: async () => [],
    readDomain: async () => ({ people: [], deleted: [] }),
    async visitSelected(limit, visit) {
      (await readContent()).slice(0, limit).forEach((entry) => visit(entry));
      return { server: place };
    },
    async close() {
      content = undefined;
    },
  };
}

async function readEntries({ folder, place }: YamlSourceOptions): Promise<readonly Entry[]> {
  const problems: Problem[] = [];
  const files = await listFiles(folder, place, problems);
  const accounts: HandWritten[] = [];
  for (const file of files) {
    const text = await readFile(path.join(folder, file), 'utf8').catch((error: unknown) => {
      problems.push({ where: `${place}/${file}`, what: describeFileFailure(error) });
    });
    if (typeof text !== 'string') continue;
    const parsed = parseHandWritten(text, `${place}/${file}`);
    if (parsed.ok) accounts.push(parsed.written);
    else problems.push(...parsed.problems);
  }
  problems.push(...findDoubles(accounts));
  if (problems.length === 0) return accounts.map(toEntry);
  const count = problems.length === 1 ? 'one fault' : `${problems.length} faults`;
  throw new ReconcileError('SOURCE_FILE_INVALID', `the accounts in ${place} cannot be used: ${count}`, {
    remedy: 'Correct the lines named; every key stands in schemas/handwritten.schema.json.',
    problems,
  });
}

/** Names below the folder, with forward slashes, sorted. What is neither an account nor a note is a fault. */
async function listFiles(folder: string, place: string, problems: Problem[]): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) => {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    problems.push({ where: place, what: isMissing ? 'the folder does not exist' : describeFileFailure(error) });
    return [];
  });
  const files: string[] = [];
  for (const entry of found) {
    const file = path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (entry.isDirectory() || IS_NOTE.test(entry.name)) continue;
    if (entry.isFile() && entry.name.endsWith('.yaml')) files.push(file);
    else problems.push({ where: `${place}/${file}`, what: 'is no account: one regular file an account, named *.yaml' });
  }
  return files.sort();
}

const IS_NOTE = /^\.|\.md$/i;

/** The key says who an account is, so two files with one key can only be a copy that was not finished. */
function findDoubles(accounts: readonly HandWritten[]): Problem[] {
  const places = new Map<string, string>();
  return accounts.flatMap(({ file, account }) => {
    const { key, address, aliases = [] } = account;
    const claims = [`key ${key}`, ...new Set([address, ...aliases])];
    const problems = claims.flatMap((claim) => {
      const other = places.get(claim);
      const what = claim.startsWith('key ') ? 'key: the same as in' : `${claim}: also in`;
      return other === undefined ? [] : [{ where: file, what: `${what} ${other}` }];
    });
    for (const claim of claims) if (!places.has(claim)) places.set(claim, file);
    return problems;
  });
}

function toEntry({ file, account }: HandWritten): Entry {
  const attributes = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(account) as [string, string | boolean | readonly string[]][]) {
    const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    if (values.length > 0) attributes.set(name.toLowerCase(), values);
  }
  return { dn: file, attributes, isRow: true, written: account };
}
