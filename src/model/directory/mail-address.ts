/**
 * Addresses as Zivver keys its accounts: plain SMTP addresses, lower case (zivver-api.md §2).
 * Stricter than RFC 5321: no quoted local parts, no address literals, nothing outside ASCII, so that what people
 * review cannot look like another address.
 */

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function isMailAddress(text: string): boolean {
  return parseMailAddress(text) !== null;
}

/** The address in lower case, without blanks around it; null if it is none. */
export function parseMailAddress(text: string): string | null {
  const bare = /^[ \t]|[ \t]$/.test(text) ? text.replace(/^[ \t]+|[ \t]+$/g, '') : text;
  const address = /[A-Z]/.test(bare) ? bare.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : bare;
  const at = address.indexOf('@');
  if (at < 1 || at > 64 || address.length > 254) return null;
  return LOCAL_PART.test(address.slice(0, at)) && isDomain(address.slice(at + 1)) ? address : null;
}

/** `jan@company.org` → `company.org`. Only for results of `parseMailAddress`. */
export function domainOf(address: string): string {
  return address.slice(address.indexOf('@') + 1);
}

/** An organisation has few domains, and many addresses in each. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 10_000;

function isDomain(domain: string): boolean {
  const earlier = known.get(domain);
  if (earlier !== undefined) return earlier;
  const isOne = hasDomainLabels(domain);
  if (known.size < MOST_KNOWN) known.set(domain, isOne);
  return isOne;
}

function hasDomainLabels(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}
