import type { Kind } from '../../model/account/account.ts';

/** Path of one account, or of all accounts of its kind without an id; below the API's address. An id that a path swallows would mean all: never. */
export function formatPath(kind: Kind, zivverId?: string): string {
  const collection = kind === 'user' ? '/Users' : '/Groups';
  if (zivverId !== undefined && SWALLOWED.test(zivverId)) throw new Error(`"${zivverId}" is the id of no account`);
  return zivverId === undefined ? collection : `${collection}/${encodeURIComponent(zivverId)}`;
}

const SWALLOWED = /^\.{0,2}$/;

/** Path and query that select the accounts of a kind with this address; the address cannot end the filter's string. */
export function formatAddressPath(kind: Kind, address: string): string {
  const attribute = kind === 'user' ? 'userName' : 'externalId';
  const filter = `${attribute} eq ${JSON.stringify(address.toLowerCase())}`;
  return `${formatPath(kind)}?filter=${encodeURIComponent(filter)}`;
}
