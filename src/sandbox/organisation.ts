import type { Kind } from '../model/account/account.ts';
import type { AccountRecord } from './account-record.ts';
import { OUTSIDE_ORGANISATION, Refusal } from './refusal.ts';

/** Told of every change before it is answered. */
export interface Journal {
  stored(record: AccountRecord): void;
  removed(id: string): void;
  guestsChanged(guests: readonly string[]): void;
  freeAccountsChanged(freeAccounts: readonly string[]): void;
}

export interface OrganisationSettings {
  readonly domains: readonly string[];
  readonly divisions: readonly string[];
  readonly guests: readonly string[];
  readonly freeAccounts: readonly string[];
}

/** What the service knows: all accounts, and who holds which address. */
export class Organisation {
  readonly domains: ReadonlySet<string>;
  readonly divisions: ReadonlySet<string>;
  readonly #freeAccounts: Set<string>;
  readonly #guests: Set<string>;
  readonly #accounts: Record<Kind, Map<string, AccountRecord>> = { user: new Map(), functional: new Map() };
  /** Address or alias to the ids that hold it; more than one only in an import that says so. */
  readonly #holders = new Map<string, string[]>();
  #journal: Journal | undefined;

  constructor(settings: OrganisationSettings, accounts: Iterable<AccountRecord>) {
    this.domains = new Set(settings.domains.map((domain) => domain.toLowerCase()));
    this.divisions = new Set(['/', ...settings.divisions]);
    this.#freeAccounts = new Set(settings.freeAccounts.map((address) => address.toLowerCase()));
    this.#guests = new Set(settings.guests.map((address) => address.toLowerCase()));
    for (const record of accounts) this.store(record);
  }

  /** From now on changes go to `journal` too. */
  recordTo(journal: Journal): void {
    this.#journal = journal;
  }

  get guests(): ReadonlySet<string> {
    return this.#guests;
  }

  get freeAccounts(): ReadonlySet<string> {
    return this.#freeAccounts;
  }

  accounts(kind: Kind): readonly AccountRecord[] {
    return [...this.#accounts[kind].values()];
  }

  count(kind: Kind): number {
    return this.#accounts[kind].size;
  }

  /** @throws Refusal: no such id, or an id of the other kind (zivver-api §2, §6). */
  find(kind: Kind, id: string): AccountRecord {
    const record = this.#accounts[kind].get(id.toLowerCase());
    if (record !== undefined) return record;
    throw new Refusal(400, this.hasId(id) ? OUTSIDE_ORGANISATION : `Unknown account with uuid: ${id}`);
  }

  hasId(id: string): boolean {
    return this.findAny(id) !== undefined;
  }

  findAny(id: string): AccountRecord | undefined {
    return this.#accounts.user.get(id.toLowerCase()) ?? this.#accounts.functional.get(id.toLowerCase());
  }

  /** Accounts of either kind that hold `address` as primary address or alias. */
  holders(address: string): readonly AccountRecord[] {
    const ids = this.#holders.get(address.toLowerCase()) ?? [];
    return ids.flatMap((id) => this.findAny(id) ?? []);
  }

  /** Journal first: what cannot be kept must not be answered either. */
  store(record: AccountRecord): void {
    this.#journal?.stored(record);
    const id = record.id.toLowerCase();
    const previous = this.#accounts[record.kind].get(id);
    if (previous !== undefined) this.#release(previous);
    this.#accounts[record.kind].set(id, record);
    for (const address of addressesOf(record)) this.#holders.set(address, [...(this.#holders.get(address) ?? []), id]);
    if (this.#guests.delete(record.address)) this.#journal?.guestsChanged([...this.#guests]);
    if (this.#freeAccounts.delete(record.address)) this.#journal?.freeAccountsChanged([...this.#freeAccounts]);
  }

  remove(record: AccountRecord): void {
    this.#journal?.removed(record.id);
    this.#release(record);
    this.#accounts[record.kind].delete(record.id.toLowerCase());
  }

  #release(record: AccountRecord): void {
    for (const address of addressesOf(record)) {
      const others = (this.#holders.get(address) ?? []).filter((id) => id !== record.id.toLowerCase());
      if (others.length === 0) this.#holders.delete(address);
      else this.#holders.set(address, others);
    }
  }
}

function addressesOf(record: AccountRecord): Set<string> {
  return new Set([record.address, ...record.aliases]);
}
