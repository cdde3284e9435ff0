import type { ExistingAccount, Kind } from '../../../src/model/account/account.ts';
import type {
  AccountReader,
  AccountWriter,
  FunctionalWrite,
  TargetProblem,
  TargetProblemCause,
  UserWrite,
  WriteResult,
} from '../../../src/model/account/target.ts';
import { domainOf } from '../../../src/model/directory/mail-address.ts';
import { buildSeededUuid } from '../ad-lab/population/seeded-random.ts';
import { blankAccount, showAccount, showFunctional, showUser, type StoredAccount } from './stored-account.ts';

export interface ZivverTraits {
  readonly claimedDomains: readonly string[];
  /** False: as before 2025, when ExternalAccountId never came back. */
  readonly returnsExternalIds: boolean;
  /** Whether the delegates of others follow when an account is renamed; nobody outside Zivver knows. */
  readonly delegatesFollow: boolean;
  /** Addresses that are refused as aliases and that no list shows: guests. */
  readonly guests?: ReadonlySet<string>;
}

/** Thrown by a writer whose process is killed. */
export class Killed extends Error {}

type Applied<Account> =
  { readonly account: Account } | { readonly refused: TargetProblemCause; readonly alias?: string };

/** Zivver in memory, behind the ports of src/account/target.ts, with the semantics of zivver-api.md §3 to §6. */
export class MemoryZivver {
  readonly traits: ZivverTraits;
  readonly accounts = new Map<string, StoredAccount>();
  /** One line per write that was applied. */
  readonly applied: string[] = [];
  /** Requests of which the process survives the answer; after them it is killed, with or without the last one applied. */
  #left = Infinity;
  #isLastApplied = false;
  #born = 0;
  #guests = new Set<string>();

  constructor(traits: ZivverTraits) {
    this.traits = traits;
    this.#guests = new Set(traits.guests);
  }

  clone(): MemoryZivver {
    const copy = new MemoryZivver(this.traits);
    for (const [id, account] of this.accounts) copy.accounts.set(id, structuredClone(account));
    copy.#born = this.#born;
    copy.#guests = new Set(this.#guests);
    return copy;
  }

  restore(other: MemoryZivver): void {
    this.accounts.clear();
    for (const [id, account] of other.accounts) this.accounts.set(id, structuredClone(account));
    this.#born = other.#born;
    this.#guests = new Set(other.#guests);
  }

  /** The next `survived` writes are answered; the one after kills the process, `isApplied` or not. */
  killAfter(survived: number, isApplied: boolean): void {
    this.#left = survived;
    this.#isLastApplied = isApplied;
  }

  surviveEverything(): void {
    this.#left = Infinity;
  }

  get reader(): AccountReader {
    return {
      readAccounts: async () => ({
        users: [...this.accounts.values()].flatMap((account) =>
          account.kind === 'user' ? [showUser(account, this.traits)] : [],
        ),
        functional: [...this.accounts.values()].flatMap((account) =>
          account.kind === 'functional' ? [showFunctional(account, this.traits)] : [],
        ),
      }),
      findByAddress: async (kind, address) =>
        this.#show([...this.accounts.values()].find((one) => one.kind === kind && one.address === address)),
      findById: async (kind, zivverId) => {
        const found = this.accounts.get(zivverId);
        return found?.kind === kind ? this.#show(found) : undefined;
      },
    };
  }

