import picocolors from 'picocolors';
import { countOf } from '../../model/text/grammar.ts';
import { joinPhrases, listOf, phrase, strong, type Phrase } from '../../model/text/phrase.ts';
import { renderParagraph, renderTerminalPhrase, type TerminalPage } from '../../model/text/terminal-phrase.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import type { AccessDifference } from './access-difference.ts';
import { isNamed, readableBy, type AccountAt } from './account-at.ts';
import type { AccessAt } from './read-access.ts';
import { minuteOf } from './words-event.ts';

/** Where the facts come from, so that somebody else can find the same. */
export function renderAccessProof({ at, plan, commit, record }: AccessAt, page: TerminalPage): string[] {
  const when = phrase`${wordsOf(minuteOf(at))} UTC`;
  if (plan === null || commit === null || record === null)
    return renderParagraph(phrase`At ${when} no plan had been applied.`, '', page).slice();
  const proof = phrase`At ${when}, after plan ${wordsOf(plan)}: desired files of commit ${wordsOf(commit.slice(0, 10))}, ledger up to ${wordsOf(record)}. Managed accounts only.`;
  return renderParagraph(proof, '', page).slice();
}

/** Every account, one paragraph each. Lines end in LF. */
export function renderAccess(access: AccessAt, accounts: readonly AccountAt[], options: TerminalOptions): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  const body = accounts.flatMap((account) => ['', ...renderAccount(account, access.accounts, page)]);
  return linesOf([...renderAccessProof(access, page), ...body]);
}

/** One person: what she could read besides her own mail. */
export function renderReadable(access: AccessAt, reader: AccountAt, options: TerminalOptions): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  const readable = readableBy(reader, access.accounts);
  const sum = reader.active
    ? phrase`could log in, and read the mail of ${readable.length === 0 ? phrase`nobody else` : countOf(readable.length, 'other account', 'other accounts')}.`
    : phrase`was suspended and could not log in; ${countOf(readable.length, 'other account names', 'other accounts name')} this person as a reader.`;
  return linesOf([
    ...renderAccessProof(access, page),
    '',
    ...renderParagraph(phrase`${strong`${reader.address}`} ${reader.fullName} ${sum}`, '', page),
    ...readable.flatMap((account) => renderParagraph(phrase`${namePhrase(account)}`, '  ', page)),
  ]);
}

export function renderAccessDifference(
  [earlier, later]: readonly [AccessAt, AccessAt],
  differences: readonly AccessDifference[],
  options: TerminalOptions,
): string {
  const page = { width: options.width, colors: picocolors.createColors(options.color) };
  const none = differences.length === 0 ? ['', 'No difference.'] : [];
  const body = differences.flatMap((difference) => [
    '',
    ...renderParagraph(namePhrase(difference.account), '', page),
    ...differencePhrases(difference).flatMap((words) => renderParagraph(words, '  ', page)),
  ]);
  return linesOf([...renderAccessProof(earlier, page), ...renderAccessProof(later, page), ...none, ...body]);
}

function renderAccount(account: AccountAt, all: readonly AccountAt[], page: TerminalPage): string[] {
  const { aliases, readers, kind, active } = account;
  const facts: [string, Phrase][] = [
    ...(kind === 'functional' ? [] : [['state', wordsOf(active ? 'active' : 'suspended: could not log in')] as const]),
    ...(aliases.length === 0 ? [] : [['aliases', listOf(aliases)] as const]),
    ['readers', readers.length === 0 ? wordsOf('nobody else') : readersPhrase(readers, all)],
  ].map(([name, words]) => [name as string, words as Phrase]);
  return [
    renderTerminalPhrase(namePhrase(account), page.colors),
    ...facts.flatMap(([name, words]) => renderParagraph(words, `  ${name.padEnd(8)}`, page)),
  ];
}

/** A reader who was suspended could not log in: told, since the list alone would not. */
function readersPhrase(readers: readonly string[], all: readonly AccountAt[]): Phrase {
  return joinPhrases(
    readers.map((reader) => {
      const isSuspended = all.some((account) => isNamed(account, reader) && !account.active);
      return isSuspended ? phrase`${reader} (suspended)` : phrase`${reader}`;
    }),
    ', ',
  );
}

function differencePhrases({ was, is, gained, lost }: AccessDifference): Phrase[] {
  const both = was !== null && is !== null;
  return [
    ...(was === null ? [wordsOf('was not managed before')] : []),
    ...(is === null ? [wordsOf('was deleted, or is not managed any more')] : []),
    ...(both && was.active !== is.active ? [wordsOf(is.active ? 'could log in again' : 'was suspended')] : []),
    ...(both && was.address !== is.address ? [phrase`was called ${was.address}`] : []),
    ...(both && was.aliases.join(' ') !== is.aliases.join(' ')
      ? [phrase`aliases: ${listOf(was.aliases)}; later ${listOf(is.aliases)}`]
      : []),
    ...(gained.length === 0 ? [] : [phrase`could newly be read by ${listOf(gained)}`]),
    ...(lost.length === 0 ? [] : [phrase`could no longer be read by ${listOf(lost)}`]),
  ];
}

function namePhrase({ address, fullName, kind }: AccountAt): Phrase {
  return phrase`${strong`${address}`} ${fullName}${kind === 'functional' ? phrase` (functional account)` : []}`;
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
