import { ReconcileError } from '../../model/errors.ts';
import { splitFields, type GitRepository } from './repository.ts';

/**
 * What lies in the work tree must be what the commits hold: a sparse checkout leaves files out, Git LFS and other filters put
 * something else into the commits. Throws GIT_UNUSABLE.
 */
export async function refuseHiddenFiles(git: GitRepository, organisation: string): Promise<void> {
  const folders = [`desired/${organisation}`, `plans/${organisation}`];
  const [isSparse, filters] = await Promise.all([
    git.isSuccess(['config', '--get', 'core.sparseCheckout']),
    git.read([
      'check-attr',
      '-z',
      'filter',
      '--',
      ...folders.flatMap((folder) => SAMPLES.map((file) => `${folder}/${file}`)),
    ]),
  ]);
  const filtered = splitFields(filters).find(
    (value, index) => index % 3 === 2 && !['unspecified', 'unset'].includes(value),
  );
  if (filtered !== undefined)
    throw new ReconcileError('GIT_UNUSABLE', `Files of desired/ or plans/ pass the git filter ${filtered}`, {
      remedy: 'Take them out of .gitattributes, run git add --renormalize desired plans, and merge that.',
      problems: [{ where: '.gitattributes', what: 'what is committed is not what people review' }],
    });
  if (isSparse) await refuseLeftOut(git, folders);
}

/** Names as files have them. */
const SAMPLES = [
  'organisation.yaml',
  'users/a@b.example.yaml',
  'functional/a@b.example.yaml',
  '0001-00000000/plan.json',
  '0001-00000000/plan.md',
];

async function refuseLeftOut(git: GitRepository, folders: readonly string[]): Promise<void> {
  const files = splitFields(await git.read(['ls-files', '-t', '-z', '--', ...folders]));
  const [first] = files.filter((line) => line.startsWith('S '));
  if (first === undefined) return;
  throw new ReconcileError('GIT_UNUSABLE', 'This checkout is sparse and leaves out files of desired/ or plans/', {
    remedy: `Check them out: git sparse-checkout add ${folders.join(' ')}; or git sparse-checkout disable`,
    problems: [{ where: first.slice(2), what: 'is in the commit and not here' }],
  });
}
