import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { effectOf, type Effect } from '../change/effect.ts';
import type { Change } from '../change/change.ts';

/** What the reviewer of these changes should know beyond them, each once, with numbers and the cure. Pure. */
export function buildAdvice(changes: readonly Change[], { configuration, index }: AdviceInput): string[] {
  return [
    ...adviseAboutKeys(changes, configuration),
    ...adviseAboutDeletion(changes, configuration),
    ...adviseAboutDivisions(changes, index),
  ];
}

export interface AdviceInput {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
}

/**
 * A write of aliases, delegates or the mark replaces the whole extension of Zivver, the single sign-on key with it
 * (zivver-api.md §5).
 */
function adviseAboutKeys(changes: readonly Change[], { sso }: Configuration): string[] {
  const erasing = changes.filter((change) => LOSING.has(effectOf(change).signOn)).map(({ address }) => address);
  const why = sso.enabled ? 'no key is known for them' : 'sso.enabled is false';
  return erasing.length === 0
    ? []
    : [
        `Single sign-on keys that these accounts may have are erased, because ${why}: ${nameSome(erasing)}. Whoever logs in by single sign-on there cannot any more, until the key is set again.`,
      ];
}

const LOSING: ReadonlySet<Effect['signOn']> = new Set(['erased', 'lost']);

function nameSome(addresses: readonly string[]): string {
  const rest = addresses.length - NAMED;
  const named = addresses.slice(0, NAMED).join(', ');
  return rest > 0 ? `${named} and ${rest} others (${addresses.length} in all)` : named;
}

const NAMED = 10;

function adviseAboutDeletion(changes: readonly Change[], { users, functional }: Configuration): string[] {
  const keys = [
    ...(users.missing === 'delete' ? ['users.missing'] : []),
    ...(functional.missing === 'delete' ? ['functional.missing'] : []),
  ];
  if (keys.length === 0) return [];
  const deletions = changes.filter(({ action }) => action === 'delete').length;
  const here = deletions === 0 ? 'none in this plan' : `${deletions} in this plan`;
  const milder = users.missing === 'delete' ? 'suspend' : 'empty';
  const verb = keys.length === 1 ? 'is' : 'are';
  return [
    `${keys.join(' and ')} ${verb} set to delete: accounts that leave the source are deleted for ever with all their messages (${here}). ${milder} can be undone.`,
  ];
}

/** So many divisions are named. */
const DIVISIONS = 5;

/** Zivver does not list its divisions; those that accounts have are sure to exist, of others it cannot be known beforehand. */
function adviseAboutDivisions(changes: readonly Change[], index: ExistingIndex): string[] {
  const counts = new Map<string, number>();
  for (const { after } of changes) {
    const { division } = after;
    if (typeof division === 'string' && division !== '/') counts.set(division, (counts.get(division) ?? 0) + 1);
  }
  if (counts.size > 0) for (const { division } of index.all) counts.delete(division ?? '/');
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const named = sorted.slice(0, DIVISIONS).map(([division]) => division);
  const rest = counts.size > DIVISIONS ? ` and ${counts.size - DIVISIONS} others` : '';
  const which =
    counts.size === 1 ? `Division ${named.join()} is` : `${counts.size} divisions (${named.join(', ')}${rest}) are`;
  const these = total === 1 ? 'this 1 change fails' : `these ${total} changes fail`;
  const they = counts.size === 1 ? 'it does' : 'they do';
  return [
    `${which} not used by any account in Zivver yet. If ${they} not exist there, ${these}: create the division in Zivver first, with exactly this identifier.`,
  ];
}
