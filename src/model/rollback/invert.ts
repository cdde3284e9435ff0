import type { Explanation } from '../settle/evidence.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import { attributesOf, type ShownAttributes } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion, PlanFile, Reason } from '../schema/generated/plan.ts';
import {
  buildExistingChange,
  isSameValue,
  type AccountAttributes,
  type Attribute,
  type Change,
} from '../change/change.ts';
import { invertChange, type InvertedChange } from './invert-change.ts';
import { contestedAddresses } from '../change/release.ts';
import { needsSsoKey } from '../change/sso-need.ts';
import { planName } from '../plan/plan-name.ts';
import { buildRenames, type Renames } from '../change/renames.ts';
import { settleInverted, withoutUnsendable, type SettledInverse } from './settle-inverted.ts';

export interface InvertInput {
  /** The plan to undo. */
  readonly plan: PlanFile;
  /** Changes that were done → Zivver id of their account. */
  readonly done: ReadonlyMap<string, string | null>;
  readonly index: ExistingIndex;
  /** Desired files on the branch. */
  readonly desired: readonly DesiredAccount[];
  readonly ssoEnabled: boolean;
  /** Change id of the plan to undo → SSO key; empty if its sealed part cannot be opened here. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  /** Change id of the plan to undo → value of accountKey, where it is not the SSO key. */
  readonly accountKeys?: ReadonlyMap<string, string>;
  /** False for the sealed form of a mobile number that is not known here. */
  readonly canSendMobile: (mobile: string) => boolean;
}

export interface Inversion {
  readonly changes: readonly Change[];
  /** New change id → SSO key. Secret. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  /** New change id → value of accountKey, where it is not the SSO key. Secret. */
  readonly accountKeys: ReadonlyMap<string, string>;
  /** All desired accounts, as they shall be after the rollback. */
  readonly desired: readonly DesiredAccount[];
  /** Keys of the accounts that are as before again and must stay so. */
  readonly restoredKeys: readonly string[];
  /** Of them, whom the source did not want any more: they keep access by the rollback alone. */
  readonly unwantedKeys: ReadonlySet<string>;
  readonly exclusions: readonly Exclusion[];
  readonly open: readonly OpenDraft[];
  readonly leftovers: Leftovers;
}

/** What a rollback cannot or does not restore. */
export interface Leftovers {
  readonly irreversible: readonly Change[];
  readonly gone: readonly Change[];
  /** Accounts of which somebody changed attributes since. */
  readonly changedSince: readonly Untouched[];
  /** Of accounts that are suspended again, which changes nothing else of them. */
  readonly leftSuspended: readonly Untouched[];
  /** Their SSO key or their earlier number is not known here, so these attributes cannot be sent. */
  readonly unsendable: readonly Untouched[];
  /** Number of changes of the plan that were never done. */
  readonly neverDone: number;
  /** Without a desired file: nothing keeps the next plan from treating them as missing again. */
  readonly withoutHold: readonly string[];
  readonly created: number;
}

interface Untouched {
  readonly address: string;
  readonly attributes: readonly Attribute[];
}

/** A plan that was applied → what undoes it in the Zivver of now. Pure. */
export function invertPlan(input: InvertInput): Inversion {
  const { body } = input.plan;
  const contested = contestedAddresses(body.changes);
  const done = body.changes.filter(({ id }) => input.done.has(id));
  const inverses = done.map((change) =>
    invertChange(change, { index: input.index, zivverId: input.done.get(change.id) ?? null, contested }),
  );
  const inverted = inverses.flatMap((inverse) => (inverse.kind === 'inverted' ? [inverse.inverted] : []));
  const sendable = inverted.map((one) => withoutUnsendable(one, input));
  const settled = settleInverted(sendable, input.index);
  const { changes, ssoKeys, accountKeys } = buildChanges(settled.accepted, input);
  const restored = settled.accepted.filter((one) => Object.keys(one.restored).length > 0);
  const managed = new Set(input.desired.map(({ key }) => key));
  const hasFile = ({ inverted: { change } }: SettledInverse): boolean => managed.has(change.key ?? '');
  const pick = (kind: 'irreversible' | 'gone'): Change[] =>
    inverses.flatMap((inverse) => (inverse.kind === kind ? [inverse.change] : []));
  return {
    changes,
    ssoKeys,
    accountKeys,
    desired: restoreDesired(input.desired, restored),
    restoredKeys: restored.filter(hasFile).flatMap(({ inverted: { change } }) => change.key ?? []),
    unwantedKeys: new Set(restored.filter(isUnwanted).flatMap(({ inverted: { change } }) => change.key ?? [])),
    exclusions: settled.exclusions,
    open: settled.open,
    leftovers: {
      irreversible: pick('irreversible'),
      gone: pick('gone'),
      changedSince: listUntouched(inverted, ({ changedSince }) => changedSince),
      leftSuspended: listUntouched(inverted, ({ leftSuspended }) => leftSuspended),
      unsendable: listUntouched(sendable, ({ unsendable }) => unsendable),
      neverDone: body.changes.length - done.length,
      withoutHold: restored.flatMap((one) => (hasFile(one) ? [] : [one.inverted.existing.address])),
      created: restored.filter(({ inverted: { change } }) => change.action === 'create').length,
    },
  };
}

