/** What stands at a path of keys; undefined if it does not. */
export function valueAt(data: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined,
    data,
  );
}

export function textAt(data: unknown, ...keys: readonly string[]): string | undefined {
  const value = valueAt(data, ...keys);
  return typeof value === 'string' ? value : undefined;
}

/** Null: not told. */
export function flagAt(data: unknown, ...keys: readonly string[]): boolean | null {
  const value = valueAt(data, ...keys);
  return typeof value === 'boolean' ? value : null;
}

export function listAt(data: unknown, ...keys: readonly string[]): readonly unknown[] {
  const value = valueAt(data, ...keys);
  return Array.isArray(value) ? value : [];
}
