import type { ConfiguredSource } from '../configuration/configuration.ts';
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
export function renderAdvice(met: Observations, sources: readonly ConfiguredSource[]): string[] {
  const mobiles = new Set(sources.flatMap(({ mapping }) => mapping.mobile));
  const place = sources.every(isDirectory) ? 'in Active Directory' : 'in the source';
  return [
    ...adviseIf(met.sharedMailboxes, (count) => [
      count === 1
        ? '1 shared mailbox is treated as a personal account, and since it is disabled it is suspended or gets none. '
        : `${count} shared mailboxes are treated as personal accounts, and since they are disabled they are suspended or get none. `,
      'Set mapping.sharedMailboxes: functional (or exclude) in organisation.yaml.',
    ]),
    ...adviseIf(met.linkedMailboxes, (count) => [
      count === 1
        ? '1 linked mailbox belongs to somebody who logs on in another forest; its user here is disabled, so it is suspended or gets none. '
        : `${count} linked mailboxes belong to people who log on in another forest; their users here are disabled, so they are suspended or get none. `,
      'Set mapping.linkedMailboxes: active in organisation.yaml if these people work here.',
    ]),
    ...adviseIf(met.landlines, (count) => [
      `${count === 1 ? '1 person has' : `${count} people have`} a landline where a mobile number should be. It is left out, since it cannot receive a login code: `,
      `correct ${[...mobiles].join(', ')} ${place}, or map another attribute (mapping.mobile).`,
    ]),
    ...adviseIf(met.remoteMailboxes, (count) => [
      `${count === 1 ? '1 mailbox is' : `${count} mailboxes are`} in Exchange Online, where msExchDelegateListLink is no longer kept up: their delegates may be out of date. `,
      'Map delegates from an attribute that is kept up, or write mapping.delegates: none.',
    ]),
    ...adviseAboutAliases(met.unclaimedAliases),
  ];
}

function adviseIf(dns: readonly string[], words: (count: number) => readonly string[]): string[] {
  const { size } = new Set(dns);
  return size === 0 ? [] : [words(size).join('')];
}

/** So many domains are named. */
const DOMAINS = 5;

/** Microsoft gives everybody an address in onmicrosoft.com; nobody can claim it, and nobody misses it. */
function adviseAboutAliases(domains: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const domain of domains) {
    if (!/(^|\.)onmicrosoft\.com$/.test(domain)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const named = sorted.slice(0, DOMAINS).map(([domain, count]) => `${count} in ${domain}`);
  const rest = counts.size > DOMAINS ? ` and more in ${counts.size - DOMAINS} other domains` : '';
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const aliases = total === 1 ? '1 alias is left out, because its' : `${total} aliases are left out, because their`;
  return [
    `${aliases} domain is not claimed: ${named.join(', ')}${rest}. To keep what is in a domain, claim it in Zivver and add it to zivver.claimedDomains.`,
  ];
}
