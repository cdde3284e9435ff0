import { formatCount } from '../../model/text/format-count.ts';
import pc from 'picocolors';
import { ReconcileError } from '../../model/errors.ts';
import { provenBy } from '../../model/approval/approval-summary.ts';
import { proofPhrase } from '../../model/review/words-approval.ts';
import { renderTerminalPhrase, type Colors } from '../../model/text/terminal-phrase.ts';
import { isSuccess, type Outcome } from './outcome.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import type { Output } from '../output.ts';
import type { ApplyResult } from './run-apply.ts';

/** Prints what became of every change, and throws for every end that is not a full success (40, 41, 44). */
export function reportApply(result: ApplyResult, output: Output): void {
  const { name, outcomes, unconfirmed, unread, verdict } = result;
  const colors = pc.createColors(output.hasColor);
  output.print(`Plan ${name}: ${renderTotals(outcomes)}.`);
  const told = [...renderTroubles(outcomes), ...renderRefused(outcomes), ...renderUnconfirmed(result)];
  for (const line of told) output.print(colors.yellow(line));
  const proof = provenBy(result.approval);
  output.print(renderApproval(result, colors));
  output.printJson('apply', {
    plan: name,
    verdict,
    provenBy: proof,
    unconfirmed,
    unread,
    outcomes: outcomes.map(({ change, ...outcome }) => ({
      id: change.id,
      action: change.action,
      address: change.address,
      ...outcome,
    })),
  });
  if (verdict === 'complete')
    output.print(colors.green('Everything in the plan is done and confirmed; the ledger has the record.'));
  else throw troubleOf(result);
}

/** What proves that people approved it; the names are as in git, signers.yaml or on the forge. */
function renderApproval({ approval }: ApplyResult, colors: Colors): string {
  const { signatures, reviews, mergedBy } = approval;
  const people = signatures?.approvals.map(({ name }) => name) ?? reviews?.reviews.map(({ login }) => login) ?? [];
  const who = people.length > 0 ? people.join(', ') : mergedBy;
  const named = who === null ? '' : ` (${escapeTerminal(who)})`;
  return `Approval: ${renderTerminalPhrase(proofPhrase(provenBy(approval)), colors)}${named}.`;
}

function renderTotals(outcomes: readonly Outcome[]): string {
  const totals = new Map<string, number>();
  for (const { status } of outcomes) totals.set(status, (totals.get(status) ?? 0) + 1);
  return totals.size === 0
    ? 'nothing to change in Zivver'
    : [...totals].map(([status, count]) => `${count} ${status}`).join(', ');
}

/** Equal causes once (`14 accounts failed: …`), with all their accounts and one cure. */
export function renderTroubles(outcomes: readonly Outcome[]): string[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (isSuccess(outcome)) continue;
    const cause = `${outcome.status}: ${outcome.detail ?? ''}`;
    groups.set(cause, [...(groups.get(cause) ?? []), outcome]);
  }
  return [...groups].flatMap(([cause, group]) => {
    const subjects = group.map(({ change }) => `${change.action} ${escapeTerminal(change.address)}`);
    const [only] = subjects;
    return [
      `  ${subjects.length === 1 ? only : `${subjects.length} accounts`} ${escapeTerminal(cause)}`,
      ...(subjects.length === 1 ? [] : [`    ${subjects.join(', ')}`]),
      `    fix: ${escapeTerminal(group[0]?.cure ?? 'Make a new plan.')}`,
    ];
  });
}

/** Done, but for aliases that Zivver refused. */
function renderRefused(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ change, status, withoutAliases, detail, cure }) =>
    withoutAliases === undefined
      ? []
      : [
          `  ${change.action} ${escapeTerminal(change.address)} ${status} ${escapeTerminal(detail ?? '')}`,
          `    fix: ${escapeTerminal(cure ?? '')}`,
        ],
  );
}

function renderUnconfirmed({ outcomes, unconfirmed, unread }: ApplyResult): string[] {
  if (unread !== null)
    return [
      `  Zivver answered ${unconfirmed.length === 1 ? 'one change' : `${unconfirmed.length} changes`} with success, but could not be read afterwards, so nothing is confirmed: ${escapeTerminal(unread)}`,
    ];
  return unconfirmed.map((id) => `  ${addressOf(outcomes, id)}: done, but the reading afterwards does not show it`);
}

function addressOf(outcomes: readonly Outcome[], id: string): string {
  return escapeTerminal(outcomes.find(({ change }) => change.id === id)?.change.address ?? id);
}

function troubleOf({ verdict, outcomes, unconfirmed, unread, changes }: ApplyResult): ReconcileError {
  if (verdict === 'interrupted')
    return new ReconcileError(
      'APPLY_INTERRUPTED',
      `The apply was interrupted after ${formatCount(outcomes.length)} of ${formatCount(changes)} changes; what was in flight is finished and recorded`,
      {
        remedy: 'Apply the same plan again: it goes on where it stopped.',
      },
    );
  if (unread !== null && outcomes.every(isSuccess))
    return new ReconcileError(
      'APPLY_INCOMPLETE',
      'Everything was answered with success, and nothing is confirmed yet',
      {
        remedy: 'Apply the same plan again when Zivver can be read: it sends nothing that is done, and confirms it.',
      },
    );
  const isTried = outcomes.some(({ status }) => status === 'failed' || status === 'skipped');
  if (isTried || unconfirmed.length > 0)
    return new ReconcileError('APPLY_INCOMPLETE', 'Some changes are not done', {
      remedy: 'Mend the causes above, then apply the same plan again, or make a new one.',
    });
  return new ReconcileError(
    'APPLY_CONFLICTS',
    'Some accounts were changed in Zivver since the plan was made, and were left alone',
    {
      remedy: 'Make a new plan and have it reviewed.',
    },
  );
}
