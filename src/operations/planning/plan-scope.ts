import { fact } from '../../model/facts/fact.ts';
import { readFileSync } from 'node:fs';
import { ReconcileError } from '../../model/errors.ts';
import type { MappedAccount } from '../../model/mapping/mapped.ts';
import { chooseAccounts, type ChoiceInput } from '../../model/plan/chosen-accounts.ts';
import type { BuiltPlan } from '../../model/plan/plan.ts';
import { chooseWaiting } from '../../model/plan/wave.ts';
import type { Exclusion, Fact } from '../../model/schema/generated/plan.ts';

/** Who takes part in a plan. */
export interface PlanScope {
  /** Keys of those who do not. */
  readonly waiting: ReadonlySet<string>;
  readonly isPilot: boolean;
  /** For the review. */
  readonly remarks: readonly Fact[];
  readonly exclusions: readonly Exclusion[];
}

/** Everybody, or the accounts with these addresses (`--only`). Throws CLI_USAGE for an address that nobody has. */
export function chooseScope(only: readonly string[] | undefined, input: ChoiceInput): PlanScope {
  if (only === undefined) return { waiting: new Set(), isPilot: false, remarks: [], exclusions: [] };
  const addresses = only.flatMap(readAddresses);
  const { waiting, unknown } = chooseAccounts(addresses, input);
  if (unknown.length > 0)
    throw new ReconcileError('CLI_USAGE', `--only names ${unknown.length} addresses that nobody has`, {
      remedy: 'Correct them: each must be an address in the source, in a desired file or in Zivver.',
      problems: unknown.map((address) => ({
        where: address,
        what: 'is neither in the source, nor on the branch, nor in Zivver',
      })),
    });
  const remark = fact('pilot', { count: addresses.length, others: waiting.size });
  return { waiting, isPilot: true, remarks: [remark], exclusions: [] };
}

/** So many rounds are enough for any plan: each leaves out at least one account more, and most need two. */
const ROUNDS = 50;

/** The plan with as much of what takes nothing away as the limits allow (`--wave`); the rest waits and is named. */
export async function buildWave(
  build: (scope: PlanScope) => Promise<BuiltPlan>,
  scope: PlanScope,
  mapped: readonly MappedAccount[],
): Promise<BuiltPlan> {
  const waiting = new Set(scope.waiting);
  const names = new Map(mapped.map((one) => [one.account.key, one]));
  let exclusions: Exclusion[] = [];
  for (let round = 0; ; round += 1) {
    const built = await build({ ...scope, waiting, exclusions: [...scope.exclusions, ...exclusions] });
    const more = [...chooseWaiting(built.body)].filter((key) => !waiting.has(key));
    if (more.length === 0 || round === ROUNDS) return built;
    for (const key of more) waiting.add(key);
    exclusions = [...exclusions, ...more.map((key) => describeWaiting(key, names.get(key)))];
  }
}

function describeWaiting(key: string, mapped: MappedAccount | undefined): Exclusion {
  const address = mapped?.account.address ?? null;
  const detail = fact('waits-for-wave');
  return { source: mapped?.source ?? null, subject: mapped?.dn ?? key, address, reason: 'waits', detail };
}

/** An address, or a file with one a line; `#` begins a comment. */
function readAddresses(given: string): string[] {
  if (given.includes('@')) return [given.trim().toLowerCase()];
  try {
    return readFileSync(given, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.replace(/#.*/, '').trim().toLowerCase())
      .filter((line) => line !== '');
  } catch (cause) {
    throw new ReconcileError('CLI_USAGE', `--only ${given} is neither an address nor a file that can be read`, {
      remedy: 'Give addresses, or a file with one address a line.',
      cause,
    });
  }
}
