import type { Directory } from '../directory/directory.ts';
import type { Entry } from '../directory/entry.ts';
import { selectEntry } from '../directory/selection.ts';
import { excludeEntry } from './map-person.ts';
import type { PersonContext } from './person-context.ts';
import { mapKey } from './rules.ts';

/** True if the entry is a person whom the filters leave in; otherwise the context is told why not. */
export function choosePerson(entry: Entry, directory: Directory, context: PersonContext): boolean {
  const { source } = context;
  const selected = selectEntry(entry, source.filters ?? [], directory);
  if (selected.verdict === 'not-a-person') {
    const { detail } = selected;
    context.exclusions.push({ source: source.name, subject: entry.dn, address: null, reason: 'not-a-person', detail });
  }
  if (selected.verdict === 'filtered') {
    const key = mapKey(entry, source.mapping.accountKey, 'guid')?.key ?? null;
    const { detail } = selected;
    const fault = { reason: 'filtered', detail, attribute: 'filters', leavesAs: 'filtered' } as const;
    context.excluded.push(excludeEntry(entry, key, fault, context));
  }
  return selected.verdict === 'person';
}
