import type { PlanEvent } from '../plan-events.ts';
import { formatDuration, quantileOf } from './report-words.ts';

/**
 * Milliseconds from when the source said that somebody left until Zivver had it; null: the evidence does not say. `whenChanged`
 * is the last change of the entry, so it took at least so long: `isExact` is false.
 */
export function lagOf({ at, change }: PlanEvent): { readonly ms: number; readonly isExact: boolean } | null {
  const { since } = change.evidence;
  return since === undefined
    ? null
    : { ms: Math.max(0, Date.parse(at) - Date.parse(since.at)), isExact: since.by !== 'whenChanged' };
}

/** `2 d 3 h`, or `at least 2 d 3 h`; '' = not known. */
export function formatLag(event: PlanEvent): string {
  const lag = lagOf(event);
  return lag === null ? '' : `${lag.isExact ? '' : 'at least '}${formatDuration(lag.ms)}`;
}

/** ` From the source to Zivver: median …, nine of ten within …, of 3 of 5.`; '' = of nobody is it known. */
export function describeLag(leavers: readonly PlanEvent[]): string {
  const known = leavers.flatMap((event) => lagOf(event)?.ms ?? []);
  const [median, most] = [quantileOf(known, 0.5), quantileOf(known, 0.9)];
  if (median === null || most === null) return '';
  return ` From the source to Zivver: median ${formatDuration(median)}, nine of ten within ${formatDuration(most)}, known of ${known.length} of ${leavers.length}.`;
}
