import type { Configuration, ConfiguredSource } from '../configuration.ts';
import type { Entry } from '../directory/entry.ts';
import type { MappedAddresses, MappedKey } from './mapped-values.ts';
import { mapEntryAddresses, mapKey, mapMobile, type MappedMobile } from './rules.ts';

/** What costs most to read of an entry; it depends on the entry and the configuration alone. */
export interface EntryValues {
  readonly identity: MappedKey | undefined;
  readonly addresses: MappedAddresses;
  readonly mobile: MappedMobile;
}

export function mapEntryValues(
  entry: Entry,
  { mapping, phoneRegion }: ConfiguredSource,
  { sso }: Pick<Configuration, 'sso'>,
): EntryValues {
  return {
    identity: mapKey(entry, mapping.accountKey, sso.keyFormat),
    addresses: mapEntryAddresses(entry, mapping),
    mobile: mapMobile(entry, mapping.mobile, phoneRegion),
  };
}
