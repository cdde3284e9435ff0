import type { ConfiguredSource } from '../configuration/configuration.ts';
import type { Entry } from '../directory/entry.ts';
import type { EntryTaker, SourceSnapshot } from '../directory/source.ts';
import type { MappedSource } from './mapped.ts';

/** What the read of one source came to in the end. */
export interface WholeRead {
  readonly configured: ConfiguredSource;
  readonly snapshot: SourceSnapshot;
  /** Entries of `delegatesToLookUp`, found outside the selection. */
  readonly lookedUp: readonly Entry[];
}

/** One source as it was read, and its mapping, which took every entry of it. */
export interface ReadSource extends WholeRead {
  /** Null: a table that joins, of which no account becomes. */
  readonly mapping: SourceMapping | null;
}

/** The mapping of one source: what an entry says by itself is mapped as soon as it is taken, the rest when all are there. */
export interface SourceMapping extends EntryTaker {
  /**
   * What needs all entries: members, delegates, groups. `managedKeys` have a desired file on the branch. Takes nothing in: it may
   * be asked again when more was read of the same entries.
   */
  finish(read: WholeRead, managedKeys: ReadonlySet<string>): MappedSource;
}
