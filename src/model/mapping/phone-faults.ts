import type { PhoneFault } from '../directory/phone.ts';
import { fact } from '../facts/fact.ts';
import type { Fact } from '../schema/generated/plan.ts';

/** Why an entry has no mobile number, of at least one attribute. */
export function describePhones(faults: readonly { readonly attribute: string; readonly why: PhoneFault }[]): Fact {
  const all = faults.map((one) => fact('phone-unusable', one));
  const [only] = all;
  return only !== undefined && all.length === 1 ? only : fact('phones-unusable', { faults: all });
}