function isUnwanted({ inverted: { change } }: SettledInverse): boolean {
  return LEAVING.has(change.reason);
}

const LEAVING: ReadonlySet<Reason> = new Set<Explanation['reason']>([
  'disabled',
  'expired',
  'moved',
  'filtered',
  'address-removed',
  'deleted',
  'unexplained',
]);

function buildChanges(
  accepted: readonly SettledInverse[],
  { plan, index, ssoEnabled, ssoKeys, accountKeys = new Map() }: InvertInput,
): Pick<Inversion, 'ssoKeys' | 'accountKeys'> & { changes: Change[] } {
  const name = planName(plan);
  const renames = buildRenames(
    accepted.flatMap(({ inverted: { existing }, restored }) =>
      restored.address === undefined
        ? []
        : [{ zivverId: existing.zivverId, from: existing.address, to: restored.address }],
    ),
  );
  const changes: Change[] = [];
  const keys = new Map<string, string>();
  const identities = new Map<string, string>();
  for (const { inverted, restored } of accepted) {
    const { before, after } = compare(inverted, restored, { index, renames });
    if (Object.keys(after).length === 0) continue;
    const key = ssoEnabled ? ssoKeys.get(inverted.change.id) : undefined;
    const isSealed = key !== undefined && (after.active === true || needsSsoKey(inverted.change.kind, 'update', after));
    const change = buildInverse(inverted, { before, after, name, isSealed });
    changes.push(change);
    if (!isSealed) continue;
    keys.set(change.id, key);
    const identity = accountKeys.get(inverted.change.id);
    if (identity !== undefined) identities.set(change.id, identity);
  }
  return { changes, ssoKeys: keys, accountKeys: identities };
}

function buildInverse(
  { change: { kind, key }, existing }: InvertedChange,
  {
    before,
    after,
    name,
    isSealed,
  }: { before: AccountAttributes; after: AccountAttributes; name: string; isSealed: boolean },
): Change {
  const { zivverId, address, fullName } = existing;
  const evidence = { source: null, lookup: 'nowhere' as const, entry: null, attribute: 'plan', value: name };
  const content = { kind, key, zivverId, address, fullName, reason: 'rollback', evidence, sealed: isSealed } as const;
  return buildExistingChange(content, { before, after });
}

function compare(
  { existing }: InvertedChange,
  restored: AccountAttributes,
  { index, renames }: { index: ExistingIndex; renames: Renames },
): { before: AccountAttributes; after: AccountAttributes } {
  const now = attributesOf(existing, index, renames.newAddresses);
  const names = (Object.keys(restored) as Attribute[]).filter((name) => !isSameValue(now[name], restored[name]));
  const pick = (from: AccountAttributes | ShownAttributes): AccountAttributes =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(now), after: pick(restored) };
}

/** The file follows the rollback; an attribute without a value is left out of it, as everywhere. */
function restoreDesired(desired: readonly DesiredAccount[], restored: readonly SettledInverse[]): DesiredAccount[] {
  const byKey = new Map(restored.map((one) => [one.inverted.change.key, one.restored]));
  return desired.map((account) => {
    const { externalAccountId: _never, ...attributes } = byKey.get(account.key) ?? {};
    const values = Object.entries({ ...account, ...attributes }).filter(([, value]) => value !== null);
    return Object.fromEntries(values) as unknown as DesiredAccount;
  });
}

function listUntouched<One extends InvertedChange>(
  inverted: readonly One[],
  pick: (one: One) => readonly Attribute[],
): Untouched[] {
  const listed = inverted.map((one) => ({ address: one.existing.address, attributes: pick(one) }));
  return listed.filter(({ attributes }) => attributes.length > 0);
}
