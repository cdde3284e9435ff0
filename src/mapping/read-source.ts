import type { ConfiguredSource } from '../configuration.ts';
import type { Entry } from '../directory/entry.ts';
import type { SourceSnapshot } from '../source/source.ts';
import type { EntryValues } from './entry-values.ts';

/** One source as it was read. */
export interface ReadSource {
  readonly configured: ConfiguredSource;
  readonly snapshot: SourceSnapshot;
  /** Entries of `delegatesToLookUp`, found outside the selection. */
  readonly lookedUp: readonly Entry[];
  /** Of entries that were mapped while others were still on their way. */
  readonly ahead?: ReadonlyMap<Entry, EntryValues>;
}
