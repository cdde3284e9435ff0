import { approvalClassesOf } from '../approval/approval-classes.ts';
import type { ProvenBy } from '../approval/approval-summary.ts';
import { FORGES } from '../forge/forges.ts';
import { describeClasses } from '../approval/signature-rule.ts';
import type { PlanBody } from '../schema/generated/plan.ts';
import { countOf } from '../text/grammar.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../text/phrase.ts';

/** Which approval is in force, and what it does not prove. */
export function approvalPhrase({ approval, changes }: Pick<PlanBody, 'approval' | 'changes'>): Phrase {
  const { branch, distinctPeople, reviews, signatures } = approval;
  const only = phrase`Only then is anything written.`;
  const demands = [
    ...(signatures === null ? [] : [signaturesPhrase(signatures, changes)]),
    ...(reviews === null ? [] : [reviewsPhrase(reviews)]),
  ];
  if (demands.length > 0)
    return phrase`${joinPhrases(demands, ', ')}, and it must be merged into branch ${branch}. ${only}`;
  if (distinctPeople)
    return phrase`Another person than who committed it must merge it into branch ${branch}, as far as git knows: no signatures or reviews are asked for. ${only}`;
  return phrase`A merge into branch ${branch} approves it, whoever merges: no signature and no review is asked for, one pair of eyes is enough. ${only}`;
}

/** What an approval proves, and what it does not. */
export function proofPhrase(proof: ProvenBy): Phrase {
  switch (proof) {
    case 'signatures':
      return phrase`signed by people who did not make it`;
    case 'reviews':
      return phrase`reviewed by people who did not make it, as the forge says`;
    case 'merger':
      return phrase`another person merges than who made it, as git names people; nothing is signed`;
    case 'single':
      return strong`one pair of eyes: nothing proves that a second person looked`;
  }
}

function reviewsPhrase({ forge, minimum }: NonNullable<PlanBody['approval']['reviews']>): Phrase {
  const limits = FORGES[forge].limits.map((limit) => phrase` (${plain(limit)})`);
  const who = countOf(minimum, 'person', 'people');
  return phrase`${who} other than its author must approve it on ${plain(FORGES[forge].name)}${joinPhrases(limits, '')}`;
}

/** Words of ours. */
function plain(text: string): Phrase {
  return [{ style: 'words', text }];
}

function signaturesPhrase(
  { minimum, rules }: NonNullable<PlanBody['approval']['signatures']>,
  changes: PlanBody['changes'],
): Phrase {
  const classes = approvalClassesOf(changes);
  const more = rules.flatMap(({ for: names, minimum: number, role }) => {
    const applying = names.filter((name) => classes.has(name));
    if (applying.length === 0) return [];
    const who = role === null ? countOf(number, 'person', 'people') : phrase`${number} with the role ${role}`;
    return [phrase` (${who} for ${[{ style: 'words', text: describeClasses(applying) }]})`];
  });
  const people = countOf(minimum, 'person', 'people');
  return phrase`${people} who did not make it must sign it with zivver-gitops approve${joinPhrases(more, '')}`;
}
