import { buildAccountRecord, parseResource, type AccountRecord } from './account-record.ts';
import {
  parseAddress,
  parseAddresses,
  parseArray,
  parseMembers,
  parseObject,
  parseText,
  withoutBlank,
} from './attributes.ts';
import { buildEnterprise } from './enterprise.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Organisation } from './organisation.ts';
import { Refusal } from './refusal.ts';
import { ENTERPRISE_USER, GROUP_SCHEMAS, ZIVVER_GROUP } from './schema-names.ts';
import type { Birth } from './user-resource.ts';
import { verifyAliases, verifyFunctionalAddress, verifyMembers } from './write-checks.ts';

const MEMBER_NOT_FOUND = 'Error creating member: Member Not Found';

/** POST of a functional account. @throws Refusal */
export function buildGroup(organisation: Organisation, body: JsonObject, birth: Birth): AccountRecord {
  const address = parseAddress(body, 'externalId');
  if (address === undefined) throw new Refusal(400);
  verifyFunctionalAddress(organisation, address);
  const members = parseMembers(parseArray(body, 'members') ?? []);
  verifyMembers(organisation, { members, held: new Set() }, 'Unknown in set');
  return mergeAttributes(organisation, buildBlankGroup(address, birth), { body, members, self: undefined });
}

/** PUT: merges like a user; an empty `members` is answered 200 and changes no member (zivver-api §5.4). @throws Refusal */
export function mergeGroup(organisation: Organisation, record: AccountRecord, body: JsonObject): AccountRecord {
  const address = parseAddress(body, 'externalId') ?? record.address;
  if (address !== record.address) verifyFunctionalAddress(organisation, address, record);
  const resource = parseResource(record);
  const members = parseMembers(parseArray(body, 'members') ?? []);
  verifyMembers(organisation, { members, held: new Set(memberIds(resource)) }, MEMBER_NOT_FOUND);
  return mergeAttributes(organisation, resource, { body, members, self: record });
}

/** PATCH of `members`: all operations or none. @throws Refusal */
export function patchGroup(organisation: Organisation, record: AccountRecord, body: JsonObject): AccountRecord {
  const resource = parseResource(record);
  const held = new Set(memberIds(resource));
  let members = memberIds(resource);
  const operations = parseArray(body, 'Operations') ?? [];
  if (operations.length === 0) throw new Refusal(400);
  for (const operation of operations) members = patchMembers(members, operation);
  verifyMembers(organisation, { members, held }, MEMBER_NOT_FOUND);
  resource['members'] = members.map((value) => ({ value }));
  return buildAccountRecord('functional', resource, null);
}

function buildBlankGroup(address: string, birth: Birth): JsonObject {
  return {
    id: birth.id,
    externalId: address,
    displayName: address,
    members: [],
    meta: { created: birth.created, location: `/scim/v2/Groups/${birth.id}`, resourceType: 'Group' },
    schemas: GROUP_SCHEMAS,
    [ENTERPRISE_USER]: { division: '/' },
    [ZIVVER_GROUP]: { aliases: [] },
  };
}

/** What a request says, and the account that it is about if there is one. */
interface Written {
  readonly body: JsonObject;
  readonly self: AccountRecord | undefined;
}

function mergeAttributes(
  organisation: Organisation,
  resource: JsonObject,
  { body, members, self }: Written & { readonly members: readonly string[] },
): AccountRecord {
  resource['externalId'] = parseAddress(body, 'externalId') ?? resource['externalId'];
  resource['displayName'] = withoutBlank(parseText(body, 'displayName')) ?? resource['displayName'];
  if (members.length > 0) resource['members'] = members.map((value) => ({ value }));
  resource[ENTERPRISE_USER] = buildEnterprise(organisation, resource, body);
  mergeExtension(organisation, resource, { body, self });
  return buildAccountRecord('functional', resource, null);
}

function mergeExtension(organisation: Organisation, resource: JsonObject, { body, self }: Written): void {
  const address = String(resource['externalId']).toLowerCase();
  const extension = parseObject(body, ZIVVER_GROUP);
  const isOwnAlias = self !== undefined && self.address !== address && self.aliases.includes(address);
  if (extension === undefined && !isOwnAlias) return;
  const source = extension ?? parseObject(resource, ZIVVER_GROUP) ?? {};
  const aliases = parseAddresses(source, 'aliases').filter((alias) => alias !== address);
  verifyAliases(organisation, aliases, self);
  const ExternalAccountId = parseText(source, 'ExternalAccountId');
  resource[ZIVVER_GROUP] = { aliases, ...(ExternalAccountId === undefined ? {} : { ExternalAccountId }) };
}

function patchMembers(members: readonly string[], operation: unknown): string[] {
  if (!isJsonObject(operation) || operation['path'] !== 'members') throw new Refusal(400);
  const op = parseText(operation, 'op')?.toLowerCase();
  const value = parseArray(operation, 'value');
  if (op === 'remove' && value === undefined) return [];
  if (op === 'replace' && value !== undefined) return parseMembers(value);
  if (op === 'add' && value !== undefined) return [...new Set([...members, ...parseMembers(value)])];
  throw new Refusal(400);
}

function memberIds(resource: JsonObject): string[] {
  const members = resource['members'];
  if (!Array.isArray(members)) return [];
  return members.flatMap((member) => (isJsonObject(member) ? [String(member['value'])] : []));
}
