import { commonNameOf, foldCase } from './distinguished-name.ts';
import { type Entry, valuesOf } from './entry.ts';
import type { AttributeValue } from './source.ts';

/**
 * Entries that have at least one of the values, compared without case. For sources that hold all entries, and for answers of
 * directories that compare more loosely (AD takes `é` for `e`), so that all sources find the same.
 */
export function findByValues(entries: readonly Entry[], wanted: readonly AttributeValue[]): readonly Entry[] {
  const byAttribute = new Map<string, Set<string>>();
  for (const { attribute, value } of wanted) {
    const name = attribute.toLowerCase();
    byAttribute.set(name, (byAttribute.get(name) ?? new Set()).add(foldCase(value)));
  }
  return entries.filter((entry) =>
    [...byAttribute].some(([name, values]) => namedValues(entry, name).some((value) => values.has(foldCase(value)))),
  );
}

/** The common name stands in the DN too, which every export has. */
function namedValues(entry: Entry, attribute: string): readonly string[] {
  const name = attribute === 'cn' ? commonNameOf(entry.dn) : null;
  return name === null ? valuesOf(entry, attribute) : [name];
}
