import { ReconcileError } from '../../model/errors.ts';
import type { TreeFile } from '../../model/desired/baseline.ts';
import type { GitObject } from './object-answers.ts';
import { ObjectReader } from './object-reader.ts';
import { runGit } from './run-git.ts';
import { parseTree, type TreeEntry } from './tree-entries.ts';

/** One address of a git remote; it may hold a token. */
export interface RemoteAddress {
  readonly name: string;
  readonly address: string;
  readonly use: 'fetch' | 'push';
}

/** Reads and writes a git repository through git itself, without touching the work tree. Never asks for a password. */
export class GitRepository {
  readonly root: string;
  readonly #objects: ObjectReader;
  /** By commit id and folder: what a commit has never changes. */
  readonly #listings = new Map<string, Promise<readonly TreeFile[]>>();
  #remotes: Promise<readonly RemoteAddress[]> | undefined;

  constructor(root: string) {
    this.root = root;
    this.#objects = new ObjectReader(root);
  }

  /** The repository around a folder. Throws GIT_UNUSABLE. */
  static async open(folder: string): Promise<GitRepository> {
    const found = await runGit(folder, ['rev-parse', '--show-toplevel', '--show-object-format']);
    const [root, format] = found.stdout.toString('utf8').trim().split('\n');
    if (found.exitCode !== 0 || root === undefined)
      throw new ReconcileError('GIT_UNUSABLE', 'This folder is not in a git repository, or git is not installed', {
        remedy: 'Run the command in a clone of the repository with your desired/ folder.',
        problems: [{ where: 'git', what: found.stderr.trim() || 'no answer' }],
      });
    if (format !== 'sha1')
      throw new ReconcileError('GIT_UNUSABLE', `The repository uses ${format} object ids`, {
        remedy: 'Use a repository in git’s default format (sha1).',
      });
    return new GitRepository(root);
  }

  /** stdout of a git command; throws GIT_UNUSABLE with git's own words. */
  async read(args: readonly string[], input?: string | Uint8Array): Promise<string> {
    const result = await runGit(this.root, args, input === undefined ? {} : { input });
    // Bytes that are no UTF-8 become U+FFFD.
    if (result.exitCode === 0) return result.stdout.toString('utf8');
    throw gitFailed(args, result.stderr);
  }

  /** For commands whose failure is an answer: git's own words instead of an error. */
  async attempt(args: readonly string[]): Promise<{ ok: true } | { ok: false; why: string }> {
    const result = await runGit(this.root, args);
    return result.exitCode === 0 ? { ok: true } : { ok: false, why: result.stderr.trim() };
  }

  /** True if the command succeeded; its failure is an answer too. */
  async isSuccess(args: readonly string[]): Promise<boolean> {
    return (await runGit(this.root, args)).exitCode === 0;
  }

  /** Of all git remotes, as they are for this run. */
  listRemotes(): Promise<readonly RemoteAddress[]> {
    return (this.#remotes ??= this.read(['remote', '--verbose']).then(parseRemotes));
  }

  async hasRemote(name: string): Promise<boolean> {
    return (await this.listRemotes()).some((one) => one.name === name);
  }

  /** Commit id, undefined if the ref does not exist. */
  async resolve(ref: string): Promise<string | undefined> {
    const [commit] = /[\r\n]/.test(ref) ? [] : await this.#read([`${ref}^{commit}`]);
    return commit?.id;
  }

  /**
   * All files of a commit below a folder (`desired/company/`; `` = everywhere), or the one file of that name, in git's order; [] if
   * there are none. Throws GIT_UNUSABLE if objects are missing: nothing may be taken for empty.
   */
  listTree(commit: string, folder: string): Promise<readonly TreeFile[]> {
    const listing = this.#listings.get(`${commit} ${folder}`) ?? this.#listTree(commit, folder);
    if (isObjectId(commit)) this.#listings.set(`${commit} ${folder}`, listing);
    return listing;
  }

  async #listTree(commit: string, folder: string): Promise<readonly TreeFile[]> {
    const root = { mode: '040000', type: 'tree', id: `${commit}^{tree}`, name: '' } as const;
    let found: TreeEntry | undefined = root;
    for (const name of folder.split('/').filter((part) => part !== '')) {
      if (found?.type !== 'tree') return [];
      found = (await this.readTree(found.id)).find((entry) => entry.name === name);
    }
    if (found === undefined || (found.type !== 'tree' && folder.endsWith('/'))) return [];
    return this.#listFiles([[folder.replace(/\/$/, ''), found]]);
  }

