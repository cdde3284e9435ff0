import { ReconcileError } from '../../model/errors.ts';
import type { TreeFile } from '../../model/desired/baseline.ts';
import { runGit } from './run-git.ts';

/** Reads and writes a git repository through git itself, without touching the work tree. Never asks for a password. */
export class GitRepository {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
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

  async hasRemote(name: string): Promise<boolean> {
    return (await this.read(['remote'])).split('\n').includes(name);
  }

  /** Commit id, undefined if the ref does not exist. */
  async resolve(ref: string): Promise<string | undefined> {
    const result = await runGit(this.root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    return result.exitCode === 0 ? result.stdout.toString('utf8').trim() : undefined;
  }

  /** All files of a commit below a folder (forward slashes, no leading one; `` = everywhere); [] if there are none. */
  async listTree(commit: string, folder: string): Promise<TreeFile[]> {
    const listing = await this.read([
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      ...(folder === '' ? [] : ['--', folder]),
    ]);
    return splitFields(listing).map((line) => {
      const tab = line.indexOf('\t');
      return { path: line.slice(tab + 1), blob: line.slice(line.lastIndexOf(' ', tab) + 1, tab) };
    });
  }

  /** Bytes of one file of a commit, undefined if it is not there. */
  async readFileAt(commit: string, file: string): Promise<Buffer | undefined> {
    const result = await runGit(this.root, ['cat-file', 'blob', `${commit}:${file}`]);
    return result.exitCode === 0 ? result.stdout : undefined;
  }

  /** Texts of many blobs, in order. */
  async readBlobs(blobs: readonly string[]): Promise<string[]> {
    if (blobs.length === 0) return [];
    const result = await runGit(this.root, ['cat-file', '--batch'], { input: `${blobs.join('\n')}\n` });
    if (result.exitCode !== 0) throw gitFailed(['cat-file', '--batch'], result.stderr);
    return splitBatch(result.stdout, blobs.length);
  }
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

/** `<id> blob <size>\n<content>\n` per blob. */
function splitBatch(output: Buffer, count: number): string[] {
  const texts: string[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const end = output.indexOf(0x0a, offset);
    const size = Number(output.toString('latin1', offset, end).split(' ')[2]);
    texts.push(output.toString('utf8', end + 1, end + 1 + size));
    offset = end + 1 + size + 1;
  }
  return texts;
}
