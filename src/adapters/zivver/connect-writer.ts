import type { AccountWriter } from '../../model/account/target.ts';
import { ZivverAccountReader } from './account-reader.ts';
import { ZivverAccountWriter } from './account-writer.ts';
import type { ReaderConnection } from './connect-reader.ts';
import { createScimClient, type ConnectOptions } from './connect.ts';

/** Reader and writer over one client, because they share Zivver's rate limit. */
export interface WriterConnection extends ReaderConnection {
  readonly writer: AccountWriter;
  /** By so much the clock of Zivver was ahead of ours in its last answer; null: it did not say. */
  clockSkewMs(): number | null;
}

/** Reads from and writes to Zivver; only apply may have it. Sends nothing yet; throws like `createScimClient`. */
export function connectWriter(options: ConnectOptions): WriterConnection {
  const client = createScimClient(options, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
  return {
    reader: new ZivverAccountReader(client),
    writer: new ZivverAccountWriter(client),
    clockSkewMs: () => client.clockSkewMs,
    close: () => client.close(),
  };
}
