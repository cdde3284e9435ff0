import type { ExistingAccount } from './account.ts';
import type { ExistingAccounts } from './target.ts';

/** Look-ups over everything Zivver holds. One address space for users, functional accounts and aliases. */
export interface ExistingIndex {
  readonly all: Iterable<ExistingAccount>;
  /** Zivver returned at least one ExternalAccountId (it did not before 2025). */
  readonly returnsExternalIds: boolean;
  byId(zivverId: string): ExistingAccount | undefined;
  /** By primary address; any one of them where Zivver has several with it (`namesakes`). */
  byAddress(address: string): ExistingAccount | undefined;
  /** All accounts with this primary address, if they are several; else none. No address says which of them is meant. */
  namesakes(address: string): readonly ExistingAccount[];
  /** The account that has the address as primary address or alias. */
  holderOf(address: string): ExistingAccount | undefined;
  /** More than one = the identity is ambiguous. */
  byExternalId(key: string): readonly ExistingAccount[];
  /**
   * Sorted addresses of the members that are in either list; others belong to nobody. `newAddresses` (by Zivver id) go
   * before what Zivver says now.
   */
  memberAddresses(memberIds: readonly string[], newAddresses: ReadonlyMap<string, string>): string[];
}

const NOBODY: readonly ExistingAccount[] = [];

/** An index that follows what an apply changes, account by account. */
export class LiveIndex implements ExistingIndex {
  readonly #accounts = new Map<string, ExistingAccount>();
  readonly #primaries = new Map<string, ExistingAccount>();
  /** More than one with the same primary address. */
  readonly #namesakes = new Map<string, readonly ExistingAccount[]>();
  readonly #aliases = new Map<string, ExistingAccount>();
  readonly #externalIds = new Map<string, readonly ExistingAccount[]>();

  constructor({ users, functional }: ExistingAccounts) {
    for (const account of users) this.remember(account);
    for (const account of functional) this.remember(account);
  }

  get all(): Iterable<ExistingAccount> {
    return this.#accounts.values();
  }

  get returnsExternalIds(): boolean {
    return this.#externalIds.size > 0;
  }

  byId(zivverId: string): ExistingAccount | undefined {
    return this.#accounts.get(zivverId);
  }

  byAddress(address: string): ExistingAccount | undefined {
    return this.#primaries.get(address);
  }

  namesakes(address: string): readonly ExistingAccount[] {
    return this.#namesakes.get(address) ?? NOBODY;
  }

  holderOf(address: string): ExistingAccount | undefined {
    return this.#primaries.get(address) ?? this.#aliases.get(address);
  }

  byExternalId(key: string): readonly ExistingAccount[] {
    return this.#externalIds.get(key) ?? NOBODY;
  }

  memberAddresses(memberIds: readonly string[], newAddresses: ReadonlyMap<string, string>): string[] {
    const addresses = memberIds.flatMap((id) => {
      const account = this.byId(id);
      return account === undefined ? [] : (newAddresses.get(id) ?? account.address);
    });
    return [...new Set(addresses)].sort();
  }

  /** Adds the account, or replaces what was known of it. */
  remember(account: ExistingAccount): void {
    const { zivverId, address, aliases, externalAccountId } = account;
    if (this.#accounts.has(zivverId)) this.forget(zivverId);
    this.#accounts.set(zivverId, account);
    const first = this.#primaries.get(address);
    this.#primaries.set(address, account);
    if (first !== undefined) this.#namesakes.set(address, [...(this.#namesakes.get(address) ?? [first]), account]);
    for (const alias of aliases) this.#aliases.set(alias, account);
    if (externalAccountId === null) return;
    const others = this.#externalIds.get(externalAccountId);
    this.#externalIds.set(externalAccountId, others === undefined ? [account] : [...others, account]);
  }

  forget(zivverId: string): void {
    const known = this.#accounts.get(zivverId);
    if (known === undefined) return;
    this.#accounts.delete(zivverId);
    this.#forgetAddress(known);
    for (const alias of known.aliases) if (this.#aliases.get(alias) === known) this.#aliases.delete(alias);
    const key = known.externalAccountId;
    if (key !== null)
      this.#externalIds.set(
        key,
        this.byExternalId(key).filter((holder) => holder !== known),
      );
  }

  #forgetAddress(known: ExistingAccount): void {
    const left = this.namesakes(known.address).filter((other) => other !== known);
    const last = left.at(-1);
    if (last !== undefined) this.#primaries.set(known.address, last);
    else if (this.#primaries.get(known.address) === known) this.#primaries.delete(known.address);
    if (left.length > 1) this.#namesakes.set(known.address, left);
    else this.#namesakes.delete(known.address);
  }
}