  get writer(): AccountWriter {
    return {
      createUser: (write) =>
        this.#answer(
          'POST',
          () => this.createUser(write),
          (one) => showUser(one, this.traits),
        ),
      updateUser: (existing, write) =>
        this.#answer(
          'PUT',
          () => this.updateUser(existing.zivverId, write),
          (one) => showUser(one, this.traits),
        ),
      createFunctional: (write) =>
        this.#answer(
          'POST',
          () => this.createFunctional(write),
          (one) => showFunctional(one, this.traits),
        ),
      updateFunctional: (existing, write) =>
        this.#answer(
          'PUT',
          () => this.updateFunctional(existing.zivverId, write),
          (one) => showFunctional(one, this.traits),
        ),
      deleteAccount: (kind, zivverId) =>
        this.#answer(
          'DELETE',
          () => this.remove(kind, zivverId),
          () => null,
        ),
    };
  }

  holderOf(address: string): StoredAccount | undefined {
    return [...this.accounts.values()].find((one) => one.address === address || one.aliases.includes(address));
  }

  /** A new account is always active, and unknown delegates vanish. */
  createUser(write: UserWrite): Applied<StoredAccount> {
    const address = write.address ?? '';
    const account = blankAccount('user', buildSeededUuid('zivver', String(this.#born)), address);
    return this.#lay(
      account,
      { ...write, delegates: this.#known(write.delegates ?? [], account) },
      write.ssoAccountKey,
    );
  }

  updateUser(zivverId: string, write: UserWrite): Applied<StoredAccount> {
    const account = this.accounts.get(zivverId);
    if (account?.kind !== 'user') return { refused: 'unknown-account' };
    const touchesExtension = [write.aliases, write.delegates, write.externalAccountId, write.ssoAccountKey].some(
      (value) => value !== undefined,
    );
    const { delegates, ...rest } = write;
    const known = delegates === undefined ? {} : { delegates: this.#known(delegates, account) };
    const ssoKey = touchesExtension ? (write.ssoAccountKey ?? null) : account.ssoKey;
    return this.#lay({ ...account, active: write.active ?? account.active }, { ...rest, ...known }, ssoKey);
  }

  createFunctional(write: FunctionalWrite): Applied<StoredAccount> {
    return this.#lay(
      blankAccount('functional', buildSeededUuid('zivver', String(this.#born)), write.address ?? ''),
      write,
      null,
    );
  }

  updateFunctional(zivverId: string, write: FunctionalWrite): Applied<StoredAccount> {
    const account = this.accounts.get(zivverId);
    if (account?.kind !== 'functional') return { refused: 'unknown-account' };
    return this.#lay({ ...account }, write, null);
  }

  remove(kind: Kind, zivverId: string): Applied<null> {
    if (this.accounts.get(zivverId)?.kind !== kind) return { refused: 'unknown-account' };
    this.accounts.delete(zivverId);
    return { account: null };
  }

  /** All or nothing: every address of the result must be free and in a claimed domain. */
  #lay(
    account: StoredAccount,
    write: Omit<UserWrite, 'active'> & FunctionalWrite,
    ssoKey: string | null | undefined,
  ): Applied<StoredAccount> {
    const before = this.accounts.get(account.zivverId);
    const address = write.address ?? account.address;
    const aliases = [...new Set(write.aliases ?? account.aliases)].filter((alias) => alias !== address);
    if (!this.#isFree(address, account))
      return { refused: account.kind === 'user' ? 'already-exists' : 'outside-organisation' };
    if (!this.#isClaimed(address)) return { refused: 'address-not-allowed' };
    for (const alias of aliases) {
      const isHeld = before?.aliases.includes(alias) ?? false;
      if (!this.#isFree(alias, account)) return { refused: 'alias-taken', alias };
      if (!isHeld && this.#guests.has(alias)) return { refused: 'alias-is-guest', alias };
      if (!this.#isClaimed(alias)) return { refused: 'alias-domain-not-owned' };
    }
    const memberIds = [...(write.memberIds ?? account.memberIds)];
    const held = new Set(account.memberIds);
    if (!memberIds.every((id) => held.has(id) || this.accounts.has(id))) return { refused: 'unknown-member' };
    const stored: StoredAccount = {
      ...account,
      address,
      aliases,
      memberIds,
      fullName: write.fullName ?? account.fullName,
      delegates: [...(write.delegates ?? account.delegates)],
      mobile: write.mobile === undefined ? account.mobile : write.mobile,
      division: write.division ?? account.division,
      externalAccountId: write.externalAccountId ?? account.externalAccountId,
      ssoKey: ssoKey ?? null,
      owner: account.owner ?? (before === undefined ? (write.externalAccountId ?? null) : null),
    };
    this.accounts.set(stored.zivverId, stored);
    this.#guests.delete(address);
    if (before === undefined) this.#born += 1;
    else if (before.address !== address && this.traits.delegatesFollow) this.#renameDelegate(before.address, address);
    return { account: stored };
  }

  #renameDelegate(from: string, to: string): void {
    for (const account of this.accounts.values())
      account.delegates = [...new Set(account.delegates.map((one) => (one === from ? to : one)))];
  }

  #isFree(address: string, self: StoredAccount): boolean {
    const holder = this.holderOf(address);
    return holder === undefined || holder.zivverId === self.zivverId;
  }

  #isClaimed(address: string): boolean {
    return this.traits.claimedDomains.includes(domainOf(address));
  }

  #known(delegates: readonly string[], self: StoredAccount): string[] {
    const addresses = new Set([...this.accounts.values()].map(({ address }) => address));
    return delegates.filter((delegate) => delegate === self.address || addresses.has(delegate));
  }

  async #answer<Stored, Shown>(
    method: string,
    apply: () => Applied<Stored>,
    show: (stored: Stored) => Shown,
  ): Promise<WriteResult<Shown>> {
    if (this.#left < 0) throw new Killed();
    this.#left -= 1;
    if (this.#left < 0 && !this.#isLastApplied) throw new Killed();
    const result = apply();
    if ('account' in result) this.applied.push(`${method} ${describe(result.account)}`);
    if (this.#left < 0) throw new Killed();
    return 'account' in result
      ? { ok: true, account: show(result.account) }
      : { ok: false, problem: { ...problemOf(result.refused), ...(result.alias && { alias: result.alias }) } };
  }

  #show(account: StoredAccount | undefined): ExistingAccount | undefined {
    return account && showAccount(account, this.traits);
  }
}

function describe(stored: unknown): string {
  return stored === null ? '' : (stored as StoredAccount).address;
}

function problemOf(cause: TargetProblemCause): TargetProblem {
  return { cause, delivery: 'refused', status: 400, what: `refused: ${cause}`, cure: 'Look.' };
}
