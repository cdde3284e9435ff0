import { desiredPath } from '../desired/desired-file-name.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

export interface AccountedFor {
  readonly configuration: Pick<Configuration, 'handovers' | 'sources'>;
  /** Desired accounts of the branch before the plan. */
  readonly baseline: readonly DesiredAccount[];
  /** All desired files that the plan rendered: path → blob id. */
  readonly desired: ReadonlyMap<string, string>;
}

/**
 * What the plan says became of the managed accounts: changed are those that a change is about, and those that lose their file; open
 * are those that it lists. Which of the others are equal and which left out, only the sources say. Pure.
 */
export function findAccountingClaims(
  { accounting: { entries, managed }, changes, open, source }: PlanBody,
  { configuration, baseline, desired }: AccountedFor,
): string[] {
  const changed = new Set(changes.map(({ key }) => key));
  const passed = new Set(configuration.handovers.map(({ from }) => from));
  const listed = new Set(open.map(({ key }) => key));
  const claiming = new Set(open.map(({ claimant }) => claimant?.key ?? null));
  const others = baseline.filter(({ key }) => !changed.has(key));
  // While organisation.yaml changes the account key, any account may take its other one.
  const isChanging = configuration.sources.some(({ mapping }) => mapping.formerAccountKey !== null);
  const isGone = ({ key, kind, address }: DesiredAccount): boolean =>
    isChanging || passed.has(key) || !desired.has(desiredPath(kind, address));
  const touched = baseline.length - others.length;
  const gone = others.filter(isGone);
  const stays = others.filter((account) => !isGone(account));
  const told = stays.filter(({ key }) => listed.has(key)).length;
  const most = others.filter(({ key }) => listed.has(key) || claiming.has(key)).length;
  const isRollback = source.length === 0;
  return [
    ...(isWithin(managed.changed, touched, touched + gone.length) ? [] : ['the changed accounts are counted wrongly']),
    ...(isRollback || isWithin(managed.open, told, most) ? [] : ['the open accounts are counted wrongly']),
    ...(isRollback && Object.values(entries).some((count) => count > 0) ? ['a rollback reads no entries'] : []),
  ];
}

function isWithin(count: number, least: number, most: number): boolean {
  return least <= count && count <= most;
}
