import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { describeContradiction, type Identities } from './match.ts';
import type { SettleInput } from './settlement.ts';

/** Nearly all accounts are known by their ExternalAccountId; the look-ups for the others are built when one asks. */
export function buildIdentities(
  input: SettleInput,
  found: Pick<Identities, 'sourceKeys' | 'handovers' | 'rekeyed'>,
): Identities {
  const { index, baseline } = input;
  const recordedIds = recordIds(input);
  let byAddress: Map<string, DesiredAccount> | undefined;
  let keysOfIds: Map<string, string> | undefined;
  return {
    index,
    ...found,
    recordedIds,
    baselineByKey: new Map(baseline.map((account) => [account.key, account])),
    get baselineByAddress() {
      return (byAddress ??= new Map(baseline.map((account) => [account.address, account])));
    },
    get keysOfIds() {
      return (keysOfIds ??= new Map([...recordedIds].map(([key, id]) => [id, key])));
    },
  };
}

/** What the desired file says goes before what the ledger says of its creation. */
function recordIds({ baseline, facts }: Pick<SettleInput, 'baseline' | 'facts'>): Map<string, string> {
  const ids = new Map<string, string>();
  for (const account of baseline) {
    const id = account.zivverId ?? facts?.createdIds.get(account.key);
    if (id !== undefined) ids.set(account.key, id);
  }
  return ids;
}

/** Keys of managed accounts of which Zivver says another thing than their desired file: nobody knows which is meant. */
export function findContradictions({ index, recordedIds }: Identities): Map<string, Fact> {
  const found = new Map<string, Fact>();
  for (const [key, id] of recordedIds) {
    const contradiction = describeContradiction(key, id, index);
    if (contradiction !== null) found.set(key, contradiction);
  }
  return found;
}
