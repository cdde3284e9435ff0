import type { ExistingAccount } from '../account/account.ts';
import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount, DesiredFunctional, DesiredUser } from '../schema/generated/account.ts';

const NO_RENAMES: ReadonlyMap<string, string> = new Map();

/**
 * The desired file of an account that exists in Zivver and has none yet: what Zivver has, so that nothing is written there.
 * It claims what the source gives this account; what the source says otherwise comes in the plan after, under all limits.
 */
export function adoptAccount(mapped: DesiredAccount, existing: ExistingAccount, index: ExistingIndex): DesiredAccount {
  const now = attributesOf(existing, index, NO_RENAMES);
  const common = {
    key: mapped.key,
    zivverId: existing.zivverId,
    address: now.address,
    fullName: isName(now.fullName) ? now.fullName : mapped.fullName,
  };
  const aliases = mapped.aliases !== undefined && now.aliases.every(isAddress) ? { aliases: now.aliases } : {};
  const division = mapped.division === undefined ? {} : { division: now.division || '/' };
  if (mapped.kind === 'functional') {
    const members = mapped.members !== undefined && now.members.every(isAddress) ? { members: now.members } : {};
    return { kind: 'functional', ...common, ...aliases, ...members, ...division } satisfies DesiredFunctional;
  }
  const isMobileKept = mapped.mobile !== undefined && now.mobile !== null && MOBILE.test(now.mobile);
  const mobile = isMobileKept && now.mobile !== null ? { mobile: now.mobile } : {};
  const delegates =
    mapped.delegates !== undefined && now.delegates.every(isAddress) ? { delegates: now.delegates } : {};
  const user: DesiredUser = { kind: 'user', ...common, active: now.active };
  return { ...user, ...aliases, ...delegates, ...mobile, ...division };
}

/** As schemas/account.schema.json has them; what Zivver holds in another form is left to the next plan. */
const MOBILE = /^(\+[1-9][0-9]{6,14}|[+0-9 •]+ sealed:[0-9a-f]{6}:[0-9a-f]{16})$/;

function isAddress(text: string): boolean {
  return text.length >= 3 && text.length <= 320 && /^[^\s@A-Z]+@[^\s@A-Z]+$/.test(text);
}

function isName(text: string): boolean {
  return text.length >= 1 && text.length <= 1024;
}
