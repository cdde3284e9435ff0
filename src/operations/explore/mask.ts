import { BINARY_ATTRIBUTES, isUndecoded } from '../../model/directory/entry.ts';
import { domainOfValue } from './survey.ts';
import { isImpersonal } from './technical-attributes.ts';

/** How examples are masked, for the reader. */
export const MASKING =
  'Examples are masked: letters are shown as x, digits as 9, and only claimed domains, DC= parts, flags and classes as they are.';

/**
 * The shape of a value without the value: `Jansen, Jan` → `Xxxxxx, Xxx`, `SMTP:jan@company.org` → `SMTP:xxx@company.org`.
 * Flags, counts and classes (by `name`, lower case) and TRUE/FALSE stay; bytes become their number.
 */
export function maskExample(name: string, value: string, claimedDomains: readonly string[]): string {
  if (isImpersonal(name) || /^(?:TRUE|FALSE)$/.test(value)) return value;
  if (isUndecoded(value)) return `${Buffer.from(value.slice(1), 'base64').length} bytes`;
  if (BINARY_ATTRIBUTES.has(name)) return `${Buffer.from(value, 'base64').length} bytes`;
  if (/^(?:CN|OU)=.+,DC=/i.test(value)) return maskDn(value);
  const domain = domainOfValue(value) ?? (claimedDomains.includes(value.toLowerCase()) ? value.toLowerCase() : null);
  if (domain === null || !claimedDomains.includes(domain)) return maskText(keepPrefix(value));
  const local = value.slice(0, value.length - domain.length);
  return maskText(keepPrefix(local)) + value.slice(local.length);
}

interface Split {
  readonly kept: string;
  readonly rest: string;
}

/** The type in front of an address of proxyAddresses says nothing of a person. */
function keepPrefix(value: string): Split {
  const kept = /^(?:smtp|sip|x400|x500|eum):/i.exec(value)?.[0] ?? '';
  return { kept, rest: value.slice(kept.length) };
}

function maskText({ kept, rest }: Split): string {
  const masked = rest
    .replace(/\p{Lu}/gu, 'X')
    .replace(/(?!X)\p{L}\p{M}*/gu, 'x')
    .replace(/\p{N}/gu, '9');
  return kept + masked;
}

/** Types of the parts and the DC= parts stay. */
function maskDn(dn: string): string {
  const at = dn.search(/,DC=/i);
  const parts = dn.slice(0, at).split(/(?<!\\),/);
  const masked = parts.map((part) => {
    const equals = part.indexOf('=') + 1;
    return part.slice(0, equals) + maskText({ kept: '', rest: part.slice(equals) });
  });
  return masked.join(',') + dn.slice(at);
}
