/** What happened in a time, for auditors. Pure data; the same clone gives the same bytes on every run. */
export interface AuditReport {
  readonly organisation: string;
  /** ISO timestamps; both are in it. */
  readonly from: string;
  readonly to: string;
  /** Of the ledger at `to`; nulls: no plan had begun. */
  readonly head: { readonly plan: string | null; readonly record: string | null; readonly commit: string | null };
  readonly parts: readonly ReportPart[];
  /** What an auditor may look for, and is recorded nowhere; sentences of ours. */
  readonly notRecorded: readonly string[];
}

export interface ReportPart {
  readonly id: PartId;
  readonly title: string;
  /** Which controls ask for it. */
  readonly controls: readonly string[];
  /** One sentence of ours. */
  readonly summary: string;
  readonly rows: readonly ReportRow[];
}

export type PartId = keyof typeof PARTS;

/** Text as it is, not escaped; '' = does not apply. */
export interface ReportRow {
  /** `2026-11-23 10:15`, UTC. */
  readonly time: string;
  /** Address, or name of a plan. */
  readonly subject: string;
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly plan: string;
  /** Who let it through. */
  readonly approved: string;
  /** Of a leaver, from what the source says of it to Zivver: disabled, or expired. */
  readonly lag: string;
  /** From the plan to Zivver. */
  readonly took: string;
  /** Of a leaver, when each of these was. */
  readonly steps: string;
  readonly outcome: string;
  /** Digest of the ledger's record. */
  readonly record: string;
}

export const COLUMNS: Readonly<Record<keyof ReportRow, string>> = {
  time: 'When (UTC)',
  subject: 'Account or plan',
  name: 'Name',
  what: 'What',
  why: 'Why, on what evidence',
  plan: 'Plan',
  approved: 'Who let it through',
  lag: 'From the source to Zivver',
  took: 'From plan to Zivver',
  steps: 'Source, plan, approval, Zivver (UTC)',
  outcome: 'Outcome',
  record: 'Record of the ledger',
};

/** The numbers of NEN 7510:2024 and BIO2 are those of ISO 27002:2022. */
function iso(numbers: string, ...others: readonly string[]): readonly string[] {
  return [`ISO 27001, NEN 7510 and BIO2 ${numbers}`, ...others];
}

/** In the order of the report, with the controls that ask for each. */
export const PARTS = {
  plans: { title: 'Plans', controls: iso('8.15, 8.32', 'NIS2 CIR 6.4') },
  onePair: { title: 'One pair of eyes', controls: iso('5.3') },
  joiners: { title: 'Joiners: new accounts', controls: iso('5.16, 5.18', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2') },
  movers: { title: 'Movers: renamed, moved, returned', controls: iso('5.16, 5.18', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2') },
  leavers: { title: 'Leavers: suspended or deleted', controls: iso('5.18, 6.5', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2') },
  access: {
    title: 'Access to other people’s mail',
    controls: iso('5.15, 5.18, 8.3', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2'),
  },
  notDone: { title: 'Not done, or not confirmed', controls: iso('8.32', 'NIS2 CIR 6.4') },
  lifted: { title: 'Limits that were lifted', controls: iso('8.32', 'NIS2 CIR 6.4') },
  refused: {
    title: 'Jobs that were refused, or failed, before the first write',
    controls: iso('8.32', 'NIS2 CIR 6.4'),
  },
  drift: { title: 'Drift: Zivver otherwise than approved', controls: iso('8.15, 8.16', 'NIS2 CIR 3.2') },
  told: { title: 'Who was told', controls: iso('6.8, 8.16', 'NIS2 CIR 3.2') },
  rollbacks: { title: 'Taken back by a later plan', controls: iso('8.32', 'NIS2 CIR 6.4') },
  open: { title: 'Left open at the end', controls: iso('5.18', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2') },
  unmanaged: { title: 'In Zivver and not managed, at the end', controls: iso('5.16', 'NIS2 CIR 11.5') },
  dormant: {
    title: 'Dormant: in use, and no login for long, at the end',
    controls: iso('5.16, 5.18', 'NIS2 CIR 11.5'),
  },
  functional: {
    title: 'Functional accounts and their readers, at the end',
    controls: iso('5.18', 'NIS2 CIR 11.2, 11.5'),
  },
  certified: {
    title: 'Recertification: what owners decided about readers',
    controls: iso('5.18', 'NIS2 CIR 11.2', 'NTA 7516 6.4.2'),
  },
  protected: { title: 'Protected accounts and administrators, at the end', controls: iso('8.2', 'NIS2 CIR 11.3') },
} as const;

export function buildPart(id: PartId, summary: string, rows: readonly ReportRow[]): ReportPart {
  return { id, title: PARTS[id].title, controls: PARTS[id].controls, summary, rows };
}

export function buildRow(row: Partial<ReportRow>): ReportRow {
  return {
    time: '',
    subject: '',
    name: '',
    what: '',
    why: '',
    plan: '',
    approved: '',
    lag: '',
    took: '',
    steps: '',
    outcome: '',
    record: '',
    ...row,
  };
}
