import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Group, GroupList, User, UserList } from '../schema/generated/scim.ts';
import { validatorOf } from '../schema/validators.ts';
import { decodeUtf8, withoutMark } from '../utf8.ts';

interface WireTypes {
  User: User;
  Group: Group;
  UserList: UserList;
  GroupList: GroupList;
}

/** The answers of the API that are understood, by their name in `schemas/scim.schema.json`. */
export type WireName = keyof WireTypes;

/** An answer as it was declared, or one sentence about what is wrong with it, without any value in it. */
export type Parsed<Wire> = { readonly ok: true; readonly wire: Wire } | { readonly ok: false; readonly what: string };

/**
 * Reads the body of an answer. Refuses what is not UTF-8, not JSON, not of the schema, and lists whose total is not their
 * length or that name one id twice: a list is the whole organisation or it is worthless.
 */
export function parseWire<Name extends WireName>(name: Name, body: Uint8Array): Parsed<WireTypes[Name]> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const isValid = validatorOf('scim', name);
  if (!isValid(json.wire)) return { ok: false, what: describeError(isValid) };
  const wire = json.wire as WireTypes[Name];
  const fault = 'Resources' in wire ? findListFault(wire) : undefined;
  return fault === undefined ? { ok: true, wire } : { ok: false, what: fault };
}

function parseJson(body: Uint8Array): Parsed<unknown> {
  try {
    return { ok: true, wire: JSON.parse(withoutMark(decodeUtf8(body) ?? '')) };
  } catch {
    return { ok: false, what: 'it is not complete, well-formed JSON' };
  }
}

function findListFault(list: UserList | GroupList): string | undefined {
  const count = list.Resources.length;
  if (list.totalResults !== count) return `it announces ${list.totalResults} accounts and holds ${count}`;
  const distinct = new Set(list.Resources.map(({ id }) => id.toLowerCase())).size;
  return distinct === count ? undefined : `${count - distinct} of its ${count} accounts repeat the id of another`;
}

/** Only the first error: a service that changed its format would repeat it for every account. */
function describeError(isValid: ValidateFunction): string {
  const error = isValid.errors?.[0];
  return `${error?.instancePath || 'the answer'} ${error?.message ?? 'is not valid'}`;
}
