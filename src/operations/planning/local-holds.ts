import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { HOLDS_FILE } from '../../model/desired/desired-state.ts';
import { daysLeft, isHoldInForce, LONGEST_HOLD_DAYS, parseHolds, type Hold } from '../../model/desired/holds.ts';
import { ReconcileError } from '../../model/errors.ts';

export interface HoldsPlace {
  readonly git: Pick<GitRepository, 'read'>;
  readonly organisation: string;
  /** Absolute path of desired/<organisation>. */
  readonly folder: string;
  readonly now: Date;
}

/**
 * Holds in force: those of the branch, and those that somebody wrote here and did not commit yet, which become part of the
 * plan. Whoever took one away here without a pull request is asked. Throws `CONFIGURATION_INVALID`.
 */
export async function readHolds(branch: readonly Hold[], place: HoldsPlace): Promise<readonly Hold[]> {
  const inForce = branch.filter((hold) => isHoldInForce(hold, place.now));
  const local = await readUncommitted(place);
  refuseEndless(local ?? inForce, place.now);
  if (local === null) return inForce;
  const written = new Map(local.map((hold) => [hold.key, hold]));
  const shortened = inForce.filter(({ key, expires }) => (written.get(key)?.expires ?? '') < expires);
  if (shortened.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', 'holds.yaml here ends holds that are in force on the branch', {
      remedy: 'Merge the change of holds.yaml in a pull request of its own, or restore the file with git restore.',
      problems: shortened.map(({ address, expires }) => ({ where: address, what: `on hold until ${expires}` })),
    });
  return [...written.values()].filter((hold) => isHoldInForce(hold, place.now));
}

/** However it was written: a hold is for a while. */
function refuseEndless(holds: readonly Hold[], now: Date): void {
  const endless = holds.filter((hold) => daysLeft(hold, now) > LONGEST_HOLD_DAYS);
  if (endless.length === 0) return;
  throw new ReconcileError('CONFIGURATION_INVALID', `holds.yaml has holds of more than ${LONGEST_HOLD_DAYS} days`, {
    remedy: 'Give them an earlier day by pull request; a hold that goes on is written again when it ends.',
    problems: endless.map(({ address, expires }) => ({ where: address, what: `on hold until ${expires}` })),
  });
}

/** Null if the file is as it was checked out, or not there. */
async function readUncommitted({ git, organisation, folder }: HoldsPlace): Promise<readonly Hold[] | null> {
  const file = `desired/${organisation}/${HOLDS_FILE}`;
  const text = await readFile(path.join(folder, HOLDS_FILE), 'utf8').catch(() => null);
  if (text === null) return null;
  const committed = await git.read(['show', `HEAD:${file}`]).catch(() => null);
  return text === committed ? null : parseHolds(text, file);
}
