import { buildChange, type Change, type ChangeContent } from '../../../src/model/change/change.ts';
import type { Dice } from '../world/dice.ts';
import { listPlaces, replaceAt } from '../json-places.ts';
import type { StoredAccount } from '../world/stored-account.ts';
import { fileOf, type Draft, type Forging } from './draft.ts';

export type Forgery = (draft: Draft, forging: Forging) => void;

/** What a planner in the wrong hands would try. */
export const FORGERIES: readonly Forgery[] = [
  ({ body }, { dice, accounts }) => suspendMany(body.changes, accounts, dice),
  ({ body }, { dice, accounts }) => suspendMany(body.changes, accounts, dice),
  ({ body }, { dice, accounts }) => {
    const [one, reader] = dice.shuffle(usersOf(accounts));
    if (one && reader) body.changes.push(changeOf(one, { delegates: one.delegates }, { delegates: [reader.address] }));
  },
  ({ body }, { dice, accounts }) => {
    const reader = dice.pick(usersOf(accounts)).address;
    for (const one of usersOf(accounts))
      if (!one.delegates.includes(reader))
        body.changes.push(
          changeOf(one, { delegates: sorted(one.delegates) }, { delegates: sorted([...one.delegates, reader]) }),
        );
  },
  ({ body }, { dice, accounts }) => {
    const [one, other] = dice.shuffle(usersOf(accounts));
    if (one && other) body.changes.push(changeOf(one, { address: one.address }, { address: `x${other.address}` }));
  },
  ({ body }, { dice, accounts }) => {
    for (const one of usersOf(accounts).slice(0, dice.integer(1, 20)))
      body.changes.push({
        ...changeOf(one, { address: one.address, fullName: one.fullName, active: one.active }, {}),
        action: 'delete',
        reason: 'deleted',
        sealed: false,
      } as Change);
  },
  ({ body }, { dice, accounts }) => {
    const [group] = dice.shuffle(
      accounts.filter(({ kind, memberIds }) => kind === 'functional' && memberIds.length > 0),
    );
    if (group === undefined) return;
    const members = membersOf(group, accounts);
    body.changes.push(changeOf(group, { members }, { members: members.slice(0, dice.integer(0, members.length)) }));
  },
  ({ body }, { dice, accounts }) => eraseSignOn(body.changes, dice.shuffle(usersOf(accounts))),
  ({ body }) => {
    body.existing = { users: 5000, activeUsers: 5000, functional: 500, managed: 5000, activeManaged: 5000 };
  },
  ({ body }) => {
    body.bootstrap = true;
  },
  ({ body }, { dice, accounts }) => {
    const change = dice.pick(body.changes);
    if (change.action !== 'create') change.zivverId = dice.pick(accounts).zivverId;
  },
  ({ body }, { dice }) => {
    dice.pick(body.changes).action = dice.pick(['create', 'update', 'suspend', 'reactivate', 'delete']) as never;
  },
  ({ body }, { dice }) => {
    body.changes.push(structuredClone(dice.pick(body.changes)));
  },
  ({ body }, { dice }) => {
    replaceAt(
      body,
      dice.pick(listPlaces(body)),
      dice.pick([true, false, null, [], {}, 0, 2 ** 53 - 1, 'eve@company.org', 'admin@company.org']),
    );
  },
  ({ body }, { dice }) => {
    dice.pick(body.changes).key = dice.pick(body.changes).key as never;
  },
  ({ body }, { dice }) => {
    body.createdAt = moved(body.createdAt, dice);
    body.expiresAt = dice.chance(0.5) ? moved(body.createdAt, dice) : body.expiresAt;
  },
  // Values that are sealed: two of them swapped, one of somebody else, one left out, one that nobody asked for.
  ({ body, ssoKeys }, { dice }) => {
    const [one, other] = dice.shuffle([...ssoKeys.keys()]);
    if (one === undefined || other === undefined) return;
    const [mine = '', yours = ''] = [ssoKeys.get(one), ssoKeys.get(other)];
    ssoKeys.set(one, yours).set(other, mine);
    if (dice.chance(0.2)) body.changes.reverse();
  },
  ({ ssoKeys }, { dice, keys }) => {
    ssoKeys.set(dice.pick([...ssoKeys.keys()]), dice.pick(['', ...keys]));
  },
  ({ ssoKeys }, { dice }) => {
    ssoKeys.delete(dice.pick([...ssoKeys.keys()]));
  },
  ({ body, ssoKeys }, { dice, keys }) => {
    ssoKeys.set(dice.pick(body.changes).id, dice.pick(keys));
  },
  ({ body, ssoKeys }, { dice, keys, accounts }) => {
    const [one] = dice.shuffle(usersOf(accounts));
    if (one === undefined) return;
    const change = { ...aliasChange(one), sealed: dice.chance(0.5) };
    body.changes.push(change as Change);
    ssoKeys.set(change.id, dice.pick(keys));
  },
  ({ body }, { dice }) => {
    const change = dice.pick(body.changes);
    if ('sealed' in change) change.sealed = !change.sealed as never;
  },
  // Desired files: the next plan believes them.
  ({ files }, { dice }) => {
    const [one, other] = dice.shuffle([...files.values()]);
    const key = /^key: .*$/m;
    const others = key.exec(other?.text ?? '')?.[0];
    if (one && others !== undefined) files.set(one.path, fileOf(one.path, one.text.replace(key, others)));
  },
  ({ files }, { dice, accounts }) => {
    const one = dice.pick([...files.values()]);
    const id = dice.pick(accounts).zivverId;
    files.set(one.path, fileOf(one.path, one.text.replace(/^zivverId: .*$/m, `zivverId: ${id}`)));
  },
  ({ files, body }, { dice }) => {
    files.delete(dice.pick([...files.keys()]));
    body.desired.removed += 1;
    body.desired.users -= 1;
  },
];

