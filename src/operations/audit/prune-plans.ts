import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { choosePrunable, type Prunable } from './prunable.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { CommandContext } from '../context.ts';
import { readAudit } from './read-audit.ts';

/** Removes folders from the work tree only; the ledger and the branch are not touched. */
export async function prunePlans(
  context: CommandContext,
  { olderThan, now }: { olderThan: string; now: Date },
): Promise<Prunable> {
  const days = parseDays(olderThan);
  const { organisation } = context.configuration;
  const folder = path.join(context.git.root, 'plans', organisation);
  const { records, baseline } = await readAudit(context);
  const files = baseline.commit === null ? [] : await context.git.listTree(baseline.commit, `plans/${organisation}/`);
  const onBranch = new Set(files.map((file) => file.path.split('/')[2] ?? ''));
  const chosen = choosePrunable(records, onBranch, new Date(now.getTime() - days * 24 * 3_600_000));
  const present = new Set(await readdir(folder).catch(() => []));
  const removed = chosen.removed.filter((name) => present.has(name));
  for (const name of removed) await rm(path.join(folder, name), { recursive: true });
  return { ...chosen, removed };
}

function parseDays(text: string): number {
  const days = /^\d{1,5}d?$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (days > 0) return days;
  throw new ReconcileError('CLI_USAGE', '--older-than must be a number of days', {
    remedy: 'Give for example: --older-than 365d',
  });
}
