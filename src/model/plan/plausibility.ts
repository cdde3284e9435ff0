import type { Configuration } from '../configuration/configuration.ts';
import type { EmptyAttribute, MappedAccounts } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { LimitFinding } from '../schema/generated/plan.ts';
import { judge } from './limit-verdict.ts';

const LISTS = ['aliases', 'delegates', 'members', 'mobile'] as const;
/** So many accounts must have had a value before its disappearance everywhere is a sign of lost read rights. */
const TELLING_COUNT = 5;

interface Judging {
  readonly configuration: Pick<Configuration, 'overrides'>;
  readonly now: Date;
}

/** An attribute that many desired files have and no source entry any more: rather unreadable than emptied by hand. */
export function judgeEmptyAttributes(
  mapped: MappedAccounts,
  baseline: readonly DesiredAccount[],
  { configuration, now }: Judging,
): LimitFinding[] {
  const finding = (subject: string, observed: number, of: number): LimitFinding =>
    judge({ rule: 'emptyAttribute', subject, observed, limit: 0, of }, configuration.overrides, now);
  const gone = LISTS.flatMap((attribute) => {
    const had = baseline.filter((account) => hasValue(account, attribute));
    return countEmptied(had, mapped, attribute).map((before) => ({ attribute, before }));
  });
  const covered = mapped.emptyAttributes.filter(
    ({ property }) => !gone.some(({ attribute }) => attribute === property),
  );
  return [
    ...gone.map(({ attribute, before }) => finding(attribute, before, before)),
    ...covered.flatMap((empty) => {
      const { lost, of } = countLost(empty, mapped, baseline);
      return lost >= TELLING_COUNT && lost * 2 >= of ? [finding(empty.attribute, lost, of)] : [];
    }),
  ];
}

/**
 * Of several attributes for one thing, one that nobody has any more: the others hide it. Of the accounts of that source which
 * had a value on the branch, so many have none now.
 */
function countLost(
  { source, property }: EmptyAttribute,
  { accounts }: MappedAccounts,
  baseline: readonly DesiredAccount[],
): { lost: number; of: number } {
  const before = new Map(baseline.map((account) => [account.key, account]));
  const had = accounts.filter(({ source: name, account }) => {
    const earlier = before.get(account.key);
    return name === source && earlier !== undefined && hasValue(earlier, property);
  });
  return { lost: had.filter(({ account }) => !hasValue(account, property)).length, of: had.length };
}

/** How many accounts lost it together: all that had it, else those of each source in which nobody has it. */
function countEmptied(
  had: readonly DesiredAccount[],
  { accounts }: MappedAccounts,
  attribute: (typeof LISTS)[number],
): number[] {
  if (had.length < TELLING_COUNT) return [];
  const filledSources = new Set<string>();
  for (const { source, account } of accounts)
    if (!filledSources.has(source) && hasValue(account, attribute)) filledSources.add(source);
  if (filledSources.size === 0) return [had.length];
  const others = accounts.filter(({ source }) => !filledSources.has(source));
  if (others.length === 0) return [];
  const sourceOf = new Map(others.map(({ account, source }) => [account.key, source]));
  const counts = new Map<string, number>();
  for (const { key } of had) {
    const source = sourceOf.get(key);
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return [...counts.values()].filter((count) => count >= TELLING_COUNT);
}

/**
 * Entries, but nobody among them for whom the branch wants an active account: rather a filter or query that names a
 * renamed unit or group than an organisation that everybody left. Counts have no say here, so that it holds for the
 * smallest organisation too.
 */
export function judgeEmptySelection(
  mapped: MappedAccounts,
  baseline: readonly DesiredAccount[],
  { configuration, now }: Judging,
): LimitFinding[] {
  const active = baseline.filter((account) => account.kind === 'user' && account.active).length;
  if (active === 0 || mapped.accounts.some(({ kind }) => kind === 'user')) return [];
  const finding = { rule: 'sourceFloor' as const, subject: null, observed: 0, limit: 1, of: active };
  return [judge(finding, configuration.overrides, now)];
}

function hasValue(account: DesiredAccount, attribute: (typeof LISTS)[number]): boolean {
  const value = (account as unknown as Readonly<Record<string, unknown>>)[attribute];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
