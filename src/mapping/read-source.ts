import type { ConfiguredSource } from '../configuration.ts';
import type { Entry } from '../directory/entry.ts';
import type { SourceSnapshot } from '../source/source.ts';

/** One source as it was read. */
export interface ReadSource {
  readonly configured: ConfiguredSource;
  readonly snapshot: SourceSnapshot;
  /** Entries of `delegatesToLookUp`, found outside the selection. */
  readonly lookedUp: readonly Entry[];
}
