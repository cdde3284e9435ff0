import { keyIdOfSealed } from '../account/sealed-mobile.ts';
import type { Change } from './change.ts';

/** Sealed forms of mobile numbers in the changes → an account where they stand. */
export function sealedForms(changes: readonly Pick<Change, 'address' | 'before' | 'after'>[]): Map<string, string> {
  const forms = new Map<string, string>();
  for (const { address, before, after } of changes)
    for (const { mobile } of [before, after])
      if (typeof mobile === 'string' && keyIdOfSealed(mobile) !== null) forms.set(mobile, address);
  return forms;
}
