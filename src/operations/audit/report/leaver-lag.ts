import type { PlanEvent } from '../plan-events.ts';
import { minuteOf } from '../words-event.ts';
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

/** `disabled 2026-11-02 08:00 → planned … → approved … → in Zivver …`, UTC; what is not known is left out. */
export function formatSteps({ at, change, approval }: PlanEvent, madeAt: string | undefined): string {
  const { since } = change.evidence;
  const said = since?.by === 'accountExpires' ? 'expired' : 'disabled';
  const latest = since?.by === 'whenChanged' ? ' at the latest' : '';
  return [
    ...(since === undefined ? [] : [`${said} ${minuteOf(since.at)}${latest}`]),
    ...(madeAt === undefined ? [] : [`planned ${minuteOf(madeAt)}`]),
    ...(approval === null ? [] : [`approved ${minuteOf(approval.mergedAt)}`]),
    `in Zivver ${minuteOf(at)}`,
  ].join(' → ');
}

/** ` From the source to Zivver: median …, nine of ten within …, of 3 of 5.`; '' = of nobody is it known. */
export function describeLag(leavers: readonly PlanEvent[]): string {
  const known = leavers.flatMap((event) => lagOf(event)?.ms ?? []);
  const [median, most] = [quantileOf(known, 0.5), quantileOf(known, 0.9)];
  if (median === null || most === null) return '';
  return ` From the source to Zivver: median ${formatDuration(median)}, nine of ten within ${formatDuration(most)}, known of ${known.length} of ${leavers.length}.`;
}
