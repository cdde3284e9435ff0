import picocolors from 'picocolors';
import type { Phrase } from '../../../model/text/phrase.ts';
import { renderTerminalPhrase } from '../../../model/text/terminal-phrase.ts';
import type { ApprovalView } from '../approval-view.ts';

const plain = picocolors.createColors(false);

export function textOf(words: Phrase): string {
  return renderTerminalPhrase(words, plain);
}

/** `No plans`, `1 plan`, `3 plans`: the beginning of a sentence. */
export function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'No' : number} ${number === 1 ? one : many}`;
}

/** `, 2 of them …`; nothing of none. */
export function ofThem(number: number, words: string): string {
  return number === 0 ? '' : `, ${number} of them ${words}`;
}

/** Whoever let a plan through, as far as it is known. */
export function approversOf(approval: ApprovalView | null): string {
  if (approval === null) return '';
  const { mergedBy, signers, reviews, provenBy } = approval;
  const merged = `merged by ${mergedBy ?? 'somebody (not in git)'}`;
  const signed = signers.map(({ name, address }) => `signed by ${name} <${address}>`);
  const reviewed = reviews.map(({ login }) => `approved by ${login}`);
  return [merged, ...signed, ...reviewed, ...(provenBy === 'single' ? ['one pair of eyes'] : [])].join(', ');
}

const MINUTE_MS = 60_000;

/** `3 d 4 h`, `2 h 5 min`, `12 min` */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE_MS));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** Of a list in any order, the value that so large a share does not exceed; null of an empty one. */
export function quantileOf(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
