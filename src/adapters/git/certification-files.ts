import { CERTIFICATIONS_FOLDER, parseCertification } from '../../model/certify/certification.ts';
import type { DatedCertification } from '../../model/certify/decisions.ts';
import type { GitRepository } from './repository.ts';

/** Every certification of a commit, with the time of the commit that brought each as it is. Throws CONFIGURATION_INVALID (3). */
export async function readCertifications(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<readonly DatedCertification[]> {
  const folder = `desired/${organisation}/${CERTIFICATIONS_FOLDER}/`;
  const files = commit === null ? [] : await git.listTree(commit, folder);
  if (commit === null || files.length === 0) return [];
  const [texts, times] = await Promise.all([
    git.readBlobs(files.map(({ blob }) => blob)),
    readTimes(git, commit, folder),
  ]);
  return files.map(({ path }, index) => ({
    campaign: path.slice(folder.length).split('/')[0] ?? '',
    certification: parseCertification(texts[index] ?? '', path),
    decidedAt: times.get(path) ?? '',
  }));
}

/** Of each file, when the branch got it as it is: along its first parents, so a merge counts when it was merged. */
async function readTimes(git: GitRepository, commit: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const log = await git.read([
    'log',
    '--first-parent',
    '-m',
    '--name-only',
    '-z',
    '--format=%x01%cI',
    commit,
    '--',
    folder,
  ]);
  const times = new Map<string, string>();
  let at = '';
  for (const part of log.split('\0').flatMap((text) => text.split('\n'))) {
    if (part.startsWith('\u0001')) at = new Date(part.slice(1)).toISOString();
    else if (part !== '' && !times.has(part)) times.set(part, at);
  }
  return times;
}
