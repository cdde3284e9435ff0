/** What AD says about whether an account may be used. Lock-out after wrong passwords is neither of these. */

const ACCOUNT_DISABLE = 0x2n;
const HUNDRED_NANOSECONDS_PER_MS = 10_000n;
/** 1601-01-01 to 1970-01-01. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const NEVER: ReadonlySet<bigint> = new Set([0n, 9_223_372_036_854_775_807n]);

/** `userAccountControl` is a bit field: 514, 546 and 66050 are all disabled. Null if the value is not a number. */
export function isDisabled(userAccountControl: string): boolean | null {
  const flags = parseInteger(userAccountControl);
  return flags === null ? null : (flags & ACCOUNT_DISABLE) !== 0n;
}

/**
 * True from the instant of `accountExpires` on (FILETIME, 100 ns since 1601; 0 and 2^63-1 = never).
 * A value that is not a number says nothing, so nobody expires by it.
 */
export function isExpired(accountExpires: string, now: Date): boolean {
  const expires = parseExpiry(accountExpires);
  return expires !== null && BigInt(now.getTime()) >= expires;
}

/** A FILETIME as a timestamp; null = never, unreadable, or beyond what a `Date` can hold. */
export function formatFileTime(text: string): string | null {
  const milliseconds = parseExpiry(text);
  const date = new Date(Number(milliseconds));
  return milliseconds === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Milliseconds since 1970, rounded up: an account is valid until the whole instant has passed. */
function parseExpiry(accountExpires: string): bigint | null {
  const fileTime = parseInteger(accountExpires);
  if (fileTime === null || fileTime < 0n || NEVER.has(fileTime)) return null;
  return (fileTime + HUNDRED_NANOSECONDS_PER_MS - 1n) / HUNDRED_NANOSECONDS_PER_MS - FILETIME_EPOCH_MS;
}

function parseInteger(text: string): bigint | null {
  return /^-?\d{1,19}$/.test(text) ? BigInt(text) : null;
}
