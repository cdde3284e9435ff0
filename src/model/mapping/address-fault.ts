import { fact } from '../facts/fact.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { MappedAddresses } from './mapped-values.ts';
import { isClaimed } from './rules.ts';

export interface AddressFault {
  readonly reason: 'no-address' | 'unclaimed-address' | 'lost-rights';
  readonly detail: Fact;
  readonly attribute: string;
  /** What was seen; null: nothing at all. */
  readonly value: string | null;
  /** The source says that the account has no address any more; else nobody can say what is meant. */
  readonly leaves: boolean;
}

/** Where it was read, and what is claimed. */
interface Place extends Pick<ConfiguredSource, 'mapping'> {
  readonly configuration: Pick<Configuration, 'target'>;
}

/**
 * Why an entry has no address that its account can have; null if it has one. Only attributes without any address say that
 * it was removed: values that cannot be used, and attributes that look unreadable, say nothing about the person.
 */
export function findAddressFault(
  entry: Entry,
  addresses: MappedAddresses,
  { mapping, configuration }: Place,
): AddressFault | null {
  const attribute = mapping.email.join(', ');
  const { primary } = addresses;
  const seen = mapping.email.flatMap((name) => valuesInOrder(entry, name).map((value) => `${name} = ${value}`));
  const [single, ...others] = mapping.email;
  const values = single !== undefined && others.length === 0 ? valuesInOrder(entry, single) : seen;
  const value = values.length === 0 ? null : values.join(', ');
  if (primary === null) {
    const told = fact('no-usable-address', { whys: addresses.whys, seen });
    if (hasAddressValue(entry, mapping.email))
      return { reason: 'no-address', detail: told, attribute, value, leaves: false };
    const mail = findOtherMail(entry, mapping.email, configuration);
    if (mail === null) return { reason: 'no-address', detail: told, attribute, value, leaves: true };
    const detail = fact('mail-only', { attribute, mail });
    return { reason: 'lost-rights', detail, attribute, value, leaves: false };
  }
  if (isClaimed(primary, configuration)) return null;
  const other = addresses.aliases?.find((alias) => isClaimed(alias, configuration));
  const detail =
    other === undefined
      ? fact('not-claimed', { address: primary })
      : fact('only-alias-claimed', { address: primary, alias: other });
  return { reason: 'unclaimed-address', detail, attribute, value, leaves: other === undefined };
}

/** AD keeps no order of values; what is told of them must have one. */
function valuesInOrder(entry: Entry, name: string): readonly string[] {
  return [...valuesOf(entry, name)].sort();
}

/** X500, SIP and the like are no addresses; anything else may be one that is written wrongly. */
function hasAddressValue(entry: Entry, attributes: readonly string[]): boolean {
  return attributes.some((attribute) => valuesOf(entry, attribute).some((value) => !isOtherType(value)));
}

function isOtherType(value: string): boolean {
  const text = value.trim();
  return text === '' || (/^[a-z0-9 ]+:/i.test(text) && !/^smtp *:/i.test(text) && !text.includes('@'));
}

function findOtherMail(
  entry: Entry,
  attributes: readonly string[],
  configuration: Pick<Configuration, 'target'>,
): string | null {
  if (attributes.some((name) => valuesOf(entry, name).length > 0)) return null;
  if (attributes.some((name) => name.toLowerCase() === 'mail')) return null;
  const mail = parseMailAddress(valueOf(entry, 'mail') ?? '');
  return mail !== null && isClaimed(mail, configuration) ? mail : null;
}
