import type { Attribute } from '../change/change.ts';
import type { Inversion } from './invert.ts';

/** What a rollback cannot restore first, then what it leaves alone and what follows; sentences for the review. */
export function buildRollbackNotes(
  { leftovers, restoredKeys }: Inversion,
  { name, heldUntil }: { readonly name: string; readonly heldUntil: string },
): string[] {
  const { irreversible, gone, unsendable, changedSince, leftSuspended, created, neverDone, withoutHold } = leftovers;
  return [
    ...irreversible.map(
      ({ address, fullName }) =>
        `Cannot be undone: plan ${name} deleted ${address} (${fullName}) for ever, with all its messages.`,
    ),
    ...gone.map(({ address, fullName }) => `Cannot be undone: ${address} (${fullName}) is no longer in Zivver.`),
    ...unsendable.map(
      ({ address, attributes }) =>
        `Not restored: ${attributes.join(' and ')} of ${address}. ${whyUnsendable(attributes)} Set ZIVVER_GITOPS_IDENTITY and make it again.`,
    ),
    ...changedSince.map(
      ({ address, attributes }) =>
        `Left as it is: ${attributes.join(' and ')} of ${address}, because somebody changed it since plan ${name}.`,
    ),
    ...leftSuspended.map(
      ({ address, attributes }) =>
        `Left as it is: ${attributes.join(' and ')} of ${address}, because the account is suspended again.`,
    ),
    `This rollback restores what Zivver had before plan ${name}. Active Directory was not read for it.`,
    ...(created > 0 ? [`Accounts that plan ${name} created are suspended or emptied, not deleted: ${created}.`] : []),
    ...(neverDone > 0
      ? [`Changes of plan ${name} that were never done, so that nothing is to be undone: ${neverDone}.`]
      : []),
    ...(restoredKeys.length > 0
      ? [
          `Accounts on hold until ${heldUntil}, so that the next plan does not undo this: ${restoredKeys.length}. They stand in holds.yaml; mend the source before that day, or remove an entry by pull request.`,
        ]
      : []),
    ...withoutHold.map(
      (address) =>
        `Not on hold: ${address} has no desired file; the next plan treats it again as organisation.yaml says.`,
    ),
  ];
}

function whyUnsendable(attributes: readonly Attribute[]): string {
  const isKey = attributes.some((name) => name === 'aliases' || name === 'delegates');
  const isReplaced = attributes.includes('signOnKey');
  const isNumber = attributes.includes('mobile');
  return [
    ...(isKey
      ? ['Aliases and delegates go only together with the single sign-on key, which this rollback could not open.']
      : []),
    ...(isReplaced
      ? ['Nobody has the single sign-on key of before: a plan with the earlier setting makes it again.']
      : []),
    ...(isNumber ? ['The earlier mobile number is sealed, and this rollback could not open it.'] : []),
  ].join(' ');
}
