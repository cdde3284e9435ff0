import type { Kind } from '../model/account/account.ts';
import { addressNameOf, type AccountRecord } from './account-record.ts';
import type { Organisation } from './organisation.ts';
import { Refusal } from './refusal.ts';

const EQUALS = /^\s*(userName|externalId)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i;

/**
 * Accounts of `kind` that pass the two filters known to work, `userName eq "x"` and `externalId eq "x"`. The attribute of
 * the other kind hits nothing. Anything else is refused rather than ignored: ignoring would list everybody.
 * @throws Refusal 400
 */
export function findByFilter(organisation: Organisation, kind: Kind, filter: string): readonly AccountRecord[] {
  const [, name, quoted] = EQUALS.exec(filter) ?? [];
  if (name === undefined || quoted === undefined) throw new Refusal(400);
  if (name.toLowerCase() !== addressNameOf(kind).toLowerCase()) return [];
  const address = parseQuoted(quoted).toLowerCase();
  return organisation.holders(address).filter((record) => record.kind === kind && record.address === address);
}

function parseQuoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new Refusal(400);
  }
}