function usersOf(accounts: readonly StoredAccount[]): StoredAccount[] {
  return accounts.filter(({ kind }) => kind === 'user');
}

function sorted(list: readonly string[]): string[] {
  return [...list].sort();
}

function membersOf({ memberIds }: StoredAccount, accounts: readonly StoredAccount[]): string[] {
  return sorted(memberIds.flatMap((id) => accounts.find(({ zivverId }) => zivverId === id)?.address ?? []));
}

/** Some within a limit, so that several plans in a row add up. */
function suspendMany(changes: Change[], accounts: readonly StoredAccount[], dice: Dice): void {
  const isRelabelled = dice.chance(0.2);
  for (const one of dice
    .shuffle(usersOf(accounts).filter(({ active }) => active))
    .slice(0, dice.chance(0.6) ? dice.integer(1, 6) : dice.integer(1, 30))) {
    const change = changeOf(one, { active: true }, { active: false });
    changes.push(
      (isRelabelled ? change : { ...change, action: 'suspend', reason: 'disabled', sealed: false }) as Change,
    );
  }
}

/** Every write of the extension without the key erases it: few by each attribute, and many together. */
function eraseSignOn(changes: Change[], users: readonly StoredAccount[]): void {
  const withKey = users.filter(({ active, ssoKey }) => active && ssoKey !== null);
  changes.push(...withKey.slice(0, 9).map(aliasChange));
  changes.push(
    ...withKey
      .slice(9, 30)
      .filter(({ delegates }) => delegates.length > 0)
      .slice(0, 9)
      .map((one) => changeOf(one, { delegates: sorted(one.delegates) }, { delegates: [] })),
  );
}

function aliasChange(one: StoredAccount): Change {
  return changeOf(one, { aliases: sorted(one.aliases) }, { aliases: sorted([...one.aliases, `x${one.address}`]) });
}

/** Of an account under management, as the branch has it. */
function changeOf(one: StoredAccount, before: object, after: object): Change {
  return buildChange({
    action: 'update',
    kind: one.kind,
    key: one.externalAccountId,
    zivverId: one.zivverId,
    address: one.address,
    fullName: one.fullName,
    reason: 'attributes',
    evidence: { source: null, lookup: 'nowhere', entry: null, attribute: null, value: null },
    before,
    after,
    sealed: false,
  } as ChangeContent);
}

function moved(time: string, dice: Dice): string {
  return new Date(Date.parse(time) + dice.integer(-100, 100) * 3_600_000).toISOString();
}
