import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Configuration, ConfiguredSource } from '../../model/configuration/configuration.ts';
import { delegatesToLookUp } from '../../model/mapping/map-accounts.ts';
import { DirectoryMapping } from '../../model/mapping/directory-mapping.ts';
import { attributesToRead } from '../../model/mapping/mapped-attributes.ts';
import { buildContext } from '../../model/mapping/person-context.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';
import { isDirectory, kindOf } from '../../model/configuration/source-kind.ts';
import type { Source, SourceSnapshot } from '../../model/directory/source.ts';
import { openSource } from './open-sources.ts';

/** All sources, completely, and nothing else. Any fault ends the reading. */
export async function readSources(configuration: Configuration, now: Date): Promise<ReadSource[]> {
  return Promise.all(
    configuration.sources.map(async (configured) => {
      const source = await openSource(configured, configuration);
      try {
        return await readSource(configured, source, { configuration, now });
      } finally {
        await source.close();
      }
    }),
  );
}

/** What the mapping needs of one source. What can be mapped while the source is read, is; `now` must be that of the mapping. */
export async function readSource(
  configured: ConfiguredSource,
  source: Source,
  { configuration, now }: { readonly configuration: Configuration; readonly now: Date },
): Promise<ReadSource> {
  const absent = findAbsence(configured, configuration);
  if (absent !== null) return { configured, snapshot: absent, lookedUp: [] };
  const attributes = attributesToRead(configured);
  const mapping = new DirectoryMapping(buildContext(configured, configuration, now));
  const snapshot = await source.read(attributes, mapping);
  const { dns, values } = delegatesToLookUp(configured, snapshot);
  const byDn = dns.length === 0 ? [] : await source.lookUpDns(dns, attributes);
  const byValue = values.length === 0 ? [] : await source.lookUpValues(values, attributes);
  const read = { configured, snapshot, lookedUp: [...byDn, ...byValue] };
  return isDirectory(configured) ? { ...read, begun: mapping } : read;
}

/** A table that only adds properties may be missing for a day: it then gives nothing, and takes nothing. */
function findAbsence(configured: ConfiguredSource, { folder }: Configuration): SourceSnapshot | null {
  const { name, csv, excel, join } = configured;
  const file = (csv ?? excel)?.file;
  if (join === null || file === undefined || existsSync(path.resolve(folder, file))) return null;
  const nothing = { selected: [], groups: [], pages: 0, warnings: [] };
  return { name, kind: kindOf(configured), server: file, baseDn: '', ...nothing, absent: 'the file does not exist' };
}
