import { phrase, type Phrase } from './phrase.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** `Thursday 2026-11-26 10:15 UTC`: always UTC, the same on every machine. */
export function momentPhrase(timestamp: string): Phrase {
  const moment = new Date(timestamp);
  if (Number.isNaN(moment.getTime())) return phrase`${timestamp}`;
  const [date = '', time = ''] = moment.toISOString().split('T');
  return wordsOf(`${WEEKDAYS[moment.getUTCDay()]} ${date} ${time.slice(0, 5)} UTC`);
}

/** `2027-02-21`: the UTC date so many days later. */
export function dateAfterPhrase(timestamp: string, days: number): Phrase {
  const moment = new Date(Date.parse(timestamp) + days * DAY_MS);
  if (Number.isNaN(moment.getTime())) return phrase`${timestamp} and ${days} days`;
  return wordsOf(moment.toISOString().slice(0, 10));
}

/** Whole hours between two timestamps, rounded down. */
export function hoursBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / (60 * 60 * 1000));
}

function wordsOf(text: string): Phrase {
  return [{ style: 'words', text }];
}
