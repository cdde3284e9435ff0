import type { Configuration, ConfiguredSource } from '../configuration.ts';
import { attributesToRead, delegatesToLookUp } from '../mapping/map-accounts.ts';
import type { ReadSource } from '../mapping/read-source.ts';
import type { Source } from '../source/source.ts';
import { openSource } from './open-sources.ts';

/** All sources, completely, and nothing else. Any fault ends the reading. */
export async function readSources(configuration: Configuration): Promise<ReadSource[]> {
  return Promise.all(
    configuration.sources.map(async (configured) => {
      const source = await openSource(configured, configuration);
      try {
        return await readSource(configured, source);
      } finally {
        await source.close();
      }
    }),
  );
}

/** What the mapping needs of one source. */
export async function readSource(configured: ConfiguredSource, source: Source): Promise<ReadSource> {
  const snapshot = await source.read(attributesToRead(configured));
  const dns = delegatesToLookUp(configured, snapshot);
  const lookedUp = dns.length === 0 ? [] : await source.lookUpDns(dns, attributesToRead(configured));
  return { configured, snapshot, lookedUp };
}
