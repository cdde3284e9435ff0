import type { DirectoryMapping, WholeRead } from './directory-mapping.ts';

/** One source as it was read. */
export interface ReadSource extends WholeRead {
  /** Of a directory. If it has begun, it took all entries while others were still on their way. */
  readonly begun?: DirectoryMapping;
}
