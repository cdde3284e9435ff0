import type { Dice } from './dice.ts';
import { anyAddress } from './evolve.ts';
import type { MemoryZivver } from './memory-zivver.ts';
import type { StoredAccount } from './stored-account.ts';
import type { Staff } from './staff.ts';

/** What administrators and just-in-time provisioning do in Zivver behind the back of this program. */
export function meddle(dice: Dice, zivver: MemoryZivver, staff: Staff, events: number): void {
  for (let count = 0; count < events; count += 1) dice.pick(EVENTS)(dice, zivver, staff);
}

type Event = (dice: Dice, zivver: MemoryZivver, staff: Staff) => void;

const EVENTS: readonly Event[] = [
  (dice, zivver) => createByHand(dice, zivver, 'user'),
  (dice, zivver) => createByHand(dice, zivver, 'functional'),
  createJustInTime,
  createJustInTime,
  onAccount((account) => (account.active = account.kind === 'functional')),
  onAccount((account) => (account.active = true)),
  onAccount((account) => (account.fullName = 'By Hand')),
  onAccount(
    (account, dice) => (account.delegates = account.kind === 'user' ? [account.address, anyAddress(dice)] : []),
  ),
  onAccount((account) => {
    if (account.kind === 'functional') account.memberIds.push('00000000-0000-4000-8000-000000000000', account.zivverId);
  }),
  onAccount((account, dice, zivver) => {
    const alias = anyAddress(dice);
    if (zivver.holderOf(alias) === undefined) account.aliases.push(alias);
  }),
  onAccount((account, dice, zivver) => {
    const address = anyAddress(dice);
    // Without ids, nobody can know whose account it was after that.
    if (zivver.traits.returnsExternalIds && zivver.holderOf(address) === undefined) account.address = address;
  }),
  onAccount((account, dice, zivver) => {
    if (dice.chance(0.3)) zivver.accounts.delete(account.zivverId);
  }),
];

function onAccount(change: (account: StoredAccount, dice: Dice, zivver: MemoryZivver) => unknown): Event {
  return (dice, zivver) => {
    const free = [...zivver.accounts.values()].filter(({ address }) => address !== 'admin@company.org');
    if (free.length > 0) change(dice.pick(free), dice, zivver);
  };
}

function createByHand(dice: Dice, zivver: MemoryZivver, kind: 'user' | 'functional'): void {
  const write = { address: anyAddress(dice), fullName: 'Made By Hand' };
  if (kind === 'user') zivver.createUser(write);
  else zivver.createFunctional(write);
}

/** Somebody logged in through SSO before this program created the account; it may be a second account of theirs. */
function createJustInTime(dice: Dice, zivver: MemoryZivver, staff: Staff): void {
  const person = dice.pick(staff.people);
  if (person.primary === null || person.isDisabled) return;
  zivver.createUser({ address: person.primary, fullName: person.name });
}
