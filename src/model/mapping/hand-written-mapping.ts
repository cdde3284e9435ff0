import { fact } from '../facts/fact.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { Entry } from '../directory/entry.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { type PersonContext, withFindings } from './person-context.ts';
import type { SourceMapping } from './read-source.ts';
import type { ExcludedEntry, MappedFunctional, MappedReference, MappedSource, MappedUser } from './mapped.ts';
import { isClaimed } from './rules.ts';

/**
 * Accounts written by hand are what they say. They have no single sign-on key: it would stand readable in git. An address in
 * a domain that is not claimed is rather mistyped than a reason to take an account away.
 */
export class HandWrittenMapping implements SourceMapping {
  readonly #context: PersonContext;
  readonly #users: MappedUser[] = [];
  readonly #functional: MappedFunctional[] = [];

  /** `context`: nobody else's. */
  constructor(context: PersonContext) {
    this.#context = context;
  }

  takeGroups(): void {}

  take({ dn: file, written: account }: Entry): void {
    if (account === undefined) throw new TypeError(`${file} has no account written by hand`);
    const context = this.#context;
    const written = { file, account };
    if (!isClaimed(account.address, context.configuration)) {
      context.excluded.push(excludeUnclaimed(written, context));
      return;
    }
    const common = { source: context.source.name, dn: file, origin: 'hand' } as const;
    const aliases = claimedAliases(written, context);
    const claimed = aliases === undefined ? {} : { aliases };
    if (account.kind === 'functional') {
      const people = referTo(account.members ?? []);
      const own = { ...account, ...claimed };
      this.#functional.push({ ...common, kind: account.kind, people, account: own, sharedBy: null });
      return;
    }
    const people = referTo(account.delegates ?? []);
    const inactivity = account.active ? null : ({ reason: 'disabled', attribute: 'active', value: 'false' } as const);
    const user = { ...account, ...claimed };
    this.#users.push({ ...common, kind: account.kind, people, account: user, ssoKey: null, inactivity });
  }

  finish(): MappedSource {
    return withFindings({ users: this.#users, functional: this.#functional, notes: [] }, [this.#context]);
  }
}

interface HandWritten {
  /** `accounts/info.yaml`. */
  readonly file: string;
  readonly account: DesiredAccount;
}

function referTo(addresses: readonly string[]): MappedReference[] {
  return addresses.map((address) => ({ address, key: null, isByAddress: true }));
}

function claimedAliases({ file, account }: HandWritten, context: PersonContext): string[] | undefined {
  return account.aliases?.filter((alias) => {
    if (alias === account.address) return false;
    if (isClaimed(alias, context.configuration)) return true;
    const detail = fact('not-claimed', { address: alias });
    const { name: source } = context.source;
    context.exclusions.push({
      source,
      subject: file,
      address: account.address,
      reason: 'alias-unclaimed',
      detail,
    } satisfies Exclusion);
    return false;
  });
}

function excludeUnclaimed({ file, account }: HandWritten, { source }: PersonContext): ExcludedEntry {
  const { key, address } = account;
  return {
    key,
    effect: 'held',
    reason: null,
    evidence: { source: source.name, lookup: 'file', entry: file, attribute: 'address', value: address },
    exclusion: {
      source: source.name,
      subject: file,
      address,
      reason: 'unclaimed-address',
      detail: fact('not-claimed', { address }),
    },
  };
}
