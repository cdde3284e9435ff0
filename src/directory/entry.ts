import type { Entry } from '../source/source.ts';

/** All values of an attribute, any case of the name; [] if it has none. */
export function valuesOf(entry: Entry, attribute: string): readonly string[] {
  return entry.attributes.get(attribute.toLowerCase()) ?? [];
}

/** The first non-blank value, trimmed; undefined if there is none. */
export function valueOf(entry: Entry, attribute: string): string | undefined {
  for (const value of valuesOf(entry, attribute)) {
    const text = value.trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** AD lists the whole class chain in objectClass; names compare without case. */
export function hasObjectClass(entry: Entry, name: string): boolean {
  return valuesOf(entry, 'objectClass').some((value) => value.toLowerCase() === name);
}
