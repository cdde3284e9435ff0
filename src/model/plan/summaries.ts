import type { Settlement } from '../settle/settlement.ts';
import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import { countKinds } from '../desired/count-kinds.ts';
import { digestDesiredFiles } from '../desired/desired-state.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan says of the desired files it was made with. */
export function summariseDesired(
  files: DesiredFiles,
  { files: committed }: Pick<Baseline, 'files'>,
): Omit<PlanBody['desired'], 'adopted'> {
  const written = [...files.values()].filter(({ path, blob }) => committed.get(path)?.blob !== blob).length;
  const removed = [...committed.keys()].filter((path) => !files.has(path)).length;
  return { digest: digestDesiredFiles(files), ...countKinds(files.keys()), written, removed };
}

export function listUnmanaged({ unmanaged }: Settlement): PlanBody['unmanaged'] {
  return unmanaged
    .map((account) => ({
      kind: account.kind,
      address: account.address,
      active: account.kind === 'functional' || account.active,
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}
