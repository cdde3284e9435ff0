/** A state of a pull request. */
export interface PushedHead {
  readonly commit: string;
  /** ISO 8601 */
  readonly at: string;
}

/** The head that somebody saw who decided at this moment; null: none was there yet. Of the same moment is not before it. */
export function lastPushedBefore(heads: readonly PushedHead[], moment: string): string | null {
  const before = heads.filter(({ at }) => Date.parse(at) < Date.parse(moment));
  const last = before.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).at(-1);
  return last?.commit ?? null;
}
