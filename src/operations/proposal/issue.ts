import { FORGES } from '../../model/forge/forges.ts';
import type { Forge } from '../../model/forge/forge.ts';
import { markOf } from './marked-comment.ts';

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

/** Opens, edits or closes the one issue (work item) of this kind. Returns what it did, for people. */
export async function writeIssue(forge: Forge, alarm: Alarm): Promise<string> {
  const mark = markOf('issue', alarm.organisation, alarm.kind);
  const open = await forge.findAlarm(mark);
  const what = FORGES[forge.kind].issue;
  if (alarm.code === 0) {
    if (open === null) return `All is well, and no ${what.toLowerCase()} is open.`;
    await forge.closeAlarm(open, `All is well again.${runLine(alarm)}`);
    return `${what} #${open} is closed.`;
  }
  const told = {
    mark,
    title: `${TITLES[alarm.kind]}: ${alarm.organisation}`,
    lead: `Exit code ${alarm.code}.${runLine(alarm)}${alarm.text.length > TEXT_CHARACTERS ? ' The text is too long to be shown here as a whole: read the run.' : ''}`,
    text: alarm.text.slice(0, TEXT_CHARACTERS).trimEnd(),
  };
  if (open === null) return `${what} #${await forge.openAlarm(told)} is open.`;
  await forge.editAlarm(open, told);
  return `${what} #${open} is up to date.`;
}

function runLine({ runUrl }: Alarm): string {
  return runUrl === null ? '' : ` Seen by ${runUrl}`;
}
