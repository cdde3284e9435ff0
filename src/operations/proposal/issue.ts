import type { GithubWriter } from '../../adapters/forge/github/github-writer.ts';
import { isMarked, markOf } from './marked-comment.ts';

export const ISSUE_KINDS = ['drift', 'status', 'ledger'] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export interface Alarm {
  readonly organisation: string;
  readonly kind: IssueKind;
  /** Exit code of the command; 0 = all is well. */
  readonly code: number;
  /** What the command printed. */
  readonly text: string;
  readonly runUrl: string | null;
}

const TITLES: Readonly<Record<IssueKind, string>> = {
  drift: 'Zivver is not as approved',
  status: 'A merged plan is not applied',
  ledger: 'The ledger cannot be verified',
};

const TEXT_CHARACTERS = 50_000;

/** Opens, edits or closes the one issue of this kind. Returns what it did, for people. */
export async function writeIssue(github: GithubWriter, alarm: Alarm): Promise<string> {
  const mark = markOf('issue', alarm.organisation, alarm.kind);
  const issues = await github.readAll('/issues?state=open&labels=zivver-gitops');
  const open = issues.find((issue) => isMarked(issue, mark, 'bot'));
  const number = Number(open?.['number']);
  if (alarm.code === 0) {
    if (open === undefined) return 'All is well, and no issue is open.';
    await github.send('POST', `/issues/${number}/comments`, { body: `All is well again.${runLine(alarm)}` });
    await github.send('PATCH', `/issues/${number}`, { state: 'closed' });
    return `Issue #${number} is closed.`;
  }
  const title = `${TITLES[alarm.kind]}: ${alarm.organisation}`;
  const body = `${mark}\n${renderBody(alarm)}`;
  if (open === undefined) {
    const made = await github.make('/issues', { title, body, labels: ['zivver-gitops'] });
    return `Issue #${made} is open.`;
  }
  await github.send('PATCH', `/issues/${number}`, { title, body });
  return `Issue #${number} is up to date.`;
}

/** Output is shown in a block that nothing in it can end; people and issues named in it are not called. */
function renderBody(alarm: Alarm): string {
  const text = alarm.text.slice(0, TEXT_CHARACTERS).trimEnd();
  const rest = alarm.text.length > TEXT_CHARACTERS ? '\n\nToo long to be shown here as a whole; read the run.' : '';
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `Exit code ${alarm.code}.${runLine(alarm)}\n\n${fence}text\n${text}\n${fence}${rest}`;
}

function runLine({ runUrl }: Alarm): string {
  return runUrl === null ? '' : ` Seen by ${runUrl}`;
}
