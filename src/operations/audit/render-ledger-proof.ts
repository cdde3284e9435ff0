import picocolors from 'picocolors';
import { countOf } from '../../model/text/grammar.ts';
import { joinPhrases, phrase, type Phrase } from '../../model/text/phrase.ts';
import { renderParagraph } from '../../model/text/terminal-phrase.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import type { LedgerProof } from './ledger-proof.ts';
import { minuteOf } from './words-event.ts';

/** Lines end in LF. */
export function renderLedgerProof(proof: LedgerProof, { width, color }: TerminalOptions): string {
  const page = { width, colors: picocolors.createColors(color) };
  const facts: [string, Phrase][] = [
    ['from', wordsOf(`${minuteOf(proof.since)} to ${minuteOf(proof.until)} UTC`)],
    [
      'records',
      phrase`${proof.records} of ${countOf(proof.plans, 'plan', 'plans')}, in ${countOf(proof.commits, 'commit', 'commits')} that only add`,
    ],
    ['changes', outcomesPhrase(proof)],
    ['plans', comparedPhrase(proof)],
    ['approved', approvalsPhrase(proof)],
    ...(proof.ends.signed === 0 ? [] : [['signed', signedPhrase(proof)] as [string, Phrase]]),
    ['head', phrase`${proof.head}`],
    ['lineage', phrase`${proof.lineage}`],
  ];
  return [
    page.colors.green(`The ledger of ${proof.organisation} is whole.`),
    ...facts.flatMap(([name, words]) => renderParagraph(words, `  ${name.padEnd(9)}`, page)),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function outcomesPhrase({ outcomes }: LedgerProof): Phrase {
  const counted = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  if (counted.length === 0) return phrase`none yet`;
  return joinPhrases(
    counted.map(([status, count]) => phrase`${count} ${wordsOf(status)}`),
    ', ',
  );
}

/** By the key of the apply job; ends before the first one need none. */
function signedPhrase({ ends: { signed, ends } }: LedgerProof): Phrase {
  return phrase`${signed} of ${countOf(ends, 'end', 'ends')}, by a key that organisation.yaml lists`;
}

/** What is proven again from the repository, and what is only written down. */
function approvalsPhrase({ approvals: { signatures, reviews, merger, single } }: LedgerProof): Phrase {
  const told = [
    ...(signatures > 0 ? [phrase`${signatures} by signatures, proven again`] : []),
    ...(reviews > 0 ? [phrase`${reviews} by reviews, as the forge said then`] : []),
    ...(merger > 0 ? [phrase`${merger} by somebody else who merged, as git names people`] : []),
    ...(single > 0 ? [phrase`${single} with one pair of eyes`] : []),
  ];
  return told.length === 0 ? phrase`none yet` : joinPhrases(told, ', ');
}

function comparedPhrase({ compared: { branch, history, notFound } }: LedgerProof): Phrase {
  return joinPhrases(
    [
      phrase`${branch} on the branch are those that were applied`,
      ...(history > 0 ? [phrase`${history} more in its history`] : []),
      ...(notFound > 0 ? [phrase`${notFound} not found in this clone, so not compared`] : []),
    ],
    ', ',
  );
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
