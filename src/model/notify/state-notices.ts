import { digestOf } from '../canonical.ts';
import type { OpenLine } from '../desired/open-file.ts';
import { EXIT_CODES } from '../errors.ts';
import { openReasonWords } from '../review/words-open.ts';
import type { RunFinding } from '../schema/generated/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { countWords, DAY_MS, formatMinute, linksTo, type Notice, type NoticeLinks } from './notice.ts';

const NAMED = 20;

/** Accounts that stand open on the branch; told again when they are others. */
export function buildOpenNotices(
  organisation: string,
  open: readonly OpenLine[],
  links: NoticeLinks,
): readonly Notice[] {
  if (open.length === 0) return [];
  const keeping = open.filter(({ keepsAccess }) => keepsAccess).length;
  const reasons = [...groupBy(open, ({ reason }) => reason)].map(
    ([reason, lines]) => `${lines.length}: ${openReasonWords(reason)}.`,
  );
  const identities = open.map(({ key, address, reason, value = '' }) => `${key} ${address} ${reason} ${value}`).sort();
  return [
    {
      event: 'open',
      about: digestOf(identities.join('\n')),
      title: `${organisation}: ${countWords(open.length, 'account or entry is', 'accounts or entries are')} open${keeping === 0 ? '' : `, ${keeping} with access although the source does not say so`}`,
      lines: [...reasons, 'Why, and the cure of each: the review of the newest plan, and open.yaml.'],
      names: [
        ...open
          .slice(0, NAMED)
          .map(({ address, reason, since }) => `${address}: ${openReasonWords(reason)}, since ${since}`),
        ...(open.length > NAMED ? [`and ${open.length - NAMED} more, see open.yaml`] : []),
      ],
      links: linksTo('Run', links.run),
    },
  ];
}

/** Of the last run of each job. `text`: what the job printed, which may name people; [] if it is not known. */
export function buildRunNotices(
  organisation: string,
  { runs, text, now }: { runs: readonly RunFinding[]; text: readonly string[]; now: Date },
): readonly Notice[] {
  const last = runs.at(-1);
  if (last === undefined || last.code === 0) return [];
  const isDrift = last.during === 'daily';
  if (isDrift && last.code !== EXIT_CODES.DRIFT_FOUND) return [];
  const since = formatMinute(last.at);
  // While it lasts it is told again: of a plan that cannot be made every day, of drift every week.
  const turn = Math.floor((now.getTime() - Date.parse(last.at)) / (isDrift ? 7 * DAY_MS : DAY_MS));
  return [
    {
      event: isDrift ? 'drift' : 'refused',
      about: `${last.during} ${last.plan ?? ''} ${last.code} ${last.at} ${turn}`,
      title: isDrift ? `${organisation}: Zivver is not as approved` : `${organisation}: ${refusedWords(last)}`,
      lines: [
        isDrift
          ? `Found ${since}. zivver-gitops drift tells what is otherwise.`
          : `Since ${since}. ${REFUSED_LINES[last.during]}`,
      ],
      names: text.slice(0, NAMED_LINES),
      links: linksTo('Run', last.runUrl),
    },
  ];
}

const NAMED_LINES = 60;

const REFUSED_LINES: Readonly<Record<RunFinding['during'], string>> = {
  plan: 'No file was written. The run tells why, and what to do.',
  apply: 'Zivver is as it was. The run tells why, and what to do.',
  daily: '',
};

function refusedWords({ during, code, plan }: RunFinding): string {
  const codes = Object.entries(EXIT_CODES).flatMap(([name, exit]) => (exit === code ? [name] : []));
  const why = `exit ${code}${codes.length === 0 || codes.length > 3 ? '' : `, ${codes.join(' or ')}`}`;
  return during === 'plan'
    ? `no plan could be made (${why})`
    : `plan ${plan ?? ''} was refused before the first write (${why})`;
}
