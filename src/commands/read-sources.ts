import type { Configuration, ConfiguredSource } from '../configuration.ts';
import type { Entry } from '../directory/entry.ts';
import { delegatesToLookUp } from '../mapping/map-accounts.ts';
import { mapEntryValues, type EntryValues } from '../mapping/entry-values.ts';
import { attributesToRead } from '../mapping/mapped-attributes.ts';
import type { ReadSource } from '../mapping/read-source.ts';
import type { Source } from '../source/source.ts';
import { openSource } from './open-sources.ts';

/** All sources, completely, and nothing else. Any fault ends the reading. */
export async function readSources(configuration: Configuration): Promise<ReadSource[]> {
  return Promise.all(
    configuration.sources.map(async (configured) => {
      const source = await openSource(configured, configuration);
      try {
        return await readSource(configured, source, configuration);
      } finally {
        await source.close();
      }
    }),
  );
}

/** What the mapping needs of one source. What it can map while the source is read, it does. */
export async function readSource(
  configured: ConfiguredSource,
  source: Source,
  configuration: Pick<Configuration, 'sso'>,
): Promise<ReadSource> {
  const attributes = attributesToRead(configured);
  const ahead = new Map<Entry, EntryValues>();
  const snapshot = await source.read(attributes, (entry) => {
    ahead.set(entry, mapEntryValues(entry, configured, configuration));
  });
  const { dns, values } = delegatesToLookUp(configured, snapshot);
  const byDn = dns.length === 0 ? [] : await source.lookUpDns(dns, attributes);
  const byValue = values.length === 0 ? [] : await source.lookUpValues(values, attributes);
  return { configured, snapshot, lookedUp: [...byDn, ...byValue], ahead };
}
