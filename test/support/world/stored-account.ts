import type { ExistingAccount, ExistingFunctional, ExistingUser, Kind } from '../../../src/model/account/account.ts';

/** One account of the simulated Zivver, with what the API never shows. */
export interface StoredAccount {
  readonly kind: Kind;
  readonly zivverId: string;
  address: string;
  fullName: string;
  active: boolean;
  aliases: string[];
  delegates: string[];
  memberIds: string[];
  mobile: string | null;
  division: string | null;
  externalAccountId: string | null;
  ssoKey: string | null;
  /** Key of the person or group it really belongs to; null = nobody knows. */
  owner: string | null;
}

/** As Zivver makes it: a name and nothing else. */
export function blankAccount(kind: Kind, zivverId: string, address: string): StoredAccount {
  return {
    kind,
    zivverId,
    address,
    fullName: address,
    active: true,
    aliases: [],
    delegates: [],
    memberIds: [],
    mobile: null,
    division: '/',
    externalAccountId: null,
    ssoKey: null,
    owner: null,
  };
}

interface Showing {
  /** False: as before 2025, when ExternalAccountId never came back. */
  readonly returnsExternalIds: boolean;
}

/** What the API gives of it. */
export function showAccount(account: StoredAccount, showing: Showing): ExistingAccount {
  return account.kind === 'user' ? showUser(account, showing) : showFunctional(account, showing);
}

export function showUser(account: StoredAccount, showing: Showing): ExistingUser {
  const { active, delegates, mobile } = account;
  return { ...showCommon(account, showing), kind: 'user', active, delegates: [...delegates].reverse(), mobile };
}

export function showFunctional(account: StoredAccount, showing: Showing): ExistingFunctional {
  return { ...showCommon(account, showing), kind: 'functional', memberIds: [...account.memberIds].reverse() };
}

/** Lists come in no order at all. */
function showCommon(
  account: StoredAccount,
  { returnsExternalIds }: Showing,
): Omit<ExistingFunctional, 'kind' | 'memberIds'> {
  const { zivverId, address, fullName, aliases, division, externalAccountId } = account;
  return {
    zivverId,
    address,
    fullName,
    aliases: [...aliases].reverse(),
    division,
    externalAccountId: returnsExternalIds ? externalAccountId : null,
    created: '2026-11-23',
  };
}
