import { ReconcileError } from '../../model/errors.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * `2026-05-01` is the end of that day, `2026-05-01T08:15Z` that minute; always UTC unless the text names an offset.
 * Throws CLI_USAGE.
 */
export function parseMoment(text: string): Date {
  const start = parseDayStart(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(start.getTime() + DAY_MS - 1) : start;
}

/** As `parseMoment`, but a day is its beginning. */
export function parseDayStart(text: string): Date {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const moment = new Date(isDay ? `${text}T00:00:00Z` : text);
  // JavaScript reads 31 February as 3 March.
  const isReal = !Number.isNaN(moment.getTime()) && (!isDay || moment.toISOString().startsWith(text));
  if ((isDay || isMoment) && isReal) return moment;
  throw new ReconcileError('CLI_USAGE', `${JSON.stringify(text)} is no date`, {
    remedy: 'Write a day such as 2026-05-01, or a moment such as 2026-05-01T08:15Z.',
  });
}
