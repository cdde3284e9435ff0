import type { Exchange } from './exchange.ts';

/** All that reading needs, and nothing that could write. */
export interface ScimGetter {
  /** GET of a path below the API's address, query included; repeated as long as that may help. Never throws. */
  read(path: string): Promise<Exchange>;
}
