import type { ExistingAccount } from './account.ts';
import type { ExistingAccounts } from './target.ts';

/** Look-ups over everything Zivver holds. One address space for users, functional accounts and aliases. */
export interface ExistingIndex {
  readonly all: Iterable<ExistingAccount>;
  /** Zivver returned at least one ExternalAccountId (it did not before 2025). */
  readonly returnsExternalIds: boolean;
  byId(zivverId: string): ExistingAccount | undefined;
  /** By primary address. */
  byAddress(address: string): ExistingAccount | undefined;
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
    this.#primaries.set(address, account);
    for (const alias of aliases) this.#aliases.set(alias, account);
    if (externalAccountId === null) return;
    const others = this.#externalIds.get(externalAccountId);
    this.#externalIds.set(externalAccountId, others === undefined ? [account] : [...others, account]);
  }

  forget(zivverId: string): void {
    const known = this.#accounts.get(zivverId);
    if (known === undefined) return;
    this.#accounts.delete(zivverId);
    if (this.#primaries.get(known.address) === known) this.#primaries.delete(known.address);
    for (const alias of known.aliases) if (this.#aliases.get(alias) === known) this.#aliases.delete(alias);
    const key = known.externalAccountId;
    if (key !== null)
      this.#externalIds.set(
        key,
        this.byExternalId(key).filter((holder) => holder !== known),
      );
  }
}
