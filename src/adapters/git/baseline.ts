import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';
import type { Baseline, TreeFile } from '../../model/desired/baseline.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';
import { AccountFile } from '../../model/desired/desired-file.ts';
import { desiredPath, kindOfPath } from '../../model/desired/desired-file-name.ts';
import { HOLDS_FILE, isDesiredFile, OPEN_FILE } from '../../model/desired/desired-state.ts';
import { parseHolds, type Hold } from '../../model/desired/holds.ts';
import { parseOpenLines, type OpenLine } from '../../model/desired/open-file.ts';
import { parseDesiredAccount } from '../../model/desired/yaml.ts';

/** The names and blob ids of a baseline, of which nothing was read yet. Paths below desired/<organisation>/. */
export interface BaselineListing {
  readonly commit: string | null;
  readonly accounts: readonly TreeFile[];
  /** holds.yaml, if there is one. */
  readonly holds: readonly TreeFile[];
  /** open.yaml, if there is one. */
  readonly open: readonly TreeFile[];
  /** `desired/<organisation>/`. */
  readonly prefix: string;
}

export async function listBaseline(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<BaselineListing> {
  const prefix = `desired/${organisation}/`;
  const tree = commit === null ? [] : await git.listTree(commit, prefix);
  const files = tree
    .map(({ path, blob }) => ({ path: path.slice(prefix.length), blob }))
    .filter(({ path }) => isDesiredFile(path));
  const named = (name: string): TreeFile[] => files.filter(({ path }) => path === name);
  const accounts = files.filter(({ path }) => kindOfPath(path) !== null);
  return { commit, prefix, accounts, holds: named(HOLDS_FILE), open: named(OPEN_FILE) };
}

/** Keys of the functional accounts: what mapping must know of the baseline before `readBaseline` can use its result. */
export async function readManagedGroups(git: GitRepository, listing: BaselineListing): Promise<Set<string>> {
  const files = listing.accounts.filter(({ path }) => kindOfPath(path) === 'functional');
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  return new Set(files.map(({ path }, index) => readKey(texts[index] ?? '', `${listing.prefix}${path}`)));
}

/** As we write it; in any other form the whole file is parsed. Faults are found when the baseline is read. */
function readKey(text: string, file: string): string {
  return /^key: "?([0-9a-f-]{36})"?$/m.exec(text)?.[1] ?? parseDesiredAccount(text, file).key;
}

/** What the files probably say. */
export interface Recognisable {
  readonly mapped: readonly { readonly account: DesiredAccount }[];
  readonly zivverIdOf: (account: DesiredAccount) => string | undefined;
}

const NOBODY: Recognisable = { mapped: [], zivverIdOf: () => undefined };

/**
 * Reads the files. One whose blob id is that of a mapped account's file is that account: at most a few files of an
 * organisation differ from what its directory says, and only those are fetched and parsed. Files may record the id of the
 * account in Zivver beside it.
 */
export async function readBaseline(
  git: GitRepository,
  listing: BaselineListing,
  { mapped, zivverIdOf }: Recognisable = NOBODY,
): Promise<Baseline> {
  const known = new Map<string, DesiredAccount>();
  for (const { account } of mapped) known.set(desiredPath(account.kind, account.address), account);
  const files = listing.accounts.map((file) => {
    const account = known.get(file.path);
    if (account === undefined) return file;
    const plain = recognise(file, account);
    const zivverId = plain instanceof AccountFile ? undefined : zivverIdOf(account);
    return zivverId === undefined ? plain : recognise(file, { ...account, zivverId });
  });
  const others = files.filter((file) => !(file instanceof AccountFile));
  const read = (await readAccounts(git, others, listing.prefix)).values();
  const accounts = files.map((file) =>
    file instanceof AccountFile ? file.account : (read.next().value as DesiredAccount),
  );
  const byPath = new Map<string, TreeFile>();
  for (const file of [...files, ...listing.holds, ...listing.open]) byPath.set(file.path, file);
  refuseDoubleKeys(accounts);
  const readList = (list: readonly TreeFile[]): Promise<string[]> => git.readBlobs(list.map(({ blob }) => blob));
  const [holds, open] = await Promise.all([readList(listing.holds), readList(listing.open)]);
  return {
    commit: listing.commit,
    accounts,
    holds: holds.flatMap((text) => parseHolds(text, `${listing.prefix}${HOLDS_FILE}`)),
    open: open.flatMap((text) => parseOpenLines(text, `${listing.prefix}${OPEN_FILE}`)),
    files: byPath,
  };
}

/** open.yaml of a commit alone; [] if it has none. */
export async function readOpenLines(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<readonly OpenLine[]> {
  const file = `desired/${organisation}/${OPEN_FILE}`;
  return (await readFileOf(git, commit, file)).flatMap((text) => parseOpenLines(text, file));
}

/** holds.yaml of a commit alone; [] if it has none. */
export async function readHoldsOf(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<readonly Hold[]> {
  const file = `desired/${organisation}/${HOLDS_FILE}`;
  return (await readFileOf(git, commit, file)).flatMap((text) => parseHolds(text, file));
}

/** Its text, if the commit has it. */
async function readFileOf(git: GitRepository, commit: string | null, file: string): Promise<readonly string[]> {
  const found = commit === null ? [] : await git.listTree(commit, file);
  return git.readBlobs(found.map(({ blob }) => blob));
}

function recognise(file: TreeFile, account: DesiredAccount): TreeFile | AccountFile {
  const rendered = new AccountFile(account, file.path);
  return rendered.blob === file.blob ? rendered : file;
}

async function readAccounts(git: GitRepository, files: readonly TreeFile[], prefix: string): Promise<DesiredAccount[]> {
  const texts = await git.readBlobs(files.map(({ blob }) => blob));
  return files.map(({ path }, index) => parseDesiredAccount(texts[index] ?? '', `${prefix}${path}`));
}

function refuseDoubleKeys(accounts: readonly DesiredAccount[]): void {
  const seen = new Map<string, string>();
  const problems = accounts.flatMap(({ key, address }) => {
    const other = seen.get(key);
    seen.set(key, address);
    return other === undefined ? [] : [{ where: address, what: `has the same key as ${other}` }];
  });
  if (problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', 'Desired files on the branch share a key', {
      remedy: 'Remove the wrong one in a pull request.',
      problems,
    });
}
