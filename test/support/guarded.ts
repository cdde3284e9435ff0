import type { CountLimitRule } from '../../src/model/configuration/limit-rules.ts';
import type { Guarded } from '../../src/model/plan/guards.ts';
import { addressOf } from './account-builder.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildOpen,
  buildSource,
  buildSuspension,
  buildUnexplained,
} from './plan-builder.ts';

type Builder = (count: number, of?: number) => Partial<Guarded>;

/** What each limit counts, so many times; members are removed from an account that has `of` of them. */
export const GUARDED_WITH: Readonly<Record<CountLimitRule, Builder>> = {
  suspend: (count) => ({ changes: times(count, (one) => buildSuspension(one)) }),
  unexplained: (count) => ({ changes: times(count, (one) => buildUnexplained(one)) }),
  delete: (count) => ({ changes: times(count, (one) => buildDeletion(one)) }),
  reactivate: (count) => ({
    changes: times(count, (address) =>
      buildChange({ address, action: 'reactivate', before: { active: false }, after: { active: true } }),
    ),
  }),
  accessGranted: (count) => ({
    changes: [buildChange({ address: 'x', before: { delegates: [] }, after: { delegates: times(count, String) } })],
  }),
  adopt: (count) => ({ desired: { adopted: count } }),
  create: (count) => ({ changes: times(count, (one) => buildCreation(one)) }),
  sameAttribute: (count) => ({
    changes: times(count, (address) => buildChange({ address, before: { fullName: 'a' }, after: { fullName: 'b' } })),
  }),
  membersRemoved: (count, of = count) => ({
    changes: [
      buildChange({
        address: 'x',
        kind: 'functional',
        before: { members: times(of, String) },
        after: { members: times(of, String).slice(count) },
      }),
    ],
  }),
  ambiguous: (count) => ({ open: times(count, (entry) => buildOpen({ reason: 'ambiguous', entry })) }),
  ssoKeys: (count) => ({
    changes: times(count, (address) =>
      buildChange({
        address,
        before: { externalAccountId: null },
        after: { externalAccountId: 'k' },
        sealed: true,
      }),
    ),
  }),
  openAccess: (count) => ({
    open: times(count, (address) => buildOpen({ address, reason: 'claimed', keepsAccess: true })),
  }),
};

export function times<T>(count: number, build: (name: string) => T): T[] {
  return Array.from({ length: count }, (_, index) => build(addressOf(`p${index}`)));
}

/** The population on which a rule is measured; of ambiguity it is what the sources hold. */
export function populationOf(rule: CountLimitRule, of: number): Pick<Guarded, 'existing' | 'source'> {
  return { existing: population(of), source: rule === 'ambiguous' ? entries(of) : [] };
}

function population(of: number): Guarded['existing'] {
  return { users: of, activeUsers: of, functional: 0, managed: of, activeManaged: of };
}

function entries(of: number): Guarded['source'] {
  return of === 0
    ? []
    : [buildSource({ entries: of - 1, previousEntries: null }), buildSource({ entries: 1, previousEntries: null })];
}
