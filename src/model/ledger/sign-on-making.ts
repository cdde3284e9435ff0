import type { Configuration } from '../configuration/configuration.ts';
import { BINARY_ATTRIBUTES } from '../directory/entry.ts';
import { isGuid, parseGuid } from '../directory/guid.ts';

/** Of what single sign-on keys are made. */
export interface SignOnMaking {
  readonly keyFormat: 'base64' | 'guid';
  /** By name of the source. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What applies did to single sign-on keys. */
export interface SignOnBefore {
  /** By Zivver id: how the key was made that an apply sent last. */
  readonly set: ReadonlyMap<string, SignOnMaking>;
  /** Zivver ids of accounts that an apply created without a key, or whose key it erased: nothing that it did set one since. */
  readonly without: ReadonlySet<string>;
  /** By Zivver id: how keys were made when the account was adopted, with whatever key it had. */
  readonly adopted: ReadonlyMap<string, SignOnMaking>;
  /** Zivver ids whose key was sent when organisation.yaml was as this version cannot read it. */
  readonly unreadable: ReadonlySet<string>;
  /** By name of the plan: how keys were made when it was applied; not of a plan without single sign-on, or of an unreadable one. */
  readonly makings: ReadonlyMap<string, SignOnMaking>;
}

/** One person's key and where it comes from. */
export interface SignOnValue {
  readonly source: string;
  /** Of a table, in which an objectGUID is written as text. */
  readonly isRow: boolean;
  readonly ssoKey: string | null;
}

export function signOnMakingOf({ sso, sources }: Pick<Configuration, 'sso' | 'sources'>): SignOnMaking {
  const attributes = sources.map(({ name, mapping }) => [name, mapping.ssoKey ?? mapping.accountKey] as const);
  return { keyFormat: sso.keyFormat, attributes: Object.fromEntries(attributes) };
}

/** `objectGUID as base64`; a text goes to single sign-on as it is, and has no form. */
export function describeMaking(value: SignOnValue, { attributes, keyFormat }: SignOnMaking): string {
  const attribute = attributes[value.source] ?? '';
  return hasForm(value, attribute) ? `${attribute} as ${keyFormat}` : attribute;
}

/** Whether the key is spelt as sso.keyFormat says. */
export function hasForm({ isRow, ssoKey }: SignOnValue, attribute: string): boolean {
  if (!isRow && !BINARY_ATTRIBUTES.has(attribute.toLowerCase())) return false;
  return ssoKey !== null && (isGuid(ssoKey) || parseGuid(ssoKey) !== null);
}
