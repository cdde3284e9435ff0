import type { ExistingFunctional, ExistingUser } from '../../model/account/account.ts';
import type { FunctionalWrite, UserWrite } from '../../model/account/target.ts';
import type {
  Enterprise,
  Group,
  GroupBody,
  GroupPatch,
  Meta,
  User,
  UserBody,
} from '../../model/schema/generated/scim.ts';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
const ZIVVER_GROUP = 'urn:ietf:params:scim:schemas:zivver:0.1:Group';

/** The only body that empties a functional account; `members: []` in a PUT answers 200 and changes nothing (zivver-api §5). */
export const emptyMembersPatch: GroupPatch = { Operations: [{ op: 'remove', path: 'members' }] };

/** A personal account as Zivver sent it, in our words. */
export function mapUser(user: User): ExistingUser {
  const { aliases, delegates, ExternalAccountId } = user[ZIVVER_USER];
  return {
    kind: 'user',
    zivverId: user.id,
    address: user.userName.toLowerCase(),
    fullName: user.name.formatted,
    active: user.active,
    aliases: aliases.map((alias) => alias.toLowerCase()),
    delegates: delegates.map((delegate) => delegate.toLowerCase()),
    mobile: user.phoneNumbers?.[0]?.value || null,
    division: mapDivision(user[ENTERPRISE]),
    externalAccountId: ExternalAccountId ?? null,
    created: mapCreated(user.meta),
  };
}

/** A functional account as Zivver sent it, in our words. */
export function mapFunctional(group: Group): ExistingFunctional {
  const { aliases, ExternalAccountId } = group[ZIVVER_GROUP];
  return {
    kind: 'functional',
    zivverId: group.id,
    address: group.externalId.toLowerCase(),
    fullName: group.displayName,
    aliases: aliases.map((alias) => alias.toLowerCase()),
    memberIds: group.members.map(({ value }) => value),
    division: mapDivision(group[ENTERPRISE]),
    externalAccountId: ExternalAccountId ?? null,
    created: mapCreated(group.meta),
  };
}

/** Body of the POST of a user. Zivver ignores `active: false` and unknown delegates in it. */
export function buildUserPost(write: UserWrite): UserBody {
  const { aliases, delegates, externalAccountId, ssoAccountKey } = write;
  const extension = {
    ...(aliases === undefined ? {} : { aliases: [...aliases] }),
    ...(delegates === undefined ? {} : { delegates: [...delegates] }),
    ...(externalAccountId === undefined ? {} : { ExternalAccountId: externalAccountId }),
    ...(ssoAccountKey === undefined ? {} : { SsoAccountKey: ssoAccountKey }),
  };
  return {
    schemas: [CORE_USER, ENTERPRISE, ZIVVER_USER],
    ...buildUserCore(write),
    ...(write.mobile ? { phoneNumbers: [{ value: write.mobile }] } : {}),
    ...(Object.keys(extension).length === 0 ? {} : { [ZIVVER_USER]: extension }),
  };
}

/** Body of the PUT of a user: what `write` touches, and the whole zivver extension if it touches any part of that. */
export function buildUserPut(existing: ExistingUser, write: UserWrite): UserBody {
  const { mobile } = write;
  const touchesExtension = [write.aliases, write.delegates, write.externalAccountId, write.ssoAccountKey].some(
    (attribute) => attribute !== undefined,
  );
  return {
    ...buildUserCore(write),
    ...(mobile === undefined ? {} : { phoneNumbers: mobile === null ? [] : [{ value: mobile }] }),
    ...(touchesExtension ? { [ZIVVER_USER]: layOverUserExtension(existing, write) } : {}),
  };
}

/** Body of the POST of a functional account. */
export function buildFunctionalPost(write: FunctionalWrite): GroupBody {
  const { aliases, externalAccountId } = write;
  const extension = {
    ...(aliases === undefined ? {} : { aliases: [...aliases] }),
    ...(externalAccountId === undefined ? {} : { ExternalAccountId: externalAccountId }),
  };
  return {
    schemas: [CORE_GROUP, ZIVVER_GROUP, ENTERPRISE],
    ...buildFunctionalCore(write),
    ...(Object.keys(extension).length === 0 ? {} : { [ZIVVER_GROUP]: extension }),
  };
}

/** Body of the PUT of a functional account, without `members` if they become empty: see `emptyMembersPatch`. */
export function buildFunctionalPut(existing: ExistingFunctional, write: FunctionalWrite): GroupBody {
  const touchesExtension = write.aliases !== undefined || write.externalAccountId !== undefined;
  return {
    ...buildFunctionalCore(write),
    ...(touchesExtension ? { [ZIVVER_GROUP]: layOverFunctionalExtension(existing, write) } : {}),
  };
}

/** Zivver replaces the extension as a whole: a key that is left out is cleared (zivver-api §5, ENG-12451). */
function layOverUserExtension(existing: ExistingUser, write: UserWrite): NonNullable<UserBody[typeof ZIVVER_USER]> {
  return {
    delegates: [...(write.delegates ?? existing.delegates)],
    ...layOverFunctionalExtension(existing, write),
    ...(write.ssoAccountKey === undefined ? {} : { SsoAccountKey: write.ssoAccountKey }),
  };
}

function layOverFunctionalExtension(
  existing: ExistingUser | ExistingFunctional,
  write: UserWrite | FunctionalWrite,
): { aliases: string[]; ExternalAccountId?: string } {
  const externalAccountId = write.externalAccountId ?? existing.externalAccountId;
  return {
    aliases: [...(write.aliases ?? existing.aliases)],
    ...(externalAccountId === null ? {} : { ExternalAccountId: externalAccountId }),
  };
}

function buildUserCore(write: UserWrite): UserBody {
  const { address, fullName, active, division } = write;
  return {
    ...(address === undefined ? {} : { userName: address }),
    ...(fullName === undefined ? {} : { name: { formatted: fullName } }),
    ...(active === undefined ? {} : { active }),
    ...(division === undefined ? {} : { [ENTERPRISE]: { division } }),
  };
}

function buildFunctionalCore(write: FunctionalWrite): GroupBody {
  const { address, fullName, memberIds, division } = write;
  return {
    ...(address === undefined ? {} : { externalId: address }),
    ...(fullName === undefined ? {} : { displayName: fullName }),
    ...(memberIds === undefined || memberIds.length === 0 ? {} : { members: memberIds.map((value) => ({ value })) }),
    ...(division === undefined ? {} : { [ENTERPRISE]: { division } }),
  };
}

function mapDivision(enterprise: Enterprise | undefined): string | null {
  return enterprise?.division ?? null;
}

function mapCreated(meta: Meta | undefined): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(meta?.created ?? '')?.[0] ?? null;
}
