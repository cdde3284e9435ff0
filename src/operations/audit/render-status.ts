import picocolors from 'picocolors';
import { countOf } from '../../model/text/grammar.ts';
import { joinPhrases, phrase, strong, type Phrase } from '../../model/text/phrase.ts';
import { renderParagraph, renderTerminalPhrase, type TerminalPage } from '../../model/text/terminal-phrase.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import { isNotApplied, type NewestPlan, type OrganisationStatus } from './status.ts';
import { proofPhrase } from '../../model/review/words-approval.ts';
import { limitNamePhrase } from '../../model/review/words-limit.ts';
import { openLinesPhrase } from '../../model/review/words-open.ts';
import { minuteOf } from './words-event.ts';

/** Lines end in LF. */
export function renderStatus(status: OrganisationStatus, { width, color }: TerminalOptions): string {
  const page = { width, colors: picocolors.createColors(color) };
  const { newest, lastApplied, proposed, ledgerHead, next } = status;
  const rows: [string, Phrase][] = [
    ['newest plan', newest === null ? phrase`none on the branch` : newestPhrase(newest)],
    ...(newest === null ? [] : [['approval', proofPhrase(newest.approval)] as [string, Phrase]]),
    ...(proposed === null ? [] : [['proposed', proposedPhrase(proposed)] as [string, Phrase]]),
    ['last applied', appliedPhrase(lastApplied)],
    ...(status.openAccounts.length === 0 ? [] : [['open', openLinesPhrase(status.openAccounts)] as [string, Phrase]]),
    ...(status.overTime.length === 0 ? [] : [['used', overTimePhrase(status)] as [string, Phrase]]),
    ...peopleRows(status),
    ['ledger', phrase`verified, head ${ledgerHead.slice(0, 'sha256:'.length + 12)}…`],
    ['next step', nextPhrase(status, next)],
  ];
  return [
    renderTerminalPhrase(strong`${status.organisation}`, page.colors) + mark(status, page),
    ...rows.flatMap(([name, words]) => renderParagraph(words, `  ${name.padEnd(14)}`, page)),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** What people are to look at, and whom nobody reached. */
function peopleRows({ undelivered, owners, overdueCertifications }: OrganisationStatus): [string, Phrase][] {
  const { missing = 0, overdue = 0 } = owners ?? {};
  const ownerParts = [
    ...(missing === 0
      ? []
      : [phrase`${countOf(missing, 'functional account', 'functional accounts')} without an owner`]),
    ...(overdue === 0 ? [] : [phrase`${overdue} to be looked at again (owners.yaml)`]),
  ];
  const late = overdueCertifications.map(
    ({ campaign, undecided, due }) => phrase`${wordsOf(campaign)} was due ${wordsOf(due)}, ${undecided} undecided`,
  );
  const failed = undelivered.map(
    ({ to, at, failure }) => phrase`${to} was not reached on ${moment(at)}: ${failure ?? ''}`,
  );
  return [
    ...(ownerParts.length === 0 ? [] : [['owners', joinPhrases(ownerParts, ', ')] as [string, Phrase]]),
    ...(late.length === 0 ? [] : [['certify', strong`${joinPhrases(late, ' · ')}`] as [string, Phrase]]),
    ...(failed.length === 0 ? [] : [['notify', strong`${joinPhrases(failed, ' · ')}`] as [string, Phrase]]),
  ];
}

function mark(status: OrganisationStatus, { colors }: TerminalPage): string {
  if (status.newest?.isOverdue === true) return colors.red('  OVERDUE');
  return isNotApplied(status) ? colors.yellow('  not applied') : '';
}

function newestPhrase(newest: NewestPlan): Phrase {
  const { name, changes, mergedAt } = newest;
  const counted = phrase`${wordsOf(name)}, ${countOf(changes, 'change', 'changes')}, merged ${moment(mergedAt)}: `;
  return phrase`${counted}${standingPhrase(newest)}`;
}

function standingPhrase({ standing, expiresAt, openPlan, holder }: NewestPlan): Phrase {
  switch (standing) {
    case 'applied':
      return phrase`applied completely`;
    case 'waiting':
      return strong`not applied yet, expires ${moment(expiresAt)}`;
    case 'expired':
      return strong`never applied, expired ${moment(expiresAt)}`;
    case 'superseded':
      return strong`never applied, and another plan was applied since it was made`;
    case 'open':
      return strong`${holderPhrase(holder)}, or that run died`;
    case 'blocked':
      return strong`never to be applied, because plan ${wordsOf(openPlan ?? '')} began after it was made and has not ended: ${holderPhrase(holder)}, or that run died. Only once that run is surely over, close it; then make a new plan`;
    case 'incomplete':
      return strong`applied in part, some changes failed`;
    case 'interrupted':
      return strong`its apply was interrupted`;
    case 'refused':
      return strong`refused as a whole, because Zivver had changed since it was made`;
    case 'reconfigured':
      return strong`not applied, and it never will be: organisation.yaml was changed since it was made`;
    case 'abandoned':
      return strong`abandoned after its apply died; what Zivver has by now is for a new plan to see`;
  }
}

function holderPhrase(holder: NewestPlan['holder']): Phrase {
  if (holder === null) return phrase`its apply has not ended`;
  const { since, processId, host, runUrl } = holder;
  return phrase`being applied since ${moment(since)} by process ${String(processId)} on ${host}${runPhrase(runUrl)}`;
}

function runPhrase(runUrl: string | null): Phrase {
  return runUrl === null ? [] : phrase` (${runUrl})`;
}

function proposedPhrase(name: string): Phrase {
  return phrase`${wordsOf(name)} lies here and is not on the branch: have its plan.md reviewed and merged`;
}

function appliedPhrase(last: OrganisationStatus['lastApplied']): Phrase {
  if (last === null) return phrase`none`;
  const totals = Object.entries(last.totals).sort(([, a], [, b]) => b - a);
  const counted = totals.map(([status, count]) => phrase`${count} ${wordsOf(status)}`);
  const told = counted.length === 0 ? phrase`nothing to change` : joinPhrases(counted, ', ');
  const eyes = last.approval === 'single' ? phrase`, with one pair of eyes` : [];
  return phrase`${wordsOf(last.name)} on ${moment(last.at)}: ${told}${eyes}`;
}

function overTimePhrase({ overTime }: OrganisationStatus): Phrase {
  const used = overTime.map(
    (finding) => phrase`${limitNamePhrase(finding)}: ${finding.observed} of at most ${finding.limit ?? 0}`,
  );
  return joinPhrases(used, ' · ');
}

function nextPhrase(status: OrganisationStatus, next: string | null): Phrase {
  if (next !== null) return strong`${wordsOf(next)}`;
  if (status.proposed !== null) return phrase`review and merge the proposed plan`;
  return phrase`none: everything that was merged is applied`;
}

function moment(timestamp: string): Phrase {
  return wordsOf(`${minuteOf(timestamp)} UTC`);
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
