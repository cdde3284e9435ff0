import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import { isDirectory } from '../configuration/source-kind.ts';
import { giveWhole } from '../directory/source.ts';
import { DirectoryMapping } from './directory-mapping.ts';
import { HandWrittenMapping } from './hand-written-mapping.ts';
import { RowMapping } from './row-mapping.ts';
import { buildContext } from './person-context.ts';
import type { ReadSource, SourceMapping, WholeRead } from './read-source.ts';

/** What all sources of one plan are mapped with. */
export interface MappingRules {
  readonly configuration: Configuration;
  readonly now: Date;
}

/** A mapping that took nothing yet; null for a table that joins. */
export function openMapping(configured: ConfiguredSource, { configuration, now }: MappingRules): SourceMapping | null {
  if (configured.join !== null) return null;
  const context = buildContext(configured, configuration, now);
  if (configured.yaml !== undefined) return new HandWrittenMapping(context);
  return isDirectory(configured) ? new DirectoryMapping(context) : new RowMapping(context);
}

/** For what was read before anybody thought of mapping it. */
export function takeWhole(read: WholeRead, rules: MappingRules): ReadSource {
  const mapping = openMapping(read.configured, rules);
  if (mapping !== null) giveWhole(read.snapshot, mapping);
  return { ...read, mapping };
}
