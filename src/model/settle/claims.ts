import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { foreignHolder, isInactive, type Claimant } from './claimant.ts';
import { isPinned, pinAddress } from './inactive.ts';

/** Addresses change hands only where the source gives them to another and the holder lets them go in the same plan. */

export interface SettledClaims<Account extends Claimant> {
  readonly accepted: readonly Account[];
  /** Their primary address is not free: they stay as they are. */
  readonly refused: readonly Account[];
  readonly findings: readonly ClaimFinding<Account>[];
}

/** An address that an account does not get; `alias-held`: it goes on without it. */
export interface ClaimFinding<Account extends Claimant = Claimant> {
  readonly claimant: Account;
  readonly reason: 'address-held' | 'alias-held' | 'circular-addresses';
  readonly address: string;
  /** Null in a circle. */
  readonly holder: ExistingAccount | null;
  readonly detail: Fact;
}

/**
 * Leaves out aliases that others hold, and accounts whose primary address is held or waits in a circle. Inactive accounts
 * keep the addresses they have instead: nothing may stop their suspension.
 */
export function settleClaims<Account extends Claimant>(
  claimants: readonly Account[],
  index: ExistingIndex,
): SettledClaims<Account> {
  let accepted = [...claimants];
  const refused: Account[] = [];
  const findings: ClaimFinding<Account>[] = [];
  for (let left = mostRounds(claimants); left > 0; left -= 1) {
    const round = settleRound(accepted, index);
    findings.push(...round.findings);
    refused.push(...round.refused);
    accepted = round.accepted;
    if (!round.hasChanged) return { accepted, refused, findings };
  }
  throw new Error('the claims of addresses are never settled');
}

/**
 * Every round but the last refuses an account for good, pins one that keeps its address from then on, or takes away an alias.
 */
function mostRounds(claimants: readonly Claimant[]): number {
  return claimants.reduce((sum, { desired }) => sum + 1 + (desired.aliases?.length ?? 0), 1);
}

/** Grows while the claimants are looked at. */
interface Round<Account extends Claimant> {
  readonly accepted: Account[];
  readonly refused: Account[];
  readonly findings: ClaimFinding<Account>[];
  hasChanged: boolean;
}

function settleRound<Account extends Claimant>(claimants: readonly Account[], index: ExistingIndex): Round<Account> {
  const releaserOf = buildReleaserLookUp(claimants);
  const waitsFor = new Map<Account, Account>();
  const round: Round<Account> = { accepted: [], refused: [], findings: [], hasChanged: false };
  for (const claimant of claimants) {
    const holder = isPinned(claimant) ? undefined : foreignHolder(claimant.desired.address, claimant, index);
    const releaser = holder && releaserOf(holder);
    if (holder && !(releaser && isReleased(releaser, claimant.desired.address))) {
      refuse(round, claimant, { reason: 'address-held', holder });
      continue;
    }
    if (releaser && releaser.existing?.address === claimant.desired.address) waitsFor.set(claimant, releaser);
    const hasContested = claimant.desired.aliases?.some((alias) => foreignHolder(alias, claimant, index)) === true;
    round.accepted.push(hasContested ? withFreeAliases(claimant, { index, releaserOf, round }) : claimant);
  }
  refuseCircles(round, waitsFor);
  return round;
}

type ReleaserLookUp<Account> = (holder: ExistingAccount) => Account | undefined;

/** Which claimant is the holder of an address. Most plans never ask. */
function buildReleaserLookUp<Account extends Claimant>(claimants: readonly Account[]): ReleaserLookUp<Account> {
  let byZivverId: Map<string, Account> | undefined;
  return ({ zivverId }) => {
    byZivverId ??= new Map(
      claimants.flatMap((claimant) => (claimant.existing === null ? [] : [[claimant.existing.zivverId, claimant]])),
    );
    return byZivverId.get(zivverId);
  };
}

/** The holder's own desired state no longer has the address. Unmanaged aliases are never let go. */
function isReleased({ desired, existing }: Claimant, address: string): boolean {
  if (existing === null || desired.address === address || desired.aliases?.includes(address) === true) return false;
  return existing.address === address || desired.aliases !== undefined;
}

function withFreeAliases<Account extends Claimant>(
  claimant: Account,
  { index, releaserOf, round }: { index: ExistingIndex; releaserOf: ReleaserLookUp<Account>; round: Round<Account> },
): Account {
  const aliases = claimant.desired.aliases;
  if (aliases === undefined || isInactive(claimant)) return claimant;
  const free = aliases.filter((alias) => {
    const holder = foreignHolder(alias, claimant, index);
    const releaser = holder && releaserOf(holder);
    if (!holder || (releaser && isReleased(releaser, alias))) return true;
    const detail = describeHolder(alias, holder);
    round.findings.push({ claimant, reason: 'alias-held', address: alias, holder, detail });
    return false;
  });
  if (free.length === aliases.length) return claimant;
  round.hasChanged = true;
  return { ...claimant, desired: { ...claimant.desired, aliases: free } };
}

/** A takes B's address while B takes A's: Zivver cannot do that in any order. */
function refuseCircles<Account extends Claimant>(round: Round<Account>, waitsFor: ReadonlyMap<Account, Account>): void {
  const byId = new Map(
    [...waitsFor].map(([claimant, releaser]) => [claimant.existing?.zivverId, releaser.existing?.zivverId]),
  );
  if (byId.size === 0) return;
  const circular = round.accepted.filter(({ existing }) => existing !== null && isInCircle(existing.zivverId, byId));
  for (const claimant of circular) {
    round.accepted.splice(round.accepted.indexOf(claimant), 1);
    refuse(round, claimant, { reason: 'circular-addresses', circle: circleFrom(claimant, waitsFor) });
  }
}

/** `anna@…`, `bas@…`, `anna@…` */
function circleFrom<Account extends Claimant>(start: Account, waitsFor: ReadonlyMap<Account, Account>): string[] {
  const addresses = [start.existing?.address ?? ''];
  for (let next = waitsFor.get(start); next !== undefined && next !== start; next = waitsFor.get(next))
    addresses.push(next.existing?.address ?? '');
  return [...addresses, ...addresses.slice(0, 1)];
}

function isInCircle(start: string, waitsFor: ReadonlyMap<string | undefined, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let id = waitsFor.get(start); id !== undefined && !seen.has(id); id = waitsFor.get(id)) {
    if (id === start) return true;
    seen.add(id);
  }
  return false;
}

function refuse<Account extends Claimant>(round: Round<Account>, claimant: Account, refusal: Refusal): void {
  round.hasChanged = true;
  if (isInactive(claimant)) {
    round.accepted.push(pinAddress(claimant));
    return;
  }
  round.refused.push(claimant);
  const { address } = claimant.desired;
  const { reason } = refusal;
  const detail =
    reason === 'circular-addresses'
      ? fact('in-a-circle', { addresses: refusal.circle })
      : describeHolder(address, refusal.holder);
  const holder = reason === 'circular-addresses' ? null : refusal.holder;
  round.findings.push({ claimant, reason, address, holder, detail });
}

type Refusal =
  | { readonly reason: 'address-held'; readonly holder: ExistingAccount }
  | { readonly reason: 'circular-addresses'; readonly circle: readonly string[] };

function describeHolder(address: string, holder: ExistingAccount): Fact {
  const state = holder.kind === 'user' && !holder.active ? 'suspended' : 'used';
  return fact('held', { address, holder: holder.address, state });
}
