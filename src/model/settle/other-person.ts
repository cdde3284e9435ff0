import type { Fact } from '../schema/generated/plan.ts';
import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import { foldCase } from '../directory/distinguished-name.ts';
import type { MappedAccount } from '../mapping/mapped.ts';

/**
 * Why an account may be about to be handed to somebody else: its key is a number that people give out, and name and address
 * change at once. A number that was given to the next one looks exactly so, and the mailbox would go with it. Null: only one
 * of them changes, or the key is a GUID of the directory, which is never given twice.
 */
export function findOtherPerson({ account, keyKind }: Claim, existing: ExistingAccount): Fact | null {
  if (keyKind !== 'number' || account.address === existing.address) return null;
  if (existing.aliases.includes(account.address) || wordsOf(account.fullName) === wordsOf(existing.fullName))
    return null;
  return fact('somebody-else', { address: existing.address });
}

type Claim = Pick<MappedAccount, 'account' | 'keyKind'>;

/** `Jansen, Jan` and `Jan Jansen` are one name. */
function wordsOf(name: string): string {
  const plain = foldCase(name).normalize('NFD').replace(/\p{M}/gu, '');
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}
