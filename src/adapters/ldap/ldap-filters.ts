import { EqualityFilter, type Filter, OrFilter, PresenceFilter } from 'ldapts';

/** Filters for searches of our own; the values go as they are. What people wrote goes through `parseQuery`. */

export function equals(attribute: string, value: string): Filter {
  return new EqualityFilter({ attribute, value });
}

/** The attribute has one of these values. */
export function equalsAny(attribute: string, values: readonly string[]): Filter {
  return new OrFilter({ filters: values.map((value) => equals(attribute, value)) });
}

export function isPresent(attribute: string): Filter {
  return new PresenceFilter({ attribute });
}
