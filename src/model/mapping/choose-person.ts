import { fact } from '../facts/fact.ts';
import type { Directory } from '../directory/directory.ts';
import { isConflictName } from '../directory/distinguished-name.ts';
import type { Entry } from '../directory/entry.ts';
import { selectEntry } from '../directory/selection.ts';
import { excludeEntry } from './map-person.ts';
import type { PersonContext } from './person-context.ts';
import { mapKey } from './map-key.ts';

/** True if the entry is a person whom the filters leave in; otherwise the context is told why not. */
export function choosePerson(entry: Entry, directory: Directory, context: PersonContext): boolean {
  const { source } = context;
  const selected = selectEntry(entry, source.filters ?? [], directory);
  if (selected.verdict === 'not-a-person') {
    const { detail } = selected;
    context.exclusions.push({ source: source.name, subject: entry.dn, address: null, reason: 'not-a-person', detail });
  }
  if (selected.verdict === 'filtered') {
    const key = mapKey(entry, source.mapping, 'guid')?.key ?? null;
    const { detail } = selected;
    const fault = { reason: 'filtered', detail, attribute: 'filters', leavesAs: 'filtered' } as const;
    const excluded = excludeEntry(entry, { ...fault, key }, context);
    context.excluded.push({ ...excluded, evidence: { ...excluded.evidence, beside: detail } });
  }
  if (selected.verdict !== 'person' || !isConflictName(entry.dn)) return selected.verdict === 'person';
  const key = mapKey(entry, source.mapping, 'guid')?.key ?? null;
  // MS-ADTS §3.1.1.5.1.3: the name of the one that lost; nobody can say which of the two is the person.
  const detail = fact('made-twice');
  const fault = { reason: 'not-a-person', detail, attribute: 'distinguishedName', leavesAs: null } as const;
  context.excluded.push(excludeEntry(entry, { ...fault, key }, context));
  return false;
}
