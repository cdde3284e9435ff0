/** The lab's domain as a DN. */
export const DOMAIN_DN = 'DC=company,DC=org';

/** `CN=` plus the value, escaped as Samba writes it back: `\,` and the like, but `\3D` and `\3B`. */
export function formatRdn(type: 'CN' | 'OU', value: string): string {
  const escaped = value
    .replace(/[\\,+"<>#]/g, '\\$&')
    .replace(/=/g, '\\3D')
    .replace(/;/g, '\\3B')
    .replace(/^ /, '\\$&');
  return `${type}=${escaped}`;
}

/** DN of an organisational unit given from the top: `['Staff', 'Care']` is `OU=Care,OU=Staff,DC=company,DC=org`. */
export function formatUnitDn(path: readonly string[]): string {
  return [...path.map((name) => formatRdn('OU', name)).reverse(), DOMAIN_DN].join(',');
}
