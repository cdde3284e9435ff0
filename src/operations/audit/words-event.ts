import { isSuccessStatus } from '../../model/ledger/outcome-status.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import { diffChange } from '../../model/review/difference.ts';
import { joinPhrases, phrase, type Phrase } from '../../model/text/phrase.ts';
import { effectPhrases } from '../../model/review/words-change.ts';
import { evidencePhrase } from '../../model/review/words-evidence.ts';
import type { Change } from '../../model/change/change.ts';
import type { ApprovalView } from './approval-view.ts';
import type { EventOutcome, PlanEvent, PlanState } from './plan-events.ts';

/** Words of ours for what became of a change. */
export const OUTCOME_NAMES: Readonly<Record<EventOutcome, string>> = {
  applied: 'done',
  'already-applied': 'was so already',
  adopted: 'done; the answer was lost, the result was found',
  conflicted: 'not done: Zivver had changed meanwhile',
  failed: 'failed',
  skipped: 'not tried, because too much had failed before',
  refused: 'not done: the whole plan was refused',
  'not-tried': 'not tried: the apply ended before',
  open: 'under way, or the apply died',
  abandoned: 'not known: the apply died and was closed; the plan after it tells what Zivver had',
  'not-applied': 'not applied',
};

/** Words of ours for where a plan stands. */
export const STATE_NAMES: Readonly<Record<PlanState, string>> = {
  complete: 'complete',
  incomplete: 'incomplete',
  interrupted: 'interrupted',
  refused: 'refused',
  abandoned: 'abandoned',
  open: 'open',
  'not-applied': 'not applied',
};

export function isDone({ outcome }: Pick<PlanEvent, 'outcome'>): boolean {
  return isSuccessStatus(outcome);
}

/** The title says all of it: sent, answered, and seen in the reading afterwards. */
export function isPlainlyDone({ outcome, detail, isUnconfirmed }: PlanEvent): boolean {
  return outcome === 'applied' && detail === null && isUnconfirmed === false;
}

/** `Suspended`, or `Not suspended`. */
export function titleOf(event: PlanEvent): string {
  const word = participleOf(event.change);
  return isDone(event) ? word.charAt(0).toUpperCase() + word.slice(1) : `Not ${word}`;
}

/** What the change does, without what its title says. */
export function effectPhrase({ change, sso }: PlanEvent): Phrase {
  const reviewed = {
    change,
    differences: diffChange(change),
    moves: [],
    follows: false,
    places: [],
    touched: undefined,
  };
  return joinPhrases(effectPhrases(reviewed, sso), '; ');
}

export function whyPhrase({ change }: PlanEvent): Phrase {
  return evidencePhrase(change);
}

export function outcomePhrase({ outcome, detail, isUnconfirmed }: PlanEvent): Phrase {
  const told: Phrase = [{ style: 'words', text: OUTCOME_NAMES[outcome] }];
  const more = detail === null ? told : phrase`${told}: ${detail}`;
  if (isUnconfirmed === 'unread') return phrase`${more}; not confirmed, because Zivver could not be read afterwards`;
  return isUnconfirmed ? phrase`${more}; the reading of Zivver afterwards did not show it` : more;
}

/** `merged by R <r@a.b> on 2026-11-23 10:15, approved by rita and koen, proposed by P <p@a.b>`. */
export function approvalPhrase(approval: ApprovalView): Phrase {
  const { mergedBy, mergedAt, planAuthor, commit, pullRequest, reviews, signers } = approval;
  const people = reviews.map(({ login }) => phrase`${login}`);
  const names = signers.map(({ name, address }) => phrase`${plainPhrase(`${name} <${address}>`)}`);
  const signed = names.length === 0 ? [] : phrase`, signed by ${joinPhrases(names, ' and ')}`;
  const single = approval.provenBy === 'single' ? phrase`, one pair of eyes` : [];
  const reviewed = people.length === 0 ? [] : phrase`, approved by ${joinPhrases(people, ' and ')}`;
  const author = planAuthor === mergedBy ? [] : phrase`, proposed by ${plainPhrase(planAuthor)}`;
  const where = pullRequest === null ? [] : phrase`, ${pullRequest}`;
  const merged =
    mergedBy === null ? phrase`merged on GitHub (by whom is not in git)` : phrase`merged by ${plainPhrase(mergedBy)}`;
  return phrase`${merged} on ${plainPhrase(minuteOf(mergedAt))}${signed}${reviewed}${author}${single}, commit ${commit.slice(0, 10)}${where}`;
}

/** `2026-11-23 10:15`, UTC. */
export function minuteOf(timestamp: string): string {
  const moment = new Date(timestamp);
  return Number.isNaN(moment.getTime()) ? timestamp : moment.toISOString().slice(0, 16).replace('T', ' ');
}

/** Text that is not ours where nothing can be mistaken: escaped, without quotes. */
export function plainPhrase(text: string): Phrase {
  return [{ style: 'words', text: escapeTerminal(text) }];
}

function participleOf({ action, before }: Change): string {
  switch (action) {
    case 'create':
      return 'created';
    case 'suspend':
      return 'suspended';
    case 'reactivate':
      return 'reactivated';
    case 'delete':
      return 'deleted';
    case 'update':
      return before.address === undefined ? 'updated' : 'renamed';
  }
}
