import type { AdoptedAccount } from '../schema/generated/plan.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, type Phrase } from '../text/phrase.ts';

/** What adoption means to whoever approves it. */
export function adoptionPhrase(adopted: readonly AdoptedAccount[]): Phrase {
  const foreign = adopted.filter(({ externalAccountId }) => externalAccountId !== null).length;
  const marks =
    foreign === 0
      ? []
      : phrase` ${countOf(foreign, 'account carries', 'accounts carry')} the mark of another program (ExternalAccountId). It stays until a later plan changes aliases or delegates there, which says so; that program may then no longer find the account.`;
  return phrase`Zivver has these accounts already, and the source has who they belong to. Nothing is written to Zivver: their desired files say what Zivver has, and the next plan shows what the source wants otherwise. From the merge on they are managed: whoever leaves the source is then treated as the configuration says.${marks}`;
}

/** `a@b.example · functional account · "Name" belongs to "CN=…"`. */
export function adoptedPhrase({ address, kind, fullName, entry, externalAccountId }: AdoptedAccount): Phrase {
  const parts = [
    phrase`${address}`,
    ...(kind === 'functional' ? [phrase`functional account`] : []),
    phrase`${fullName} is taken for the account of ${entry}`,
    ...(externalAccountId === null ? [] : [phrase`marked by another program as ${externalAccountId}`]),
  ];
  return joinPhrases(parts, ' · ');
}
