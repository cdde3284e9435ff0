import type { DesiredFiles } from '../desired/desired-file.ts';
import { renderDesiredFiles } from '../desired/desired-state.ts';
import { openLineOf } from '../desired/open-file.ts';
import { refuseSharedFiles } from '../desired/shared-files.ts';
import type { Access } from './decide-access.ts';
import type { PlanInput } from './plan-input.ts';

/** All that the plan renders below desired/<organisation>/. */
export function renderPlanFiles({ holds = [], baseline }: PlanInput, { accounts, open }: Access): DesiredFiles {
  const lines = open.flatMap((one) => openLineOf(one) ?? []);
  const lists = Number(holds.length > 0) + Number(lines.length > 0);
  const files = renderDesiredFiles(accounts, { holds, open: lines }, baseline.files);
  if (files.size < accounts.length + lists) refuseSharedFiles(accounts);
  return files;
}
