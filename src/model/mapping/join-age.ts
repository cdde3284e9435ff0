import { fact } from '../facts/fact.ts';
import { FILE_DATE } from '../configuration/join-faults.ts';
import type { JoinRules } from '../configuration/join-rules.ts';
import { valueOf } from '../directory/entry.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { SourceSnapshot } from '../directory/source.ts';

const HOUR_MS = 3_600_000;

/** Why a table may not be believed any more; null: it is young enough. The oldest row counts. */
export function explainAge(join: JoinRules, snapshot: SourceSnapshot, now: Date): Fact | null {
  const { maxAgeHours, asOf } = join;
  if (maxAgeHours === null) return null;
  const texts = asOf === null ? [snapshot.server] : snapshot.selected.map((row) => valueOf(row, asOf) ?? '');
  const times = texts.map((text) => (asOf === null ? dateOfName(text) : parseTime(text)));
  if (times.some(Number.isNaN)) return asOf === null ? fact('age-not-in-name') : fact('age-unknown', { column: asOf });
  const made = Math.min(...times);
  const hours = (now.getTime() - made) / HOUR_MS;
  if (!Number.isFinite(made)) return hours > maxAgeHours ? fact('never-made', { hours: maxAgeHours }) : null;
  const at = new Date(made).toISOString();
  if (hours > maxAgeHours) return fact('too-old', { made: at, hours: maxAgeHours });
  // Clocks differ, time zones too; a day ahead is wrong.
  return hours < -24 ? fact('made-in-future', { made: at }) : null;
}

function dateOfName(name: string): number {
  const [, year, month, day] = FILE_DATE.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T00:00:00Z`);
}

/** ISO 8601; without a zone it is UTC. Days written otherwise could be months. */
function parseTime(text: string): number {
  const [, date, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text) ?? [];
  return Date.parse(`${date}T${time}${zone}`);
}
