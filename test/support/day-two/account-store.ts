import type { ExistingAccount, ExistingFunctional, ExistingUser } from '../../../src/model/account/account.ts';
import { LiveIndex } from '../../../src/model/account/existing-index.ts';
import { accountKeyOf } from '../../../src/model/account/key.ts';
import {
  buildChange,
  type AccountAttributes,
  type Change,
  type ChangeContent,
} from '../../../src/model/change/change.ts';
import { attributesOf } from '../../../src/model/account/attributes-of.ts';

export function buildUser(name: string, user: Partial<ExistingUser> = {}): ExistingUser {
  return {
    kind: 'user',
    zivverId: `id-${name}`,
    address: `${name}@office.example`,
    fullName: name,
    active: true,
    aliases: [],
    delegates: [],
    mobile: null,
    division: '/',
    externalAccountId: accountKeyOf(name),
    created: null,
    ...user,
  };
}

export function buildFunctional(name: string, memberIds: readonly string[]): ExistingFunctional {
  const { mobile: _mobile, active: _active, delegates: _delegates, ...common } = buildUser(name);
  return { ...common, kind: 'functional', memberIds };
}

export function indexOf(accounts: Iterable<ExistingAccount>): LiveIndex {
  const all = [...accounts];
  return new LiveIndex({
    users: all.filter((account): account is ExistingUser => account.kind === 'user'),
    functional: all.filter((account): account is ExistingFunctional => account.kind === 'functional'),
  });
}

/** A change of one account to `after`, with the `before` that Zivver has. */
export function changeOf(
  existing: ExistingAccount,
  after: AccountAttributes,
  given: { accounts: Iterable<ExistingAccount>; extra?: Partial<Change> },
): Change {
  const now = attributesOf(existing, indexOf(given.accounts), new Map());
  const names = Object.keys(after) as (keyof AccountAttributes)[];
  const action = after.active === undefined ? 'update' : after.active ? 'reactivate' : 'suspend';
  const content = {
    action,
    kind: existing.kind,
    key: existing.externalAccountId,
    zivverId: existing.zivverId,
    address: existing.address,
    fullName: existing.fullName,
    reason: 'attributes',
    evidence: { source: 'directory', lookup: 'selection', entry: null, attribute: null, value: null },
    before: Object.fromEntries(names.map((name) => [name, now[name]])),
    after,
    sealed: false,
    ...given.extra,
  };
  return buildChange(content as ChangeContent);
}

/** What Zivver holds after all these changes at once; members of a change are addresses after the renames. */
export function applyChanges(
  accounts: ReadonlyMap<string, ExistingAccount>,
  changes: readonly Change[],
): Map<string, ExistingAccount> {
  const result = new Map(accounts);
  for (const change of changes) {
    const id = change.zivverId ?? `new-${change.key}`;
    if (change.action === 'delete') {
      result.delete(id);
      continue;
    }
    const { members: _later, ...after } = change.after;
    const blank = change.kind === 'user' ? buildUser(id) : buildFunctional(id, []);
    const start = result.get(id) ?? { ...blank, zivverId: id, externalAccountId: change.key };
    result.set(id, { ...start, ...after } as ExistingAccount);
  }
  for (const change of changes) {
    const account = result.get(change.zivverId ?? `new-${change.key}`);
    if (account?.kind !== 'functional' || change.after.members === undefined) continue;
    const index = indexOf(result.values());
    const memberIds = change.after.members.flatMap((address) => index.byAddress(address)?.zivverId ?? []);
    result.set(account.zivverId, { ...account, memberIds });
  }
  return result;
}
