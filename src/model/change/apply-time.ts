import { formatCount } from '../text/format-count.ts';

/** Zivver takes 50 requests in 10 seconds; a change is one request. */
const MS_PER_CHANGE = 10_000 / 50;

/** How long so many changes take at Zivver's limit, in milliseconds. */
export function estimateApplyMs(changes: number): number {
  return changes * MS_PER_CHANGE;
}

/** `under a minute`, `about 17 minutes`, `about 2 hours 5 minutes`. */
export function formatAbout(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (minutes < 1) return 'under a minute';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [countOf(hours, 'hour'), countOf(rest, 'minute')].filter((part) => part !== '');
  return `about ${parts.join(' ')}`;
}

/** `60 of 5,011 (1 %), about 16 minutes left`: by the pace so far, and never faster than Zivver allows. */
export function formatPace({ done, all, spentMs }: { done: number; all: number; spentMs: number }): string {
  const share = done === all ? 100 : Math.floor((done * 100) / all);
  const leftMs = Math.max(done < TELLING_COUNT ? 0 : (spentMs / done) * (all - done), estimateApplyMs(all - done));
  const left = done === all ? '' : `, ${formatAbout(leftMs)} left`;
  return `${formatCount(done)} of ${formatCount(all)} (${share} %)${left}`;
}

/** Of fewer, connecting is most of what they took. */
const TELLING_COUNT = 20;

/** `[##--------]` */
export function formatBar(done: number, all: number): string {
  const filled = all === 0 ? BAR_CELLS : Math.floor((done * BAR_CELLS) / all);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}]`;
}

const BAR_CELLS = 10;

function countOf(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`;
}
