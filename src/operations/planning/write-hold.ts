import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listBaseline, readBaseline } from '../../adapters/git/baseline.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import { HOLDS_FILE } from '../../model/desired/desired-state.ts';
import {
  daysLeft,
  formatHolds,
  isHoldInForce,
  LONGEST_HOLD_DAYS,
  parseHolds,
  type Hold,
} from '../../model/desired/holds.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { CommandContext } from '../context.ts';

export interface HoldRequest {
  readonly address: string;
  /** `YYYY-MM-DD`: the first day on which the source decides again. */
  readonly until: string;
  readonly reason: string;
  readonly now: Date;
}

/** Writes the hold of one managed account into holds.yaml of the work tree; people merge it. Throws CLI_USAGE. */
export async function writeHold(context: CommandContext, request: HoldRequest): Promise<Hold> {
  const { git, configuration } = context;
  const { organisation, approval, folder } = configuration;
  const commit = await fetchBranch(git, approval.gitRemote, approval.branch);
  const baseline = await readBaseline(git, await listBaseline(git, commit, organisation));
  const address = request.address.trim().toLowerCase();
  const account = baseline.accounts.find((one) => one.address === address || one.aliases?.includes(address) === true);
  if (account === undefined)
    throw usage(`${address} has no desired file on ${approval.branch}`, 'Name an account that is managed.');
  const hold = { key: account.key, address: account.address, reason: request.reason.trim(), expires: request.until };
  verifyHold(hold, request.now);
  const others = currentHolds(context, baseline).filter(({ key }) => key !== hold.key);
  const kept = others.filter((one) => isHoldInForce(one, request.now));
  writeFileSync(path.join(folder, HOLDS_FILE), formatHolds([...kept, hold]));
  return hold;
}

/** Those of the work tree, if it has any: what was written and not committed yet must not get lost. */
function currentHolds(
  { configuration: { folder } }: Pick<CommandContext, 'configuration'>,
  baseline: Pick<Baseline, 'holds'>,
): readonly Hold[] {
  const file = path.join(folder, HOLDS_FILE);
  return existsSync(file) ? parseHolds(readFileSync(file, 'utf8'), file) : baseline.holds;
}

function verifyHold({ expires, reason }: Hold, now: Date): void {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(expires) && !Number.isNaN(Date.parse(expires));
  if (!isDate) throw usage(`--until ${expires} is not a day`, 'Write the day as 2027-01-31.');
  const days = daysLeft({ expires }, now);
  if (days < 1) throw usage(`--until ${expires} is not in the future`, 'Name a later day.');
  if (days > LONGEST_HOLD_DAYS)
    throw usage(
      `--until ${expires} is ${days} days away, a hold lasts ${LONGEST_HOLD_DAYS} days at most`,
      'Name an earlier day.',
    );
  if (reason === '' || reason.length > 500)
    throw usage(
      '--reason has no text, or more than 500 characters',
      'Say in one sentence why the account stays as it is.',
    );
}

function usage(what: string, remedy: string): ReconcileError {
  return new ReconcileError('CLI_USAGE', what, { remedy });
}
