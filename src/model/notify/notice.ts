import type { NotifyEvent } from '../schema/generated/finding.ts';

/** Something to be told, whoever is told it and how. Texts may hold what is not ours; whoever sends them escapes them. */
export interface Notice {
  readonly event: NotifyEvent;
  /** The same thing is told once: digest of a plan, of a record … */
  readonly about: string;
  /** One sentence with counts and no names. */
  readonly title: string;
  /** Sentences with counts and no names. */
  readonly lines: readonly string[];
  /** A line each that names people. */
  readonly names: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** Where people look; null: not known here. */
export interface NoticeLinks {
  /** List of open pull requests. */
  readonly proposals: string | null;
  /** This run of the pipeline. */
  readonly run: string | null;
}

export function linksTo(label: string, url: string | null): Notice['links'] {
  return url === null ? [] : [{ label, url }];
}

/** `1 account`, `3 accounts`. */
export function countWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** `2026-11-23 10:15 UTC` */
export function formatMinute(timestamp: string): string {
  return `${new Date(timestamp).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
