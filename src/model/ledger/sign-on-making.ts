import type { Configuration } from '../configuration/configuration.ts';

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
}

export function signOnMakingOf({ sso, sources }: Pick<Configuration, 'sso' | 'sources'>): SignOnMaking {
  const attributes = sources.map(({ name, mapping }) => [name, mapping.ssoKey ?? mapping.accountKey] as const);
  return { keyFormat: sso.keyFormat, attributes: Object.fromEntries(attributes) };
}
