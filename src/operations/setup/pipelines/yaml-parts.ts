/** Parts that several generated pipelines share, with their indentation. */

/** What a pipeline is made for. */
export interface PipelineOptions {
  /** Names of the folders under desired/, sorted. */
  readonly organisations: readonly string[];
  /** Branch whose merges are approvals. */
  readonly branch: string;
  /** Label (tag, pool) of the self-hosted runner in the LAN. */
  readonly runner: string;
  /** Who must review: `@org/team` or `@login`, at least one. */
  readonly owners: readonly string[];
  /** When plans are made: five fields of cron, in UTC. */
  readonly schedule: string;
}

/** Every hour of working days: a plan that says the same as the open one changes nothing. */
export const HOURLY = '23 * * * 1-5';

export function renderHead(...lines: readonly string[]): string {
  return [...lines, 'Made by `zivver-gitops init --ci`: run it again after a new organisation or version.']
    .map((line) => `# ${line}\n`)
    .join('');
}

export const CALL = 'npx --no-install zivver-gitops --organisation "$ORGANISATION"';

/** What `notify` needs to reach people. */
export const NOTIFY_SECRETS = ['ZIVVER_GITOPS_SMTP_PASSWORD', 'ZIVVER_GITOPS_WEBHOOKS'] as const;

/** What the daily job looks at: the kind of the alarm, and the command that finds it. */
export const DAILY_CHECKS = [
  { kind: 'drift', title: 'Compare Zivver with the branch', command: 'drift' },
  { kind: 'status', title: 'Look for merged plans that are not applied', command: 'status' },
  { kind: 'ledger', title: 'Verify the ledger', command: 'ledger verify' },
] as const;

/** Lists of at most `size`. */
export function splitList<Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] {
  const parts: Value[][] = [];
  for (let start = 0; start < values.length; start += size) parts.push(values.slice(start, start + size));
  return parts;
}
