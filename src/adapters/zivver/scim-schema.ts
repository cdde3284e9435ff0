import type { Group, GroupList, User, UserList } from '../../model/schema/generated/scim.ts';
import { parseMailAddress } from '../../model/directory/mail-address.ts';
import { validatorOf } from '../../model/schema/validators.ts';
import { decodeUtf8, withoutMark } from '../../model/text/utf8.ts';
import { parseListSlices } from './list-slices.ts';

interface WireTypes {
  User: User;
  Group: Group;
}

/** The resources of the API that are understood, by their name in `schemas/scim.schema.json`. */
export type WireName = keyof WireTypes;

/** An answer as it was declared, or one sentence about what is wrong with it, with no value in it but the address of an account. */
export type Parsed<Wire> = { readonly ok: true; readonly wire: Wire } | { readonly ok: false; readonly what: string };

/** Reads the body of an answer. Refuses what is not UTF-8, not JSON, or not of the schema. */
export function parseWire<Name extends WireName>(name: Name, body: Uint8Array): Parsed<WireTypes[Name]> {
  try {
    const wire: unknown = JSON.parse(withoutMark(decodeUtf8(body) ?? ''));
    const what = findFault(name, wire);
    return what === null ? { ok: true, wire: wire as WireTypes[Name] } : { ok: false, what };
  } catch (error) {
    return refuseMalformed(error);
  }
}

/**
 * Reads a list, each account as `map` makes it, so that what Zivver sent of them need not be held. Refuses also a list whose
 * total is not its length or that names one id twice: a list is the whole organisation or it is worthless.
 */
export function parseWireList<Name extends WireName, Account extends { readonly zivverId: string }>(
  name: Name,
  body: Uint8Array,
  map: (wire: WireTypes[Name]) => Account,
): Parsed<Account[]> {
  const accounts: Account[] = [];
  const take = (resources: readonly unknown[]): string | null => {
    for (const wire of resources) {
      const fault = findFault(name, wire, `/Resources/${accounts.length}`);
      if (fault !== null) return `${nameAccount(wire)}${fault}`;
      accounts.push(map(wire as WireTypes[Name]));
    }
    return null;
  };
  try {
    for (const part of parseListSlices(body)) {
      const isLast = 'list' in part;
      const what = isLast ? takeRest(part.list, `${name}List`, { accounts, take }) : take(part.resources);
      if (what !== null) return { ok: false, what };
    }
    return { ok: true, wire: accounts };
  } catch (error) {
    return refuseMalformed(error);
  }
}

/** Nobody finds an account by its place in a list. */
function nameAccount(wire: unknown): string {
  const { userName, externalId } = (wire ?? {}) as Partial<Record<'userName' | 'externalId', unknown>>;
  const texts = [userName, externalId].filter((one) => typeof one === 'string');
  const named = texts.find((text) => parseMailAddress(text) !== null);
  return named === undefined ? '' : `of the account ${named.toLowerCase()}, `;
}

interface Taking {
  /** Complete once the rest is taken. */
  readonly accounts: readonly { readonly zivverId: string }[];
  readonly take: (resources: readonly unknown[]) => string | null;
}

/** The fault of the list, or of one of the resources that are left in it. */
function takeRest(list: unknown, name: `${WireName}List`, { accounts, take }: Taking): string | null {
  const { Resources: rest, totalResults } = (list ?? {}) as Partial<UserList | GroupList>;
  if (!Array.isArray(rest)) return findFault(name, list);
  const fault = take(rest) ?? findFault(name, { totalResults, Resources: [] });
  if (fault !== null) return fault;
  const count = accounts.length;
  if (totalResults !== count) return `it announces ${totalResults} accounts and holds ${count}`;
  const ids = new Set<string>();
  for (const { zivverId } of accounts) ids.add(zivverId.toLowerCase());
  return ids.size === count ? null : `${count - ids.size} of its ${count} accounts repeat the id of another`;
}

function refuseMalformed(error: unknown): { readonly ok: false; readonly what: string } {
  if (error instanceof SyntaxError) return { ok: false, what: 'it is not complete, well-formed JSON' };
  throw error;
}

/** Only the first error: a service that changed its format would repeat it for every account. `place` as a JSON pointer. */
function findFault(name: WireName | `${WireName}List`, wire: unknown, place = ''): string | null {
  const isValid = validatorOf('scim', name);
  if (isValid(wire)) return null;
  const error = isValid.errors?.[0];
  const where = `${place}${error?.instancePath ?? ''}`;
  return `${where || 'the answer'} ${error?.message ?? 'is not valid'}`;
}
