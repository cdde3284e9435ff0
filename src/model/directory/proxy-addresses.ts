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

interface Accepted {
  readonly value: string;
  readonly address: string;
  readonly isPrimary: boolean;
}

type Reading = { readonly value: string; readonly why: ProxyAddressFault } | Accepted;

/**
 * Reads proxyAddresses. The case of the prefix decides: `SMTP:` is the primary address, any other spelling an alias
 * (Exchange; AD itself compares the values without case).
 */
export function parseProxyAddresses(values: readonly string[]): ProxyAddresses {
  const ignored: { readonly value: string; readonly why: ProxyAddressFault }[] = [];
  const claims: Accepted[] = [];
  const aliases = new Set<string>();
  for (const reading of values.map(parseValue)) {
    if ('why' in reading) ignored.push(reading);
    else if (reading.isPrimary) claims.push(reading);
    else aliases.add(reading.address);
  }
  const primary = claims[0]?.address ?? null;
  if (claims.some(({ address }) => address !== primary)) {
    const faults = claims.map(({ value }) => ({ value, why: 'several-primaries' as const }));
    return { primary: null, aliases: [...aliases], ignored: [...ignored, ...faults] };
  }
  if (primary !== null) aliases.delete(primary);
  return { primary, aliases: [...aliases], ignored };
}

/** True if the attribute or column holds addresses with their type in front, as AD and Exchange have them. */
export function isProxyAttribute(attribute: string): boolean {
  return /^(?:proxyAddresses|emailAddresses)$/i.test(attribute);
}

function parseValue(value: string): Reading {
  const colon = value.indexOf(':');
  const prefix = value.slice(0, Math.max(colon, 0)).trim();
  if (prefix === '') return { value, why: 'no-type' };
  if (!/^smtp$/i.test(prefix)) return { value, why: 'other-type' };
  const address = parseMailAddress(value.slice(colon + 1));
  return address === null ? { value, why: 'invalid-address' } : { value, address, isPrimary: prefix === 'SMTP' };
}
