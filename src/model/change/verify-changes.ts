import { ReconcileError, type Problem } from '../errors.ts';
import {
  changeIdOf,
  isSameValue,
  touchedAttributes,
  type AccountAttributes,
  type AttributePair,
  type Change,
} from './change.ts';
import { effectOf } from './effect.ts';
import { needsSsoKey, sendsExtension } from './sso-need.ts';

/**
 * Changes that contradict themselves or each other are refused before anybody looks at a limit: `where` is the file they
 * stand in. Throws PLAN_CONTRADICTORY (21) with all of it.
 */
export function verifyChanges(changes: readonly Change[], where: string): void {
  const problems = [...changes.flatMap(findContradictions), ...findRepetitions(changes)];
  if (problems.length === 0) return;
  throw new ReconcileError('PLAN_CONTRADICTORY', `The changes in ${where} contradict themselves`, {
    remedy: 'Discard this plan and make a new one with: zivver-gitops plan; no plan of this program looks like this.',
    problems,
  });
}

/** What one change says that cannot be true together. The schema has already checked which attributes its action may touch. */
export function findContradictions(change: Change): Problem[] {
  const pair: AttributePair = change;
  const faults = [
    ...(change.id === changeIdOf(change) ? [] : ['its id is not that of its content']),
    ...findKindFaults(change),
    ...findIdentityFaults(change),
    ...findPairFaults(change),
    ...findListFaults(pair.before),
    ...findListFaults(pair.after),
    ...findSignOnFaults(change),
    ...(change.sealed && !needsSsoKey(change.kind, change.action, pair.after)
      ? ['nothing in it needs a single sign-on key']
      : []),
  ];
  return faults.map((what) => ({ where: `change ${change.id}`, what }));
}

/** What is told of a single sign-on key is what is sent. */
function findSignOnFaults({ kind, sealed, after, reason }: Change): string[] {
  if (after.signOnKey === undefined) return reason === 'sign-on' ? ['it is about no single sign-on key'] : [];
  if (after.signOnKey !== null) return sealed ? [] : ['it replaces a single sign-on key and sends none'];
  return sealed || !sendsExtension(kind, after) ? ['it erases a single sign-on key by nothing'] : [];
}

/** Attributes that only the other kind of account has. */
function findKindFaults(change: Change): string[] {
  const { before, after }: AttributePair = change;
  const foreign = change.kind === 'user' ? USERLESS : FUNCTIONALLESS;
  const wrong = foreign.filter((name) => before[name] !== undefined || after[name] !== undefined);
  const isStateless = change.action === 'create' && (change.after.active === true) !== (change.kind === 'user');
  return [
    ...wrong.map((name) => `a ${change.kind} account has no ${name}`),
    ...(isStateless ? ['a new user is active, a functional account has no state'] : []),
  ];
}

const USERLESS = ['members'] as const;
const FUNCTIONALLESS = ['delegates', 'mobile', 'signOnKey'] as const;

/** The account it is about is named in several places. */
function findIdentityFaults(change: Change): string[] {
  const { before, after }: AttributePair = change;
  const named = change.action === 'create' ? after : before;
  const isEmptying = change.kind === 'functional' && after.members?.length === 0 && Object.keys(after).length === 1;
  return [
    ...(named.address === undefined || named.address === change.address ? [] : ['it names two addresses']),
    ...(named.fullName === undefined || named.fullName === change.fullName ? [] : ['it names two names']),
    ...(after.externalAccountId === undefined || after.externalAccountId === change.key ? [] : ['it names two keys']),
    ...(change.action === 'update' && !isEmptying && !UPDATE_REASONS.has(change.reason)
      ? ['an absence empties a functional account and changes nothing else']
      : []),
  ];
}

const UPDATE_REASONS: ReadonlySet<string> = new Set(['attributes', 'renamed', 'handed-over', 'sign-on', 'rollback']);

/** `before` and `after` of an account that stays name the same attributes, and each differs. */
function findPairFaults(change: Change): string[] {
  if (change.action === 'create' || change.action === 'delete') return [];
  const { before, after }: AttributePair = change;
  const touched = touchedAttributes(change);
  const onesided = touched.filter((name) => before[name] === undefined || after[name] === undefined);
  const idle = touched.filter((name) => isSameValue(before[name], after[name]));
  const held = new Set([before.address, ...(before.aliases ?? [])]);
  const isGaining = change.action === 'suspend' && (after.aliases ?? []).some((alias) => !held.has(alias));
  return [
    ...onesided.map((name) => `${name} stands only before or only after it`),
    ...idle.map((name) => `${name} is the same before and after it`),
    ...(isGaining ? ['a suspended account gets no aliases'] : []),
  ];
}

/** Addresses in lower case, lists in order: otherwise the same value could be written in two ways. */
function findListFaults({ address, aliases = [], delegates = [], members = [] }: AccountAttributes): string[] {
  const lists = [aliases, delegates, members];
  const isUnsorted = lists.some((list) => list.some((one, place) => place > 0 && (list[place - 1] ?? '') >= one));
  const isUpper = [address ?? '', ...lists.flat()].some((one) => one !== one.toLowerCase());
  return [...(isUnsorted ? ['a list is not in order'] : []), ...(isUpper ? ['an address is not in lower case'] : [])];
}

/** One change an account, one taker an address. */
function findRepetitions(changes: readonly Change[]): Problem[] {
  const find = (what: string, namesOf: (change: Change) => readonly (string | null)[]): Problem[] => {
    const seen = new Set<string>();
    return changes.flatMap((change) =>
      namesOf(change).flatMap((name) => {
        if (name === null) return [];
        const isRepeated = seen.has(name);
        seen.add(name);
        return isRepeated ? [{ where: `change ${change.id}`, what }] : [];
      }),
    );
  };
  return [
    ...find('another change has the same id', ({ id }) => [id]),
    ...find('another change is about the same account', ({ zivverId }) => [zivverId]),
    ...find('another change has the same key', ({ key }) => [key]),
    ...find('another change names the same address as its account', ({ address, action }) => [
      action === 'create' ? null : address,
    ]),
    ...find('another change takes the same address', (change) => effectOf(change).claims),
  ];
}
