import { factPhrase } from '../../model/facts/fact.ts';
import picocolors from 'picocolors';
import type { AccountAttributes } from '../../model/schema/generated/plan.ts';
import type { ChangedOutside, DriftSubject } from '../../model/plan/drift.ts';
import { diffChange, isListDifference, type Difference } from '../../model/review/difference.ts';
import { countOf } from '../../model/text/grammar.ts';
import { joinPhrases, listOf, phrase, strong, valuePhrase, type Phrase } from '../../model/text/phrase.ts';
import { renderParagraph, type TerminalPage } from '../../model/text/terminal-phrase.ts';
import type { TerminalOptions } from '../../model/review/terminal.ts';
import { unmanagedPhrase } from '../../model/review/words-provenance.ts';
import { openLinePhrase } from '../../model/review/words-open.ts';
import type { DriftReport, ReportedOpen } from './drift-report.ts';
import { plainPhrase } from './words-event.ts';

const NAMES: Readonly<Record<keyof AccountAttributes, string>> = {
  address: 'address',
  fullName: 'name',
  active: 'active',
  mobile: 'mobile number',
  division: 'division',
  externalAccountId: 'key in Zivver',
  signOnKey: 'single sign-on key',
  aliases: 'aliases',
  delegates: 'delegates',
  members: 'members',
};

/** What an administrator has to look at first, first. Lines end in LF. */
export function renderDrift(report: DriftReport, { width, color }: TerminalOptions): string {
  const page = { width, colors: picocolors.createColors(color) };
  const { missing, probablyDeleted, reactivatedOutside, suspendedOutside, changed, deletionsNear, unmanaged } = report;
  const gone = new Set(probablyDeleted);
  const lines = [
    ...renderHead(report, page),
    ...renderList(
      'Missing in Zivver',
      missing.map((one) => missingPhrase(one, gone)),
      page,
    ),
    ...renderList('Reactivated outside: can log in, should not', reactivatedOutside.map(subjectPhrase), page),
    ...renderList('Suspended outside: cannot log in, should', suspendedOutside.map(subjectPhrase), page),
    ...renderList('Changed outside: desired → now', changed.flatMap(changedPhrases), page),
    ...renderList(
      'Without an alias that Zivver refused: no drift',
      report.refusedAliases.map(({ address, detail }) => phrase`${address}: ${factPhrase(detail)}`),
      page,
    ),
    ...renderList(
      'Without a record: the branch says so, and no plan does',
      report.unrecorded.map(({ file, how }) => phrase`${file}: ${wordsOf(how)} after the newest plan`),
      page,
    ),
    ...renderList('Open: left as they are by the last plan', report.open.map(openPhrase), page),
    ...renderList(
      'Soon deleted automatically, if that is switched on in Zivver',
      deletionsNear.map(
        ({ days, deletedFrom, plan, ...one }) =>
          phrase`${subjectPhrase(one)}: from ${wordsOf(deletedFrom)} on; suspended ${days} days ago by plan ${wordsOf(plan)}`,
      ),
      page,
    ),
    ...renderList(
      'Not managed: in Zivver only, left alone',
      unmanaged.map((one) => (one.isNew ? phrase`${unmanagedPhrase(one)} · new` : unmanagedPhrase(one))),
      page,
    ),
    ...renderNotes(report, page),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function renderHead(
  { organisation, branch, commit, differing, compared }: DriftReport,
  page: TerminalPage,
): readonly string[] {
  const where = phrase`approved on ${branch} (commit ${wordsOf(commit.slice(0, 10))})`;
  const accounts = countOf(compared, 'account', 'accounts');
  if (differing === 0)
    return renderParagraph(phrase`${organisation}: no drift. Zivver is as ${where}; ${accounts} compared.`, '', page);
  return renderParagraph(phrase`${organisation}: ${differing} of ${accounts} are not as ${where}.`, '', page);
}

function renderNotes({ pendingPlan, pending, unverifiable }: DriftReport, page: TerminalPage): readonly string[] {
  const { ssoKeys, externalIds, malformed, mobiles } = unverifiable;
  const notes = [
    ...(pendingPlan === null
      ? []
      : [
          phrase`Plan ${wordsOf(pendingPlan)} is merged and not applied completely; what it still changes (${countOf(pending, 'account', 'accounts')}) is no drift.`,
        ]),
    ...(ssoKeys > 0
      ? [
          phrase`Not verifiable: ${countOf(ssoKeys, 'single sign-on key', 'single sign-on keys')}. Zivver never tells them.`,
        ]
      : []),
    ...(malformed > 0
      ? [
          phrase`Not verifiable: ${countOf(malformed, 'account', 'accounts')}. What Zivver sends of ${malformed === 1 ? 'it' : 'them'} cannot be read.`,
        ]
      : []),
    ...(mobiles > 0
      ? [
          phrase`Not verifiable: ${countOf(mobiles, 'sealed mobile number', 'sealed mobile numbers')}. Set ZIVVER_GITOPS_FINGERPRINT_KEY to the key they were sealed with.`,
        ]
      : []),
    ...(externalIds > 0
      ? [
          phrase`Not verifiable: the key of ${countOf(externalIds, 'account', 'accounts')}. This Zivver returns no ExternalAccountId, so accounts are found by address only.`,
        ]
      : []),
  ];
  return notes.length === 0 ? [] : ['', ...notes.flatMap((note) => renderParagraph(note, '', page))];
}

function openPhrase({ isNew, ...line }: ReportedOpen): Phrase {
  const access = line.keepsAccess ? strong`keeps access: ` : [];
  return phrase`${access}${openLinePhrase(line)}${isNew ? phrase` · not in the newest plan` : []}`;
}

/** Nothing for a list without lines. */
function renderList(title: string, phrases: readonly Phrase[], page: TerminalPage): readonly string[] {
  if (phrases.length === 0) return [];
  const head = page.colors.bold(title);
  return ['', head, ...phrases.flatMap((line) => renderParagraph(line, '  ', page))];
}

function subjectPhrase({ address, fullName, kind }: DriftSubject): Phrase {
  const name = plainPhrase(fullName);
  return kind === 'user' ? phrase`${address} · ${name}` : phrase`${address} · ${name} · functional account`;
}

function missingPhrase(one: DriftSubject, probablyDeleted: ReadonlySet<string>): Phrase {
  if (probablyDeleted.has(one.address))
    return phrase`${subjectPhrase(one)}: suspended for 90 days, probably deleted automatically`;
  return one.isDesiredActive ? subjectPhrase(one) : phrase`${subjectPhrase(one)}: was suspended`;
}

function changedPhrases(one: ChangedOutside): Phrase[] {
  const differences = diffChange({ before: one.desired, after: one.now });
  return [subjectPhrase(one), ...differences.map((difference) => phrase`  ${differencePhrase(difference)}`)];
}

function differencePhrase(difference: Difference): Phrase {
  const name = wordsOf(NAMES[difference.attribute]);
  if (!isListDifference(difference))
    return phrase`${name}: ${valuePhrase(difference.before)} → ${valuePhrase(difference.after)}`;
  const { added, removed } = difference;
  const parts = [
    ...(removed.length > 0 ? [phrase`lost ${listOf(removed)}`] : []),
    ...(added.length > 0 ? [phrase`gained ${listOf(added)}`] : []),
  ];
  return phrase`${name}: ${joinPhrases(parts, '; ')}`;
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
