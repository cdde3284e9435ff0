import type { PlanBody } from '../schema/generated/plan.ts';
import type { Settlement } from '../settle/settlement.ts';

/** Accounts that get a desired file with what Zivver has, by address. */
export function listAdopted({ settled }: Settlement): PlanBody['adopted'] {
  return settled
    .flatMap(({ isAdopted, existing, desired, dn }) => {
      if (!isAdopted || existing === null) return [];
      const { kind, zivverId, address, fullName, externalAccountId } = existing;
      const foreign = externalAccountId === desired.key ? null : externalAccountId;
      return [{ kind, key: desired.key, zivverId, address, fullName, entry: dn, externalAccountId: foreign }];
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}
