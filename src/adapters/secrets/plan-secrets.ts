import { isDerivedFrom } from '../../model/directory/derived-key.ts';
import { sealedForms } from '../../model/change/sealed-forms.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import type { PlanBody } from '../../model/schema/generated/plan.ts';
import type { MobileSeal } from './mobile-seal.ts';
import type { PlanSecrets } from './seal.ts';
import type { Change } from '../../model/change/change.ts';

/** What must be sealed with the changes; null if nothing. `seal` made the sealed forms in them, null if there are none. */
export function collectSecrets(
  changes: readonly Change[],
  keys: Omit<PlanSecrets, 'mobiles'>,
  seal: MobileSeal | null,
): PlanSecrets | null {
  const forms = sealedForms(changes);
  if (keys.ssoKeys.size === 0 && forms.size === 0) return null;
  if (seal === null || forms.size === 0) return { ...keys, mobiles: null };
  const numbers = new Map([...forms.keys()].map((form) => [form, openForm(form, seal)]));
  return { ...keys, mobiles: { fingerprintKey: seal.key.text, numbers } };
}

export interface SealedChanges extends Pick<PlanBody, 'changes'> {
  /** Single sign-on may send another value than that of accountKey, of which the key of an account is a digest. */
  readonly hasOtherKeys?: boolean;
}

/**
 * Everything that the plan says is sealed must be there and nothing else, and every number must be the one whose fingerprint
 * was reviewed: a key left out would erase the one in Zivver, and one too many would be nobody's that was reviewed. Throws PLAN_REVIEW_DISAGREES (29).
 */
export function verifySecrets(
  { changes, hasOtherKeys = false }: SealedChanges,
  { ssoKeys, accountKeys }: Omit<PlanSecrets, 'mobiles'>,
  seal: MobileSeal | null,
): void {
  const withoutKey = changes.filter(({ id, sealed }) => sealed && (ssoKeys.get(id) ?? '') === '');
  const foreign = changes.filter(({ id, key, sealed }) => {
    const ssoKey = sealed ? (ssoKeys.get(id) ?? '') : '';
    const identity = hasOtherKeys ? (accountKeys.get(id) ?? ssoKey) : ssoKey;
    return ssoKey !== '' && !isDerivedFrom(key ?? '', identity);
  });
  const known = new Set(changes.flatMap(({ id, sealed }) => (sealed ? [id] : [])));
  const unasked = [...ssoKeys.keys(), ...accountKeys.keys()].filter((id) => !known.has(id));
  const wrong = [...sealedForms(changes)].filter(([form]) => seal?.open(form) === undefined);
  const problems: Problem[] = [
    ...withoutKey.map(({ address }) => ({ where: address, what: 'its single sign-on key is not in the sealed part' })),
    ...foreign.map(({ address }) => ({
      where: address,
      what: 'the sealed single sign-on key is that of somebody else',
    })),
    ...unasked.map((id) => ({ where: `change ${id}`, what: 'the sealed part has a key for it, and the plan none' })),
    ...wrong.map(([, address]) => ({ where: address, what: 'the sealed mobile number is not the reviewed one' })),
  ];
  if (problems.length > 0)
    throw new ReconcileError('PLAN_REVIEW_DISAGREES', 'The sealed part of the plan is not what its changes need', {
      remedy: 'Discard the plan and make a new one; nothing was applied.',
      problems,
    });
}

function openForm(form: string, seal: MobileSeal): string {
  const number = seal.open(form);
  if (number === undefined) throw new Error('a sealed form in the plan was not made by its own seal');
  return number;
}
