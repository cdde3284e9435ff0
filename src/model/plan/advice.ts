import { fact, type FactName } from '../facts/fact.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { effectOf, type Effect } from '../change/effect.ts';
import type { Change } from '../change/change.ts';

/** What the reviewer of these changes should know beyond them, each once, with numbers and the cure. Pure. */
export function buildAdvice(changes: readonly Change[], { configuration, index }: AdviceInput): Fact[] {
  return [...deriveAdvice(changes, configuration), ...adviseAboutDivisions(changes, index)];
}

/** What follows from the changes and organisation.yaml alone, so that nobody has to believe it. */
export function deriveAdvice(changes: readonly Change[], configuration: Configuration): Fact[] {
  return [...adviseAboutKeys(changes, configuration), ...adviseAboutDeletion(changes, configuration)];
}

/** Facts that only `deriveAdvice` states. */
export const DERIVED_ADVICE: ReadonlySet<string> = new Set<FactName>(['keys-erased', 'leavers-deleted']);

export interface AdviceInput {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
}

/**
 * A write of aliases, delegates or the mark replaces the whole extension of Zivver, the single sign-on key with it
 * (zivver-api.md §5).
 */
function adviseAboutKeys(changes: readonly Change[], { sso }: Configuration): Fact[] {
  const addresses = changes.filter((change) => LOSING.has(effectOf(change).signOn)).map(({ address }) => address);
  return addresses.length === 0 ? [] : [fact('keys-erased', { addresses, why: sso.enabled ? 'unknown' : 'off' })];
}

const LOSING: ReadonlySet<Effect['signOn']> = new Set(['erased', 'lost']);

function adviseAboutDeletion(changes: readonly Change[], { users, functional }: Configuration): Fact[] {
  const options = [
    ...(users.missing === 'delete' ? ['users.missing'] : []),
    ...(functional.missing === 'delete' ? ['functional.missing'] : []),
  ];
  if (options.length === 0) return [];
  const count = changes.filter(({ action }) => action === 'delete').length;
  return [fact('leavers-deleted', { options, count, milder: users.missing === 'delete' ? 'suspend' : 'empty' })];
}

/** Zivver does not list its divisions; those that accounts have are sure to exist, of others it cannot be known beforehand. */
function adviseAboutDivisions(changes: readonly Change[], index: ExistingIndex): Fact[] {
  const counts = new Map<string, number>();
  for (const { after } of changes) {
    const { division } = after;
    if (typeof division === 'string' && division !== '/') counts.set(division, (counts.get(division) ?? 0) + 1);
  }
  if (counts.size > 0) for (const { division } of index.all) counts.delete(division ?? '/');
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  return [fact('divisions-unused', { divisions: sorted.map(([division]) => division), changes: total })];
}
