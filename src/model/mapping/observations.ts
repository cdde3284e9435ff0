import { fact } from '../facts/fact.ts';
import type { ConfiguredSource } from '../configuration/configuration.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { isDirectory } from '../configuration/source-kind.ts';

/** What mapping met on its way and people should be told once, with numbers. It grows while entries are mapped. */
export interface Observations {
  /** DNs of shared mailboxes that nothing is configured for. */
  readonly sharedMailboxes: string[];
  /** DNs of disabled users with a linked mailbox that nothing is configured for. */
  readonly linkedMailboxes: string[];
  /** DNs of people whose only number is a landline. */
  readonly landlines: string[];
  /** DNs of mailboxes in Exchange Online whose delegates come from msExchDelegateListLink. */
  readonly remoteMailboxes: string[];
  /** Domain of each alias that was left out. */
  readonly unclaimedAliases: string[];
}

export function buildObservations(): Observations {
  return { sharedMailboxes: [], linkedMailboxes: [], landlines: [], remoteMailboxes: [], unclaimedAliases: [] };
}

export function joinObservations(all: readonly Observations[]): Observations {
  return {
    sharedMailboxes: all.flatMap((met) => met.sharedMailboxes),
    linkedMailboxes: all.flatMap((met) => met.linkedMailboxes),
    landlines: all.flatMap((met) => met.landlines),
    remoteMailboxes: all.flatMap((met) => met.remoteMailboxes),
    unclaimedAliases: all.flatMap((met) => met.unclaimedAliases),
  };
}

/** One sentence or two about each, with the cure. Pure. */
export function renderAdvice(met: Observations, sources: readonly ConfiguredSource[]): Fact[] {
  const mobiles = new Set(sources.flatMap(({ mapping }) => mapping.mobile));
  const place = sources.every(isDirectory) ? 'directory' : 'source';
  return [
    ...tellIf(met.sharedMailboxes, (count) => fact('shared-mailboxes', { count })),
    ...tellIf(met.linkedMailboxes, (count) => fact('linked-mailboxes', { count })),
    ...tellIf(met.landlines, (count) => fact('landlines', { count, attributes: [...mobiles], place })),
    ...tellIf(met.remoteMailboxes, (count) => fact('remote-mailboxes', { count })),
    ...adviseAboutAliases(met.unclaimedAliases),
  ];
}

function tellIf(dns: readonly string[], tell: (count: number) => Fact): Fact[] {
  const { size } = new Set(dns);
  return size === 0 ? [] : [tell(size)];
}

/** So many domains are named. */
const DOMAINS = 5;

/** Microsoft gives everybody an address in onmicrosoft.com; nobody can claim it, and nobody misses it. */
function adviseAboutAliases(domains: readonly string[]): Fact[] {
  const counts = new Map<string, number>();
  for (const domain of domains) {
    if (!/(^|\.)onmicrosoft\.com$/.test(domain)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const named = sorted.slice(0, DOMAINS).map(([domain, count]) => fact('in-domain', { count, domain }));
  const count = sorted.reduce((sum, [, one]) => sum + one, 0);
  return [fact('aliases-unclaimed', { count, domains: named, others: counts.size - named.length })];
}
