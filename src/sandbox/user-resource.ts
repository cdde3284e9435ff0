import { buildAccountRecord, parseResource, type AccountRecord } from './account-record.ts';
import {
  parseActive,
  parseAddress,
  parseAddresses,
  parseArray,
  parseObject,
  parseText,
  withoutBlank,
} from './attributes.ts';
import { buildEnterprise } from './enterprise.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Organisation } from './organisation.ts';
import { Refusal } from './refusal.ts';
import { ENTERPRISE_USER, USER_SCHEMAS, ZIVVER_USER } from './schema-names.ts';
import { verifyAliases, verifyUserAddress, withoutUnknownDelegates } from './write-checks.ts';

export interface Birth {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly created: string;
}

/** POST: always active, whatever `active` says. @throws Refusal */
export function buildUser(organisation: Organisation, body: JsonObject, birth: Birth): AccountRecord {
  const address = parseAddress(body, 'userName');
  if (address === undefined) throw new Refusal(400);
  verifyUserAddress(organisation, address);
  return mergeAttributes(organisation, buildBlankUser(address, birth), {
    body: { ...body, active: undefined },
    self: undefined,
  });
}

/** PUT: attributes that are absent stay, but a zivver extension that is present replaces the whole old one. @throws Refusal */
export function mergeUser(organisation: Organisation, record: AccountRecord, body: JsonObject): AccountRecord {
  const address = parseAddress(body, 'userName') ?? record.address;
  if (address !== record.address) verifyUserAddress(organisation, address, record);
  return mergeAttributes(organisation, parseResource(record), { body, self: record });
}

/** A user with an address and nothing else. */
export function buildBlankUser(address: string, birth: Birth): JsonObject {
  return {
    id: birth.id,
    userName: address,
    name: { formatted: address },
    active: true,
    phoneNumbers: [],
    meta: { created: birth.created, location: `/scim/v2/Users/${birth.id}`, resourceType: 'User' },
    schemas: USER_SCHEMAS,
    [ENTERPRISE_USER]: { division: '/' },
    [ZIVVER_USER]: { aliases: [], delegates: [] },
  };
}

/** What a request says, and the account that it is about if there is one. */
interface Written {
  readonly body: JsonObject;
  readonly self: AccountRecord | undefined;
}

function mergeAttributes(organisation: Organisation, resource: JsonObject, { body, self }: Written): AccountRecord {
  mergeCore(resource, body);
  resource[ENTERPRISE_USER] = buildEnterprise(organisation, resource, body);
  const extension = parseObject(body, ZIVVER_USER);
  const address = String(resource['userName']).toLowerCase();
  if (extension === undefined) dropOwnAlias(resource, address, self);
  else resource[ZIVVER_USER] = buildExtension(organisation, extension, { address, self });
  const ssoAccountKey = extension === undefined ? self?.ssoAccountKey : parseText(extension, 'SsoAccountKey');
  return buildAccountRecord('user', resource, ssoAccountKey ?? null);
}

function mergeCore(resource: JsonObject, body: JsonObject): void {
  resource['userName'] = parseAddress(body, 'userName') ?? resource['userName'];
  const formatted = withoutBlank(parseText(parseObject(body, 'name') ?? {}, 'formatted'));
  if (formatted !== undefined) resource['name'] = { ...parseObject(resource, 'name'), formatted };
  const nickName = parseText(body, 'nickName');
  if (nickName !== undefined) resource['nickName'] = nickName;
  if (nickName === '') delete resource['nickName'];
  resource['active'] = parseActive(body) ?? resource['active'];
  const phones = parseArray(body, 'phoneNumbers');
  if (phones !== undefined) resource['phoneNumbers'] = parsePhones(phones);
}

/** No key for a key left out: that clears aliases, delegates, ExternalAccountId and the SSO key (zivver-api §5.1, §5.2). */
function buildExtension(
  organisation: Organisation,
  extension: JsonObject,
  { address, self }: { readonly address: string; readonly self: AccountRecord | undefined },
): JsonObject {
  const aliases = parseAddresses(extension, 'aliases').filter((alias) => alias !== address);
  verifyAliases(organisation, aliases, self);
  const delegates = withoutUnknownDelegates(organisation, parseAddresses(extension, 'delegates'), address);
  const ExternalAccountId = parseText(extension, 'ExternalAccountId');
  return { aliases, delegates, ...(ExternalAccountId === undefined ? {} : { ExternalAccountId }) };
}

/** A rename to one's own alias: one address cannot be both. */
function dropOwnAlias(resource: JsonObject, address: string, self: AccountRecord | undefined): void {
  if (self === undefined || address === self.address || !self.aliases.includes(address)) return;
  const extension = parseObject(resource, ZIVVER_USER) ?? {};
  const aliases = parseAddresses(extension, 'aliases').filter((alias) => alias !== address);
  resource[ZIVVER_USER] = { ...extension, aliases };
}

/** At most one number, E.164; spaces, dots, dashes and brackets are taken out. */
function parsePhones(phones: readonly unknown[]): { value: string }[] {
  const first = phones[0];
  const value = isJsonObject(first) ? parseText(first, 'value') : undefined;
  const number = value?.replace(/[\s().-]/g, '') ?? '';
  if (number === '') return [];
  if (!/^\+[1-9]\d{4,14}$/.test(number)) throw new Refusal(400, `Invalid phone number: ${value}`);
  return [{ value: number }];
}
