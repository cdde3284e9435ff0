import type { Configuration } from '../configuration/configuration.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { isEnabled } from './open-draft.ts';

export interface Handovers {
  /** Key of the entry that gets an account → key that the account has. */
  readonly sources: ReadonlyMap<string, string>;
  /** Entries that handed their account over, and are told instead of settled. */
  readonly former: ReadonlySet<MappedAccount>;
  readonly exclusions: readonly Exclusion[];
  /** Decided, and not carried out. */
  readonly notes: readonly string[];
}

/** Decisions of people that an account passes to another key. One whose former holder is still in use is not carried out. */
export function findHandovers(
  { handovers }: Pick<Configuration, 'handovers'>,
  accounts: readonly MappedAccount[],
  baseline: readonly DesiredAccount[],
): Handovers {
  const result = {
    sources: new Map<string, string>(),
    former: new Set<MappedAccount>(),
    exclusions: [] as Exclusion[],
    notes: [] as string[],
  };
  if (handovers.length === 0) return result;
  const managed = new Set(baseline.map(({ key }) => key));
  for (const { from, to } of handovers) {
    if (!managed.has(from)) continue;
    const holders = accounts.filter(({ account }) => account.key === from);
    const heir = accounts.find(({ account }) => account.key === to);
    const inUse = holders.find(isEnabled);
    if (heir === undefined)
      result.notes.push(`The hand-over of ${from} to ${to} waits: no source has an entry with the second key.`);
    else if (inUse !== undefined)
      result.notes.push(
        `The hand-over of ${from} to ${to} is not carried out: ${inUse.dn} has the first key and is in use.`,
      );
    else {
      result.sources.set(to, from);
      for (const former of holders) {
        result.former.add(former);
        result.exclusions.push(excludeFormer(former, heir));
      }
    }
  }
  return result;
}

function excludeFormer({ source, dn, account }: MappedAccount, heir: MappedAccount): Exclusion {
  const detail = `its account passes to ${heir.dn}, as handovers in organisation.yaml says`;
  return { source, subject: dn, address: account.address, reason: 'handed-over', detail };
}
