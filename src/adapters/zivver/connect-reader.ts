import type { AccountReader } from '../../model/account/target.ts';
import { ZivverAccountReader } from './account-reader.ts';
import { createScimClient, type ConnectOptions } from './connect.ts';

export interface ReaderConnection {
  readonly reader: AccountReader;
  close(): Promise<void>;
}

/** Reads from Zivver through a client that refuses to send anything but GET. Sends nothing yet; throws like `createScimClient`. */
export function connectReader(options: ConnectOptions): ReaderConnection {
  const client = createScimClient(options, ['GET']);
  return { reader: new ZivverAccountReader(client), close: () => client.close() };
}
