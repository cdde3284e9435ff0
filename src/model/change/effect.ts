import { sendsExtension } from './sso-need.ts';
import { touchedAttributes, type Attribute, type AttributePair, type Change } from './change.ts';

/** What a change does to people. Derived from what is written, never from what a plan says of itself. */
export interface Effect {
  readonly fate: 'created' | 'updated' | 'suspended' | 'reactivated' | 'deleted';
  /** Access is taken away and the source does not say why. */
  readonly isUnexplained: boolean;
  /** A functional account loses its last member: nobody reads it any more. */
  readonly isEmptied: boolean;
  /** An existing account is reached at another address from now on. */
  readonly isRenamed: boolean;
  /** An existing account gets the key by which we know it. */
  readonly getsKey: boolean;
  /** Addresses and aliases that it takes. */
  readonly claims: readonly string[];
  /** Addresses and aliases that it no longer has. Of a deleted account its address; its aliases are known to Zivver only. */
  readonly gives: readonly string[];
  /** People who can read its mail from now on: delegates of a user, members of a functional account. */
  readonly newReaders: readonly string[];
  readonly lostReaders: readonly string[];
  /**
   * What becomes of the single sign-on key that an account may have in Zivver: replaced by one that is made otherwise, or lost where
   * this tool had set it; null: nothing, or the account is new.
   */
  readonly signOn: 'set' | 'replaced' | 'erased' | 'lost' | null;
  /** What an account that stays has otherwise, without its state and its key. */
  readonly touched: readonly Attribute[];
}

/**
 * The one reading of a change: guards, protection, risk, order of replay and the brakes of apply ask nothing else. Pure.
 */
export function effectOf(change: Change): Effect {
  const fate = fateOf(change);
  const isExisting = fate !== 'created' && fate !== 'deleted';
  const pair: AttributePair = change;
  const addresses = diffAddresses(change);
  const readers = diffReaders(pair);
  const takesAway = fate === 'suspended' || fate === 'deleted' || readers.lostReaders.length > 0;
  return {
    fate,
    isUnexplained: takesAway && change.reason === 'unexplained',
    isEmptied: readers.lostReaders.length > 0 && pair.after.members?.length === 0,
    isRenamed: isExisting && pair.after.address !== undefined,
    getsKey: isExisting && pair.after.externalAccountId !== undefined,
    ...addresses,
    ...readers,
    signOn: isExisting ? signOnOf(change) : null,
    touched: isExisting ? touchedAttributes(pair).filter((name) => !OWN.has(name)) : [],
  };
}

const OWN: ReadonlySet<Attribute> = new Set(['active', 'externalAccountId', 'signOnKey']);

/** Whether it takes the account away from its people. */
export function takesAccess({ fate }: Pick<Effect, 'fate'>): boolean {
  return fate === 'suspended' || fate === 'deleted';
}

/** The extension of Zivver goes as a whole: a write with it sets the key that is sealed, or erases the one that is there. */
function signOnOf({ kind, action, after, sealed }: Change): Effect['signOn'] {
  if (kind !== 'user') return null;
  if (after.signOnKey !== undefined) return after.signOnKey === null ? 'lost' : 'replaced';
  if (sealed) return 'set';
  return sendsExtension(kind, after) && action !== 'suspend' ? 'erased' : null;
}

/** The account does not carry our mark yet, so that another program, or a person, may have set its single sign-on key. */
export function hasForeignSignOn({ signOn, getsKey }: Pick<Effect, 'signOn' | 'getsKey'>): boolean {
  return signOn !== null && getsKey;
}

/** It replaces a key, may replace that of another, or erases one that this tool has set or that an organisation uses. */
export function risksSignOn(effect: Pick<Effect, 'signOn' | 'getsKey'>, { enabled }: { enabled: boolean }): boolean {
  const { signOn } = effect;
  return hasForeignSignOn(effect) || signOn === 'replaced' || signOn === 'lost' || (enabled && signOn === 'erased');
}

function fateOf({ action }: Change): Effect['fate'] {
  switch (action) {
    case 'create':
      return 'created';
    case 'update':
      return 'updated';
    case 'suspend':
      return 'suspended';
    case 'reactivate':
      return 'reactivated';
    case 'delete':
      return 'deleted';
  }
}

function diffAddresses(change: Change): Pick<Effect, 'claims' | 'gives'> {
  const { before, after }: AttributePair = change;
  const held = change.action === 'delete' ? [change.address] : addressesOf(before);
  const wanted = addressesOf(after);
  if (held.length + wanted.length === 0) return NO_ADDRESSES;
  return { claims: without(wanted, held), gives: without(held, wanted) };
}

function addressesOf({ address, aliases = [] }: AttributePair['before']): readonly string[] {
  return address === undefined ? aliases : [address, ...aliases];
}

function diffReaders({ before, after }: AttributePair): Pick<Effect, 'newReaders' | 'lostReaders'> {
  const had = [...(before.delegates ?? []), ...(before.members ?? [])];
  const has = [...(after.delegates ?? []), ...(after.members ?? [])];
  if (had.length + has.length === 0) return NO_READERS;
  return { newReaders: without(has, had), lostReaders: without(had, has) };
}

function without(list: readonly string[], others: readonly string[]): readonly string[] {
  if (list.length === 0 || others.length === 0) return list;
  const known = new Set(others);
  return list.filter((one) => !known.has(one));
}

const NO_ADDRESSES: Pick<Effect, 'claims' | 'gives'> = { claims: [], gives: [] };
const NO_READERS: Pick<Effect, 'newReaders' | 'lostReaders'> = { newReaders: [], lostReaders: [] };
