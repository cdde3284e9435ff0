import type { Kind } from '../model/account/account.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { ENTERPRISE_USER, ZIVVER_GROUP, ZIVVER_USER } from './schema-names.ts';

/** One account as the sandbox keeps it. Immutable; a write makes a new one. */
export interface AccountRecord {
  readonly kind: Kind;
  /** As it stands in the resource. */
  readonly id: string;
  /** Lower case: `userName` of a user, `externalId` of a functional account. */
  readonly address: string;
  /** Lower case, as far as they are text. */
  readonly aliases: readonly string[];
  /** Undefined if the key is missing. */
  readonly division: string | undefined;
  readonly isSuspended: boolean;
  /** JSON text of the resource exactly as a GET answers it. */
  readonly json: string;
  /** Secret; never part of `json`. */
  readonly ssoAccountKey: string | null;
}

/**
 * Keeps the content and the key order of `resource`, except that an SSO key in it moves out of the answerable part.
 * @throws Error naming the attribute that is missing; `resource` is data from a file.
 */
export function buildAccountRecord(kind: Kind, resource: JsonObject, ssoAccountKey: string | null): AccountRecord {
  const extensionName = extensionNameOf(kind);
  const { visible, key } = withoutSsoKey(resource, extensionName);
  const extension = visible[extensionName];
  return {
    kind,
    id: textOf(visible, 'id'),
    address: textOf(visible, addressNameOf(kind)).toLowerCase(),
    aliases: addressesOf(isJsonObject(extension) ? extension['aliases'] : undefined),
    division: divisionOf(visible),
    isSuspended: visible['active'] === false,
    json: JSON.stringify(visible),
    ssoAccountKey: ssoAccountKey ?? key,
  };
}

export function addressNameOf(kind: Kind): 'userName' | 'externalId' {
  return kind === 'user' ? 'userName' : 'externalId';
}

function extensionNameOf(kind: Kind): string {
  return kind === 'user' ? ZIVVER_USER : ZIVVER_GROUP;
}

/** The resource as a fresh object that may be changed. */
export function parseResource(record: AccountRecord): JsonObject {
  return JSON.parse(record.json) as JsonObject;
}

function textOf(resource: JsonObject, name: string): string {
  const value = resource[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`attribute ${name} is missing or not a text`);
}

function divisionOf(resource: JsonObject): string | undefined {
  const enterprise = resource[ENTERPRISE_USER];
  const division = isJsonObject(enterprise) ? enterprise['division'] : undefined;
  return typeof division === 'string' ? division : undefined;
}

function addressesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((alias) => typeof alias === 'string').map((alias) => alias.toLowerCase());
}

function withoutSsoKey(resource: JsonObject, extensionName: string): { visible: JsonObject; key: string | null } {
  const extension = resource[extensionName];
  if (!isJsonObject(extension) || !('SsoAccountKey' in extension)) return { visible: resource, key: null };
  const { SsoAccountKey: key, ...rest } = extension;
  return { visible: { ...resource, [extensionName]: rest }, key: typeof key === 'string' ? key : null };
}
