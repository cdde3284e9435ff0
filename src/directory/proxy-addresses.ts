import { parseMailAddress } from './mail-address.ts';

/** Why a value of proxyAddresses was left out. `other-type`: X500, SIP, X400, EUM and the like. */
export type ProxyAddressFault = 'other-type' | 'no-type' | 'invalid-address' | 'several-primaries';

export interface ProxyAddresses {
  /** Null if there is none, or more than one. */
  readonly primary: string | null;
  /** Without the primary, without doubles, in the directory's order. */
  readonly aliases: readonly string[];
  readonly ignored: readonly { readonly value: string; readonly why: ProxyAddressFault }[];
}

type Reading =
  | { readonly value: string; readonly why: ProxyAddressFault }
  | { readonly value: string; readonly address: string; readonly isPrimary: boolean };

/**
 * Reads proxyAddresses. The case of the prefix decides: `SMTP:` is the primary address, any other spelling an alias
 * (Exchange; AD itself compares the values without case).
 */
export function parseProxyAddresses(values: readonly string[]): ProxyAddresses {
  const readings = values.map(parseValue);
  const ignored = readings.filter((reading) => 'why' in reading);
  const accepted = readings.filter((reading) => 'address' in reading);
  const primaries = new Set(accepted.filter(({ isPrimary }) => isPrimary).map(({ address }) => address));
  const aliases = new Set(accepted.filter(({ isPrimary }) => !isPrimary).map(({ address }) => address));
  if (primaries.size > 1) {
    const claims = accepted.filter(({ isPrimary }) => isPrimary);
    const faults = claims.map(({ value }) => ({ value, why: 'several-primaries' as const }));
    return { primary: null, aliases: [...aliases], ignored: [...ignored, ...faults] };
  }
  const [primary = null] = primaries;
  return { primary, aliases: [...aliases].filter((alias) => alias !== primary), ignored };
}

function parseValue(value: string): Reading {
  const colon = value.indexOf(':');
  if (colon < 1) return { value, why: 'no-type' };
  const prefix = value.slice(0, colon);
  if (!/^smtp$/i.test(prefix)) return { value, why: 'other-type' };
  const address = parseMailAddress(value.slice(colon + 1));
  return address === null ? { value, why: 'invalid-address' } : { value, address, isPrimary: prefix === 'SMTP' };
}
