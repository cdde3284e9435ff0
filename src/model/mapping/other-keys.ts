import type { MappingRules } from '../configuration/mapping-rules.ts';
import type { Entry } from '../directory/entry.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { mapKey, readKey } from './map-key.ts';
import type { MappedKey } from './mapped-values.ts';
import type { PersonContext } from './person-context.ts';

/** Keys of a person beside the one that says who it is. */

/** What the identity provider sends for the person. */
export function readSignOn(
  entry: Entry,
  identity: MappedKey,
  { source: { mapping }, configuration: { sso } }: PersonContext,
): Pick<MappedKey, 'ssoKey'> | { readonly why: Fact } {
  if (mapping.ssoKey === null || !sso.enabled) return identity;
  return readKey(entry, { accountKey: mapping.ssoKey }, sso.keyFormat);
}

/** By what the account may still be known, while accountKey changes for everybody. */
export function readFormerKey(entry: Entry, { formerAccountKey }: MappingRules): string | null {
  if (formerAccountKey === null) return null;
  return mapKey(entry, { accountKey: formerAccountKey }, 'guid')?.key ?? null;
}
