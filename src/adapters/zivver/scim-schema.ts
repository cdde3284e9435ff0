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

/** What becomes of the accounts of a list. */
export interface ListCodec<Name extends WireName, Account extends { readonly zivverId: string }> {
  readonly map: (wire: WireTypes[Name]) => Account;
  /** Of a malformed one; null: nobody can say which account it is. */
  readonly salvage: (wire: unknown, fault: string) => Account | null;
}

/** Beyond max(2, 1 %) it is the list that cannot be read. */
const MALFORMED = { floor: 2, share: 0.01 } as const;

/**
 * Reads a list, each account as `codec` makes it, so that what Zivver sent of them need not be held. Refuses a list whose total is
 * not its length or that names one id twice: a list is the whole organisation or it is worthless. A few malformed accounts cost
 * themselves only, if their id and address can be read.
 */
export function parseWireList<Name extends WireName, Account extends { readonly zivverId: string }>(
  name: Name,
  body: Uint8Array,
  codec: ListCodec<Name, Account>,
): Parsed<Account[]> {
  const accounts: Account[] = [];
  const faults: string[] = [];
  const take = (resources: readonly unknown[]): string | null => {
    for (const wire of resources) {
      const fault = findFault(name, wire, `/Resources/${accounts.length}`);
      if (fault === null) {
        accounts.push(codec.map(wire as WireTypes[Name]));
        continue;
      }
      const salvaged = codec.salvage(wire, fault.replace(/^\/Resources\/\d+/, ''));
      if (salvaged === null) return `${nameAccount(wire)}${fault}`;
      accounts.push(salvaged);
      faults.push(`${nameAccount(wire)}${fault}`);
    }
    return null;
  };
  try {
    for (const part of parseListSlices(body)) {
      const isLast = 'list' in part;
      const what = isLast ? takeRest(part.list, `${name}List`, { accounts, take }) : take(part.resources);
      if (what !== null) return { ok: false, what };
    }
    const most = Math.max(MALFORMED.floor, Math.floor(accounts.length * MALFORMED.share));
    if (faults.length > most) {
      const what = `${faults.length} of its ${accounts.length} accounts are malformed: ${faults[0]}`;
      return { ok: false, what };
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
