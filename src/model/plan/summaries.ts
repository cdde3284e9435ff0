import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import { digestDesiredFiles } from '../desired/desired-state.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan says of the desired files it was made with. */
export function summariseDesired(
  files: DesiredFiles,
  { files: committed }: Pick<Baseline, 'files'>,
): Omit<PlanBody['desired'], 'adopted'> {
  const count = { users: 0, functional: 0, written: 0 };
  for (const { path, blob } of files.values()) {
    if (path.startsWith('users/')) count.users += 1;
    if (path.startsWith('functional/')) count.functional += 1;
    if (committed.get(path)?.blob !== blob) count.written += 1;
  }
  const removed = [...committed.keys()].filter((path) => !files.has(path)).length;
  return { digest: digestDesiredFiles(files), ...count, removed };
}
