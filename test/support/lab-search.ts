import { readFileSync } from 'node:fs';
import type { Entry } from 'ldapts';
import { Client } from 'ldapts';
import type { AdLab } from './ad-lab/lab.ts';

export interface LabSearch {
  /** Default: the lab's own address. */
  readonly url?: string;
  readonly base?: string;
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Absent = without paging. */
  readonly pageSize?: number;
}

/** A client bound as the service account over verified TLS; it is unbound when `use` settles. */
export async function withLabClient<T>(lab: AdLab, url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    url,
    timeout: 5_000,
    connectTimeout: 5_000,
    tlsOptions: { ca: [readFileSync(lab.caFile)] },
  });
  try {
    await client.bind(lab.user, lab.password);
    return await use(client);
  } finally {
    await client.unbind().catch(() => undefined);
  }
}

/** Reads as the service account, independently of the product's own reader. */
export function searchLab(lab: AdLab, search: LabSearch): Promise<Entry[]> {
  return withLabClient(lab, search.url ?? lab.url, async (client) => {
    const { searchEntries } = await client.search(search.base ?? lab.baseDn, {
      scope: 'sub',
      filter: search.filter,
      attributes: [...search.attributes],
      timeLimit: 0,
      explicitBufferAttributes: ['objectGUID'],
      ...(search.pageSize === undefined ? {} : { paged: { pageSize: search.pageSize } }),
    });
    return searchEntries;
  });
}

/** objectGUID bytes as text: the first three fields are little-endian. */
export function formatGuid(bytes: Buffer): string {
  const swapped = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)].map((part) =>
    Buffer.from(part).reverse(),
  );
  const hex = Buffer.concat([...swapped, bytes.subarray(8)]).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
