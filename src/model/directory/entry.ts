import type { DesiredAccount } from '../schema/generated/account.ts';

/**
 * One directory entry. Names are lower case, without options such as `;range=`; values keep the directory's order.
 * Values of `BINARY_ATTRIBUTES` are base64 of the raw bytes, all others Unicode text, or bytes as `markUndecoded` has them.
 * An attribute without values is absent from the map.
 */
export interface Entry {
  /** As the directory writes it. Compare DNs only through `distinguished-name.ts`. */
  readonly dn: string;
  readonly attributes: EntryAttributes;
  /** A row of a table instead: `dn` says where it stands, names are its headings, values what people typed. */
  readonly isRow?: true;
  /** The account that people wrote into the file `dn`; `attributes` are for whoever only looks at a source. */
  readonly written?: DesiredAccount;
}

/** By name; every attribute has at least one value. A `Map` is one; `AttributeList` is the compact form. */
export type EntryAttributes = Pick<ReadonlyMap<string, readonly string[]>, 'get' | 'has' | 'size'> &
  Iterable<readonly [name: string, values: readonly string[]]>;

/** AD attributes whose values are bytes, lower case. */
export const BINARY_ATTRIBUTES: ReadonlySet<string> = new Set([
  'objectguid',
  'replpropertymetadata',
  'objectsid',
  'sidhistory',
  'ms-ds-consistencyguid',
  'msexchmailboxguid',
  'msexchmasteraccountsid',
  'msexcharchiveguid',
  'thumbnailphoto',
  'jpegphoto',
  'usercertificate',
]);

/**
 * Bytes of an attribute that should hold text and are none in UTF-8: base64 behind a mark that no text begins with, so that they
 * are never taken for a name or a key.
 */
const UNDECODED_MARK = '\0';

export function markUndecoded(bytes: Buffer): string {
  return `${UNDECODED_MARK}${bytes.toString('base64')}`;
}

export function isUndecoded(value: string): boolean {
  return value.startsWith(UNDECODED_MARK);
}

/** All values of an attribute, any case of the name; [] if it has none. */
export function valuesOf(entry: Entry, attribute: string): readonly string[] {
  return entry.attributes.get(lowerCase(attribute)) ?? [];
}

/** Few names, asked for again for every entry. */
const lowerCased = new Map<string, string>();

function lowerCase(attribute: string): string {
  const known = lowerCased.get(attribute);
  if (known !== undefined) return known;
  const lower = attribute.toLowerCase();
  lowerCased.set(attribute, lower);
  return lower;
}

/** The first non-blank value, trimmed; undefined if there is none. */
export function valueOf(entry: Entry, attribute: string): string | undefined {
  for (const value of valuesOf(entry, attribute)) {
    const text = value.trim();
    if (text !== '') return text;
  }
  return undefined;
}

/** AD lists the whole class chain in objectClass; names compare without case. */
export function hasObjectClass(entry: Entry, name: string): boolean {
  return valuesOf(entry, 'objectClass').some((value) => value.length === name.length && value.toLowerCase() === name);
}
