import picocolors from 'picocolors';
import type { TerminalOptions } from '../../../model/review/terminal.ts';
import { countOf } from '../../../model/text/grammar.ts';
import { listOf, phrase, strong, type Phrase } from '../../../model/text/phrase.ts';
import { renderParagraph } from '../../../model/text/terminal-phrase.ts';
import type { Held, HeldFile, HeldPlan } from './find-held.ts';

/** For whoever answers a request of the person. Lines end in LF. */
export function renderHeld(wanted: string, held: Held, options: TerminalOptions): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  const tell = (text: Phrase, indent = ''): readonly string[] => renderParagraph(text, indent, page);
  const part = (title: Phrase, rows: readonly Phrase[]): readonly string[] =>
    rows.length === 0 ? [] : ['', ...tell(title), ...rows.flatMap((row) => tell(row, '  '))];
  const { files, plans, ledger, history } = held;
  const isNothing = [files, plans, ledger].every((list) => list.length === 0) && history.commits === 0;
  const lines = [
    ...tell(phrase`What this repository holds about ${strong`${wanted}`}.`),
    ...tell(phrase`Looked for: ${listOf(held.names)}`),
    ...(isNothing ? ['', ...tell(phrase`Nothing stands on the branch, in its plans or in the ledger.`)] : []),
    ...part(phrase`On the branch`, files.map(filePhrase)),
    ...part(phrase`Plans`, plans.map(planPhrase)),
    ...part(
      phrase`Ledger`,
      ledger.map(({ plan, records }) => phrase`plan ${plan}: ${countOf(records, 'record', 'records')}`),
    ),
    ...part(phrase`History of git`, historyPhrases(history)),
    '',
    ...tell(
      phrase`Not looked at: pull requests and comments on the forge, other clones and backups, mail, Active Directory, and Zivver itself. Single sign-on keys in plans are sealed; they can be read with the identity only.`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function filePhrase({ file, isOwn, mentions }: HeldFile): Phrase {
  return isOwn
    ? phrase`${file}: desired file of the account`
    : phrase`${file}: ${countOf(mentions, 'place', 'places')}`;
}

function planPhrase({ plan, origin, changes, mentions }: HeldPlan): Phrase {
  if (origin === 'lost') return phrase`${plan}: the ledger names it, and git no longer has it`;
  const where = origin === 'branch' ? phrase`` : phrase` (removed from the branch; earlier commits have it)`;
  const changed = changes === 0 ? phrase`` : phrase`${countOf(changes, 'change', 'changes')} of the account, `;
  return phrase`${plan}: ${changed}${countOf(mentions, 'place', 'places')}${where}`;
}

function historyPhrases({ versions, commits }: Held['history']): readonly Phrase[] {
  return [
    ...(versions === 0 ? [] : [phrase`${countOf(versions, 'commit', 'commits')} with a version of the desired file`]),
    ...(commits === 0 ? [] : [phrase`${countOf(commits, 'commit', 'commits')} that the person made or committed`]),
  ];
}
