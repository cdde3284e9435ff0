import type { AccountRecord } from './account-record.ts';
import type { Organisation } from './organisation.ts';
import { ADDRESS_NOT_ALLOWED, OUTSIDE_ORGANISATION, Refusal } from './refusal.ts';

/** The checks of zivver-api §5 and §6 that a write must pass before anything of it is applied. */

/**
 * For a new user (`self` undefined) or a rename.
 * @throws Refusal 403 domain not claimed or a free account; 409 a new user has the address of a user, 400 that of a
 * functional account; 400 a rename onto any taken address.
 */
export function verifyUserAddress(organisation: Organisation, address: string, self?: AccountRecord): void {
  const holder = otherHolder(organisation, address, self);
  if (holder !== undefined && self !== undefined) throw new Refusal(400, takenText(address));
  if (holder?.kind === 'functional') throw new Refusal(400, OUTSIDE_ORGANISATION);
  if (holder !== undefined) throw new Refusal(409);
  if (!isClaimed(organisation, address) || organisation.freeAccounts.has(address)) {
    throw new Refusal(403, ADDRESS_NOT_ALLOWED);
  }
}

/** For a new functional account or a rename; every objection has the same text, but for a rename onto a taken address. @throws Refusal */
export function verifyFunctionalAddress(organisation: Organisation, address: string, self?: AccountRecord): void {
  const isTaken = otherHolder(organisation, address, self) !== undefined;
  if (isTaken && self !== undefined) throw new Refusal(400, takenText(address));
  const isFree = !organisation.freeAccounts.has(address) && !isTaken;
  if (!isFree || !isClaimed(organisation, address)) throw new Refusal(400, OUTSIDE_ORGANISATION);
}

/** Aliases the account holds already are not created, so not checked. @throws Refusal for the first that is not free. */
export function verifyAliases(organisation: Organisation, aliases: readonly string[], self?: AccountRecord): void {
  const held = new Set(self === undefined ? [] : [self.address, ...self.aliases]);
  for (const alias of aliases) {
    if (!held.has(alias)) verifyNewAlias(organisation, alias, self);
  }
}

/** @throws Refusal naming the division. */
export function verifyDivision(organisation: Organisation, division: string): void {
  if (!organisation.divisions.has(division)) throw new Refusal(400, `Invalid division: ${division}`);
}

/**
 * `held` are members the account has already: stored lists name ids known to no list, and those may stay.
 * @throws Refusal with `sentence`, which differs between POST and PUT.
 */
export function verifyMembers(
  organisation: Organisation,
  { members, held }: { readonly members: readonly string[]; readonly held: ReadonlySet<string> },
  sentence: 'Unknown in set' | 'Error creating member: Member Not Found',
): void {
  const isKnown = (id: string): boolean => held.has(id) || organisation.hasId(id);
  if (!members.every(isKnown)) throw new Refusal(400, sentence);
}

/** Unknown delegates vanish without an error; an alias is not the address of an account. */
export function withoutUnknownDelegates(
  organisation: Organisation,
  delegates: readonly string[],
  ownAddress: string,
): string[] {
  const isKnown = (delegate: string): boolean =>
    delegate === ownAddress || organisation.holders(delegate).some((record) => record.address === delegate);
  return delegates.filter(isKnown);
}

function verifyNewAlias(organisation: Organisation, alias: string, self: AccountRecord | undefined): void {
  if (!isClaimed(organisation, alias)) throw new Refusal(400, 'Error creating alias: Domain Not Owned');
  if (organisation.freeAccounts.has(alias) || otherHolder(organisation, alias, self) !== undefined) {
    throw new Refusal(400, takenText(alias));
  }
  if (organisation.guests.has(alias)) throw new Refusal(400, `Error creating alias: Alias is a guest: ${alias}`);
}

/** Of aliases, and of renames too (zivver-api §6). */
function takenText(address: string): string {
  return `Error creating alias: Alias is already taken for ${address}`;
}

function isClaimed(organisation: Organisation, address: string): boolean {
  const at = address.lastIndexOf('@');
  return at > 0 && organisation.domains.has(address.slice(at + 1));
}

function otherHolder(organisation: Organisation, address: string, self?: AccountRecord): AccountRecord | undefined {
  return organisation.holders(address).find((record) => record.id !== self?.id);
}
