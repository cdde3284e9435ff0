import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';

/** The commit of a branch's own line (first parents) that brought a file: normally the merge of a pull request. */
export interface BringingCommit {
  readonly commit: string;
  /** First the branch before it; none: it is the first commit of all. */
  readonly parents: readonly string[];
  /** `Name <address>` */
  readonly author: string;
  readonly committer: string;
  /** When it was committed. */
  readonly at: string;
}

/** Null: the branch does not have the file. Throws GIT_UNUSABLE if a shallow clone hides it. */
export async function findBringingCommit(
  git: GitRepository,
  head: string,
  file: string,
): Promise<BringingCommit | null> {
  return readAddition(git, ['--first-parent', '-m'], { head, file });
}

/** Author of the commit that wrote the file, wherever it was merged from. Null and throws as above. */
export async function findFileAuthor(git: GitRepository, head: string, file: string): Promise<string | null> {
  return (await readAddition(git, [], { head, file }))?.author ?? null;
}

const FORMAT = ['%H', '%P', '%an <%ae>', '%cn <%ce>', '%cI'].join('%x00');

async function readAddition(
  git: GitRepository,
  walk: readonly string[],
  { head, file }: { readonly head: string; readonly file: string },
): Promise<BringingCommit | null> {
  const log = await git.read(['log', ...walk, '--diff-filter=A', '-1', `--format=${FORMAT}`, head, '--', file]);
  const [commit = '', parents = '', author = '', committer = '', at = ''] = log.trim().split('\0');
  if (commit === '') return null;
  if (parents === '') await refuseCutOff(git, commit);
  return { commit, parents: parents === '' ? [] : parents.split(' '), author, committer, at };
}

/** At the edge of a shallow clone a commit looks as if it had brought everything; its own text still names its parents. */
export async function refuseCutOff(git: GitRepository, commit: string): Promise<void> {
  const [text = ''] = await git.readBlobs([commit]);
  const [header = ''] = text.split('\n\n');
  if (!/^parent /m.test(header)) return;
  throw new ReconcileError(
    'GIT_UNUSABLE',
    'This clone is shallow: which commit brought the plan, and whose, is not in it',
    {
      remedy:
        'Fetch the whole history: git fetch --unshallow; in a pipeline set fetch-depth: 0 (GitHub) or GIT_DEPTH: 0 (GitLab).',
      problems: [{ where: `commit ${commit.slice(0, 10)}`, what: 'its parents are cut off' }],
    },
  );
}
