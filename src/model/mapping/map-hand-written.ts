import type { Exclusion } from '../schema/generated/plan.ts';
import type { HandWritten } from '../directory/source.ts';
import type { PersonContext } from './person-context.ts';
import type { ExcludedEntry, MappedFunctional, MappedReference, MappedSource, MappedUser } from './mapped.ts';
import { isClaimed } from './rules.ts';

/**
 * Accounts written by hand are what they say. They have no single sign-on key: it would stand readable in git. An address in
 * a domain that is not claimed is rather mistyped than a reason to take an account away.
 */
export function mapHandWritten(accounts: readonly HandWritten[], context: PersonContext): MappedSource {
  const made = { users: [] as MappedUser[], functional: [] as MappedFunctional[], notes: [] };
  for (const written of accounts) {
    const { account } = written;
    if (!isClaimed(account.address, context.configuration)) {
      context.excluded.push(excludeUnclaimed(written, context));
      continue;
    }
    const common = { source: context.source.name, dn: written.file, origin: 'hand' } as const;
    const aliases = claimedAliases(written, context);
    const claimed = aliases === undefined ? {} : { aliases };
    if (account.kind === 'functional') {
      const people = referTo(account.members ?? []);
      made.functional.push({
        ...common,
        kind: account.kind,
        people,
        account: { ...account, ...claimed },
        sharedBy: null,
      });
      continue;
    }
    const people = referTo(account.delegates ?? []);
    const inactivity = account.active ? null : ({ reason: 'disabled', attribute: 'active', value: 'false' } as const);
    const user = { ...account, ...claimed };
    made.users.push({ ...common, kind: account.kind, people, account: user, ssoKey: null, inactivity });
  }
  return made;
}

function referTo(addresses: readonly string[]): MappedReference[] {
  return addresses.map((address) => ({ address, key: null, isByAddress: true }));
}

function claimedAliases({ file, account }: HandWritten, context: PersonContext): string[] | undefined {
  return account.aliases?.filter((alias) => {
    if (alias === account.address) return false;
    if (isClaimed(alias, context.configuration)) return true;
    const detail = `${alias} is not in a claimed domain`;
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
      detail: `${address} is not in a claimed domain`,
    },
  };
}
