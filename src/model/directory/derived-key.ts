import { accountKeyOf } from '../account/key.ts';
import { formatGuid } from './guid.ts';
import { readTypedGuid } from './typed-guid.ts';

/**
 * Whether the key of an account follows from this single sign-on key: both come from the value mapped to `accountKey`, of
 * which the key is a one-way digest. A planner that gives one person's sign-on to another cannot make it fit.
 */
export function isDerivedFrom(key: string, ssoKey: string): boolean {
  if (key === accountKeyOf(ssoKey.normalize('NFC'))) return true;
  const guid = readTypedGuid(ssoKey);
  return guid !== null && 'base64' in guid && key === accountKeyOf(formatGuid(guid.base64));
}
