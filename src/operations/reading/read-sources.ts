import { fact } from '../../model/facts/fact.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Configuration, ConfiguredSource } from '../../model/configuration/configuration.ts';
import { delegatesToLookUp } from '../../model/mapping/map-accounts.ts';
import { attributesToRead } from '../../model/mapping/mapped-attributes.ts';
import { type MappingRules, openMapping } from '../../model/mapping/open-mapping.ts';
import type { ReadSource } from '../../model/mapping/read-source.ts';
import { kindOf } from '../../model/configuration/source-kind.ts';
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

/** What the mapping needs of one source; its entries are mapped while it is read. */
export async function readSource(
  configured: ConfiguredSource,
  source: Source,
  rules: MappingRules,
): Promise<ReadSource> {
  const mapping = openMapping(configured, rules);
  const absent = findAbsence(configured, rules.configuration);
  if (absent !== null) return { configured, snapshot: absent, lookedUp: [], mapping };
  const attributes = attributesToRead(configured);
  const snapshot = await source.read(attributes, mapping ?? undefined);
  const { dns, values } = delegatesToLookUp(configured, snapshot);
  const byDn = dns.length === 0 ? [] : await source.lookUpDns(dns, attributes);
  const byValue = values.length === 0 ? [] : await source.lookUpValues(values, attributes);
  return { configured, snapshot, lookedUp: [...byDn, ...byValue], mapping };
}

/** A table that only adds properties may be missing for a day: it then gives nothing, and takes nothing. */
function findAbsence(configured: ConfiguredSource, { folder }: Configuration): SourceSnapshot | null {
  const { name, csv, excel, join } = configured;
  const file = (csv ?? excel)?.file;
  if (join === null || file === undefined || existsSync(path.resolve(folder, file))) return null;
  const nothing = { selected: [], groups: [], pages: 0, warnings: [] };
  return { name, kind: kindOf(configured), server: file, baseDn: '', ...nothing, absent: fact('file-missing') };
}
