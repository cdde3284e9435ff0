import type { ExistingAccount, Kind } from '../../model/account/account.ts';
import { LiveIndex } from '../../model/account/existing-index.ts';
import type { AccountReader } from '../../model/account/target.ts';

/** The target as this apply knows it: the lists it read, and every answer it got since. */
export class LiveTarget {
  readonly #reader: AccountReader;
  readonly #now: () => number;
  #index = new LiveIndex({ users: [], functional: [] });
  #readAt = 0;

  constructor(reader: AccountReader, now: () => number) {
    this.#reader = reader;
    this.#now = now;
  }

  get index(): LiveIndex {
    return this.#index;
  }

  async refresh(): Promise<void> {
    this.#index = new LiveIndex(await this.#reader.readAccounts());
    this.#readAt = this.#now();
  }

  /** Reads the lists again if they are older than `maxAgeMs`: others work in Zivver too. True if it did. */
  async refreshIfOlder(maxAgeMs: number): Promise<boolean> {
    const isOlder = this.#now() - this.#readAt > maxAgeMs;
    if (isOlder) await this.refresh();
    return isOlder;
  }

  async findByAddress(kind: Kind, address: string): Promise<ExistingAccount | undefined> {
    const found = await this.#reader.findByAddress(kind, address);
    if (found) this.#index.remember(found);
    return found;
  }

  async findById(kind: Kind, zivverId: string): Promise<ExistingAccount | undefined> {
    const found = await this.#reader.findById(kind, zivverId);
    if (found) this.#index.remember(found);
    else this.#index.forget(zivverId);
    return found;
  }
}
