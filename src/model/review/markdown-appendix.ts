import { factPhrase } from '../facts/fact.ts';
import type { Exclusion, UnmanagedAccount } from '../schema/generated/plan.ts';
import { rowsOf, type Block } from './budget.ts';
import { foldedBlock, paragraphs } from './markdown-block.ts';
import { renderPhrase } from './markdown-phrase.ts';
import { formatCount } from '../text/format-count.ts';
import { joinPhrases, phrase, strong } from '../text/phrase.ts';
import type { Review } from './review.ts';
import { adoptedPhrase, adoptionPhrase } from './words-adopted.ts';
import { EXCLUSION_NAMES, newWords } from './words-exclusion.ts';
import { unmanagedPhrase } from './words-provenance.ts';

const GIVES_WAY = { unmanaged: 0, exclusions: 1 } as const;

/** What was left out, by reason, with counts. */
export function renderExclusions({ exclusions: groups, plan }: Review): readonly Block[] {
  if (groups.length === 0) return [];
  return [
    paragraphs(`## Left out of the plan (${formatCount(plan.body.exclusions.length)})`),
    ...groups.map(({ reason, exclusions }) =>
      foldedBlock(
        rowsOf(exclusions, renderExclusion),
        GIVES_WAY.exclusions,
        ({ shown, all, isWhole }) =>
          `${all} × ${EXCLUSION_NAMES[reason]}${newWords(exclusions)}${isWhole ? '' : `, ${shown} shown`}`,
      ),
    ),
  ];
}

/** Accounts that Zivver has and the desired state does not name. */
export function renderUnmanaged({ unmanaged }: Review): readonly Block[] {
  if (unmanaged.length === 0) return [];
  return [
    paragraphs(
      `## Not managed (${formatCount(unmanaged.length)})`,
      'Zivver has these accounts and no desired file names them. This plan leaves them as they are.',
    ),
    foldedBlock(rowsOf(unmanaged, renderAccount), GIVES_WAY.unmanaged),
  ];
}

/** Accounts that get a desired file, each with its owner: whoever approves says that they belong together. */
export function renderAdopted({ plan: { body } }: Review): readonly Block[] {
  const { adopted } = body;
  if (adopted.length === 0) return [];
  const count = formatCount(adopted.length);
  return [
    paragraphs(`## Adopted as they are (${count})`, renderPhrase(adoptionPhrase(adopted))),
    foldedBlock(
      rowsOf(adopted, (one) => `- ${renderPhrase(adoptedPhrase(one))}`),
      GIVES_WAY.unmanaged,
    ),
  ];
}

function renderExclusion({ source, subject, address, detail, isNew }: Exclusion): string {
  const parts = [
    ...(isNew === true ? [strong`new`] : []),
    phrase`${subject}`,
    ...(address === null || address === subject ? [] : [phrase`${address}`]),
    ...(source === null ? [] : [phrase`source ${source}`]),
  ];
  return `- ${renderPhrase(phrase`${joinPhrases(parts, ' · ')}: ${factPhrase(detail)}`)}`;
}

function renderAccount(account: UnmanagedAccount): string {
  return `- ${renderPhrase(unmanagedPhrase(account))}`;
}
