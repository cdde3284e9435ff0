import type { Sandbox } from '../../../src/sandbox/server.ts';
import type { StoredAccount } from '../world/stored-account.ts';

const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
const ZIVVER_GROUP = 'urn:ietf:params:scim:schemas:zivver:0.1:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

interface Extension {
  readonly aliases?: readonly string[];
  readonly delegates?: readonly string[];
  readonly ExternalAccountId?: string | null;
}

interface Resource {
  readonly active?: boolean;
  readonly name?: { readonly formatted: string };
  readonly displayName?: string;
  readonly members?: readonly { readonly value: string }[];
  readonly phoneNumbers?: readonly { readonly value: string }[];
  readonly [ENTERPRISE]?: { readonly division?: string };
  readonly [ZIVVER_USER]?: Extension;
  readonly [ZIVVER_GROUP]?: Extension;
}

/** All that the sandbox holds, with what its API never shows. */
export function readStored(sandbox: Sandbox): Map<string, StoredAccount> {
  return new Map(
    sandbox.accounts().map(({ id, kind, address, resource }) => {
      const given = resource as Resource;
      const extension: Extension = given[ZIVVER_USER] ?? given[ZIVVER_GROUP] ?? {};
      const account: StoredAccount = {
        kind,
        zivverId: id,
        address,
        fullName: given.name?.formatted ?? given.displayName ?? '',
        active: given.active ?? true,
        aliases: [...(extension.aliases ?? [])],
        delegates: [...(extension.delegates ?? [])],
        memberIds: (given.members ?? []).map(({ value }) => value),
        mobile: given.phoneNumbers?.[0]?.value ?? null,
        division: given[ENTERPRISE]?.division ?? null,
        externalAccountId: extension.ExternalAccountId ?? null,
        ssoKey: sandbox.ssoKeyOf(id),
        owner: null,
      };
      return [id, account];
    }),
  );
}
