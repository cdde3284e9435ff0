import { fact } from '../facts/fact.ts';
import { attributesOf } from '../account/attributes-of.ts';
import { isComparableMobile } from '../account/sealed-mobile.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { isSameValue, type AccountAttributes, type Attribute } from '../change/change.ts';
import type { Claimant } from '../settle/claimant.ts';
import { settleClaims, type ClaimFinding } from '../settle/claims.ts';
import { openAccount } from '../settle/open-draft.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import type { InvertedChange } from './invert-change.ts';
import { buildRenames, followRenames, type Renames } from '../change/renames.ts';

/** An inverted change that fits with all the others. */
export interface SettledInverse extends Claimant {
  readonly inverted: InvertedChange;
  readonly restored: AccountAttributes;
}

export interface SendContext {
  readonly index: ExistingIndex;
  readonly ssoEnabled: boolean;
  /** Change id of the plan to undo → SSO key. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  /** False for a sealed form whose number is not known here. */
  readonly canSendMobile: (mobile: string) => boolean;
}

export type Sendable = InvertedChange & { readonly unsendable: readonly Attribute[] };

/** Leaves out what cannot be sent from here. */
export function withoutUnsendable(inverted: InvertedChange, context: SendContext): Sendable {
  return withoutUnknownMobile(withoutKeyless(inverted, context), context);
}

/** A sealed number must be known, and what is in Zivver now must be comparable with what the plan set. */
function withoutUnknownMobile(sendable: Sendable, { canSendMobile }: SendContext): Sendable {
  const { change, existing, restored, unsendable } = sendable;
  const { mobile, ...rest } = restored;
  if (mobile === undefined || existing.kind !== 'user' || existing.mobile === mobile) return sendable;
  const isComparable = isComparableMobile(existing.mobile, change.after.mobile);
  if (isComparable && (mobile === null || canSendMobile(mobile))) return sendable;
  return { ...sendable, restored: rest, unsendable: [...unsendable, 'mobile'] };
}

/** Aliases and delegates of an SSO user go only together with its SSO key (zivver-api.md §5). */
function withoutKeyless(inverted: InvertedChange, { ssoEnabled, ssoKeys, index }: SendContext): Sendable {
  const { change, existing, restored } = inverted;
  const lost = change.after.signOnKey === undefined ? [] : (['signOnKey'] as const);
  if (!ssoEnabled || change.kind !== 'user' || ssoKeys.has(change.id)) return { ...inverted, unsendable: lost };
  const now = attributesOf(existing, index, new Map());
  const { aliases, delegates, ...rest } = restored;
  const unsendable = (['aliases', 'delegates'] as const).filter(
    (name) => restored[name] !== undefined && !isSameValue(restored[name], now[name]),
  );
  const kept = {
    ...(aliases === undefined || unsendable.includes('aliases') ? {} : { aliases }),
    ...(delegates === undefined || unsendable.includes('delegates') ? {} : { delegates }),
  };
  return { ...inverted, restored: { ...rest, ...kept }, unsendable: [...unsendable, ...lost] };
}

/** Addresses that others have meanwhile are not taken from them; whoever is not in Zivver cannot be a member. */
export function settleInverted(
  inverted: readonly InvertedChange[],
  index: ExistingIndex,
): { accepted: SettledInverse[]; exclusions: readonly Exclusion[]; open: readonly OpenDraft[] } {
  const claimants = inverted.map((one) => ({ ...asClaimant(one, index), inverted: one, restored: one.restored }));
  const claims = settleClaims(claimants, index);
  const renames = buildRenames(
    claims.accepted.flatMap(({ desired, existing }) =>
      existing === null || existing.address === desired.address
        ? []
        : [{ zivverId: existing.zivverId, from: existing.address, to: desired.address }],
    ),
  );
  const known = new Set([...index.all].map(({ zivverId, address }) => renames.newAddresses.get(zivverId) ?? address));
  const exclusions: Exclusion[] = [];
  const accepted = claims.accepted.map((one) => {
    const address = one.restored.address === undefined ? {} : { address: one.desired.address };
    const aliases = one.restored.aliases === undefined ? {} : { aliases: [...(one.desired.aliases ?? [])] };
    const lists = keepKnown(
      { ...one, restored: { ...one.restored, ...address, ...aliases } },
      { known, renames, exclusions },
    );
    return { ...one, restored: lists };
  });
  return { accepted, exclusions, open: claims.findings.map(openClaim) };
}

/** What the plan to undo had taken away is not taken from whoever has it now. */
function openClaim({ claimant, reason, address, detail }: ClaimFinding): OpenDraft {
  const { desired, existing } = claimant;
  const value = reason === 'alias-held' ? { value: address } : {};
  const draft = openAccount({ account: desired, existing }, { reason, detail, evidence: null, ...value });
  return { ...draft, keepsAccess: false };
}

interface People {
  readonly known: ReadonlySet<string>;
  readonly renames: Renames;
  readonly exclusions: Exclusion[];
}

function keepKnown(
  { restored, dn, desired }: SettledInverse,
  { known, renames, exclusions }: People,
): AccountAttributes {
  const keep = (list: readonly string[], reason: 'member-left-out' | 'delegate-left-out'): string[] => {
    const followed = followRenames(list, renames);
    for (const lost of followed.filter((one) => !known.has(one)))
      exclusions.push({
        source: null,
        subject: dn,
        address: desired.address,
        reason,
        detail: fact('no-account-any-more', { address: lost }),
      });
    return followed.filter((one) => known.has(one));
  };
  return {
    ...restored,
    ...(restored.members === undefined ? {} : { members: keep(restored.members, 'member-left-out') }),
    ...(restored.delegates === undefined ? {} : { delegates: keep(restored.delegates, 'delegate-left-out') }),
  };
}

function asClaimant({ change, existing, restored }: InvertedChange, index: ExistingIndex): Claimant {
  const now = attributesOf(existing, index, new Map());
  const { key, kind } = change;
  const common = {
    key: key ?? '',
    address: restored.address ?? now.address,
    fullName: now.fullName,
    aliases: restored.aliases ?? now.aliases,
  };
  const desired: DesiredAccount =
    kind === 'user'
      ? { kind, ...common, active: restored.active ?? now.active }
      : { kind, ...common, members: now.members };
  return { desired, existing, source: '', dn: existing.address };
}