  /** Level by level: all trees of one are read together. */
  async #listFiles(entries: readonly (readonly [path: string, entry: TreeEntry])[]): Promise<TreeFile[]> {
    const trees = await this.#readTrees(entries.flatMap(([, { type, id }]) => (type === 'tree' ? [id] : [])));
    if (trees.length === 0) return entries.map(([path, { id }]) => ({ path, blob: id }));
    let next = 0;
    return this.#listFiles(
      entries.flatMap(([path, entry]) =>
        entry.type !== 'tree'
          ? [[path, entry] as const]
          : (trees[next++] ?? []).map((one) => [path === '' ? one.name : `${path}/${one.name}`, one] as const),
      ),
    );
  }

  async readTree(id: string): Promise<readonly TreeEntry[]> {
    const [tree = []] = await this.#readTrees([id]);
    return tree;
  }

  async #readTrees(ids: readonly string[]): Promise<TreeEntry[][]> {
    const found = await this.#read(ids);
    return found.map((object, index) => {
      if (object?.type === 'tree') return parseTree(object.bytes);
      throw gitFailed(['cat-file', 'tree', ids[index] ?? ''], 'is missing');
    });
  }

  /** Bytes of one file of a commit, undefined if it is not there. */
  async readFileAt(commit: string, file: string): Promise<Buffer | undefined> {
    const [object] = /[\r\n]/.test(file) ? [] : await this.#read([`${commit}:${file}`]);
    return object?.type === 'blob' ? object.bytes : undefined;
  }

  /** Texts of many objects, in order. Throws GIT_UNUSABLE if one is missing. */
  async readBlobs(ids: readonly string[]): Promise<string[]> {
    const found = await this.#read(ids);
    return found.map((object, index) => {
      if (object !== undefined) return object.bytes.toString('utf8');
      throw gitFailed(['cat-file', 'blob', ids[index] ?? ''], 'is missing');
    });
  }

  /** A commit as git stores it, whose SHA-1 behind its header is its id; undefined: there is none. */
  async readCommit(id: string): Promise<Buffer | undefined> {
    const [object] = isObjectId(id) ? await this.#read([id]) : [];
    return object?.type === 'commit' ? object.bytes : undefined;
  }

  async #read(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    return this.#objects.read(names).catch((error: unknown) => {
      throw gitFailed(['cat-file', '--batch'], error instanceof Error ? error.message : String(error));
    });
  }
}

function parseRemotes(text: string): RemoteAddress[] {
  return text.split('\n').flatMap((line) => {
    const [, name, address, use] = /^([^\t]*)\t(.*) \((fetch|push)\)(?: \[[^\]]*\])?$/.exec(line) ?? [];
    return name === undefined || address === undefined ? [] : [{ name, address, use: use as RemoteAddress['use'] }];
  });
}

function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** The fields of a `-z` output. */
export function splitFields(output: string): string[] {
  const fields = output.split('\0');
  return fields.at(-1) === '' ? fields.slice(0, -1) : fields;
}

function gitFailed(args: readonly string[], stderr: string): ReconcileError {
  return new ReconcileError('GIT_UNUSABLE', `git ${args[0]} failed`, {
    remedy: 'Look at what git says and mend the repository.',
    problems: [{ where: `git ${args.join(' ')}`, what: stderr.trim() }],
  });
}
