import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import { digestDesiredFiles } from '../desired/desired-state.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan says of the desired files it was made with. */
export function summariseDesired(
  files: DesiredFiles,
  { files: committed }: Pick<Baseline, 'files'>,
): PlanBody['desired'] {
  const names = [...files.keys()];
  return {
    digest: digestDesiredFiles(files),
    users: names.filter((name) => name.startsWith('users/')).length,
    functional: names.filter((name) => name.startsWith('functional/')).length,
    written: [...files].filter(([name, { blob }]) => committed.get(name)?.blob !== blob).length,
    removed: [...committed.keys()].filter((name) => !files.has(name)).length,
  };
}
