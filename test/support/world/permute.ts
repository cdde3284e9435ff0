import type { Entry } from '../../../src/model/directory/entry.ts';
import type { Dice } from './dice.ts';
import type { Seen } from './reconciliation.ts';

/** The same facts in another order: entries, their attributes, unordered values, accounts and their lists. */
export function permuteSeen(dice: Dice, seen: Seen): Seen {
  const entries = (list: readonly Entry[]): Entry[] => dice.shuffle(list).map((entry) => permuteEntry(dice, entry));
  return {
    ...seen,
    sources: seen.sources.map((source) => ({
      ...source,
      lookedUp: entries(source.lookedUp),
      snapshot: {
        ...source.snapshot,
        selected: entries(source.snapshot.selected),
        groups: entries(source.snapshot.groups),
      },
    })),
    domains: seen.domains.map((domain) => ({
      ...domain,
      people: entries(domain.people),
      deleted: entries(domain.deleted),
    })),
    existing: {
      users: dice.shuffle(seen.existing.users).map((user) => ({
        ...user,
        aliases: dice.shuffle(user.aliases),
        delegates: dice.shuffle(user.delegates),
      })),
      functional: dice.shuffle(seen.existing.functional).map((group) => ({
        ...group,
        aliases: dice.shuffle(group.aliases),
        memberIds: dice.shuffle(group.memberIds),
      })),
    },
    baseline: { ...seen.baseline, files: new Map(dice.shuffle([...seen.baseline.files])) },
  };
}

function permuteEntry(dice: Dice, { dn, attributes }: Entry): Entry {
  return {
    dn,
    attributes: new Map(dice.shuffle([...attributes]).map(([name, values]) => [name, dice.shuffle(values)])),
  };
}
