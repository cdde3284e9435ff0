import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import { digestDesiredFiles } from '../desired/desired-state.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan says of the desired files it was made with. */
export function summariseDesired(files: DesiredFiles, { blobs }: Baseline): PlanBody['desired'] {
  const names = [...files.keys()];
  return {
    digest: digestDesiredFiles(files),
    users: names.filter((name) => name.startsWith('users/')).length,
    functional: names.filter((name) => name.startsWith('functional/')).length,
    written: [...files].filter(([name, { blob }]) => blobs.get(name) !== blob).length,
    removed: [...blobs.keys()].filter((name) => !files.has(name)).length,
  };
}
