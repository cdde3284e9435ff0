import type { Configuration } from '../configuration/configuration.ts';

/** Of what single sign-on keys are made. */
export interface SignOnMaking {
  readonly keyFormat: 'base64' | 'guid';
  /** By name of the source. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a plan that was applied made the key of an account. */
export interface SetSignOn extends SignOnMaking {
  /** Name of the plan. */
  readonly plan: string;
}

/** What applies did to keys, where one of them made any otherwise than now. */
export interface SignOnBefore {
  /** The newest apply. */
  readonly last: SetSignOn;
  /** By Zivver id: the apply that last sent the key of the account. */
  readonly set: ReadonlyMap<string, SetSignOn>;
}

export function signOnMakingOf({ sso, sources }: Pick<Configuration, 'sso' | 'sources'>): SignOnMaking {
  const attributes = sources.map(({ name, mapping }) => [name, mapping.ssoKey ?? mapping.accountKey] as const);
  return { keyFormat: sso.keyFormat, attributes: Object.fromEntries(attributes) };
}

/** A source that only one of the two has made no key that the other makes otherwise. */
export function isSameMaking(one: SignOnMaking, other: SignOnMaking): boolean {
  if (one.keyFormat !== other.keyFormat) return false;
  return Object.entries(one.attributes).every(
    ([name, attribute]) => (other.attributes[name] ?? attribute) === attribute,
  );
}
