/** When something is in force: from the first moment of `from`, until the first moment of `until`. Days and moments are UTC. */
export interface Term {
  readonly from?: string;
  readonly until?: string;
}

/** `moment`: milliseconds since 1970. */
export function isWithin({ from, until }: Term, moment: number): boolean {
  return (from === undefined || moment >= momentOf(from)) && (until === undefined || moment < momentOf(until));
}

/** Milliseconds since 1970. */
export function momentOf(text: string): number {
  return Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`);
}

/** Days that are none, and terms that end before they begin. */
export function complainOfMoments({ from, until }: Term, complain: (what: string) => void): void {
  const days = [from, until].flatMap((text) => text?.slice(0, 10) ?? []);
  const isDay = (day: string): boolean => {
    const moment = momentOf(day);
    return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
  };
  for (const day of days.filter((text) => !isDay(text))) complain(`${day} is not a day`);
  if (from !== undefined && until !== undefined && momentOf(from) >= momentOf(until)) complain('ends before it begins');
}
