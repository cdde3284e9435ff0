export type Place = readonly (string | number)[];

/** Paths of all values below. */
export function listPlaces(value: unknown, above: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, below]) => {
    const place = [...above, Array.isArray(value) ? Number(name) : name];
    return [place, ...listPlaces(below, place)];
  });
}

/** False if it is the same value. */
export function replaceAt(root: unknown, place: Place, value: unknown): boolean {
  let parent = root as Record<string | number, unknown>;
  for (const name of place.slice(0, -1)) parent = parent[name] as Record<string | number, unknown>;
  const last = place.at(-1) ?? '';
  if (JSON.stringify(parent[last]) === JSON.stringify(value)) return false;
  parent[last] = value;
  return true;
}
