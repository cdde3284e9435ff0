import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { rollDice, type Dice } from './world/dice.ts';

/** All the numbers of the reliability suite instead of a share of them: `npm run test:long`. */
export const IS_LONG = process.env['ZIVVER_GITOPS_LONG'] === '1';
/** When all of the long run has to end, in ms since 1970. */
const ENDS_AT = Number(process.env['ZIVVER_GITOPS_TRIALS_END'] ?? Infinity);
const ROOT = path.resolve(import.meta.dirname, '../..');
/** After so many failures more of them tell nothing new. */
const ENOUGH_FAILURES = 3;
/** A trial may count for nothing: the process was over before it was killed. */
const MOST_VAIN_TRIALS = 4;

export interface Trials {
  /** Row of the table of reliability tests. */
  readonly id: `R${number}`;
  /** What is counted, in the plural: `kills`. */
  readonly unit: string;
  /** How many in the long run and in the normal one. */
  readonly goal: number;
  readonly normal: number;
  /** The long run ends after so many minutes, but not before the normal number; the table tells how far it came. */
  readonly minutes?: number;
  /** Trials under way together. */
  readonly parallel?: number;
}

export interface Trial {
  /** Everything by chance follows from it. */
  readonly seed: string;
  readonly number: number;
  readonly dice: Dice;
  /** Adds to a count of the table. What must never happen is counted before it is asserted: `count('doubled', 0)`. */
  count(what: string, times: number): void;
}

/** For tests whose long run takes minutes. */
export const TRIALS_TIMEOUT_MS = IS_LONG ? 3_600_000 : 900_000;

/**
 * Tries the property with one seed after the other until the number is reached; a trial gives how many it counts for,
 * one if it gives none. A failure names its seed and the command that repeats it alone. What was really done is recorded
 * for the table of the long run, also when it fails.
 */
export async function tryTimes(
  trials: Trials,
  holds: (trial: Trial) => Promise<number | void> | number | void,
): Promise<void> {
  const { testPath = '', currentTestName = '' } = expect.getState();
  const record = { ...trials, file: path.relative(ROOT, testPath), test: currentTestName };
  const state: TrialsState = { done: 0, failures: [], counts: {}, startedAt: performance.now() };
  const wanted = process.env['ZIVVER_GITOPS_SEED'];
  try {
    if (wanted === undefined) await tryAll(trials, state, holds);
    else await tryOne(trials, state, { number: Number(wanted.split('-').at(-1)), holds });
  } finally {
    writeRecord(record, state);
  }
  const [first] = state.failures;
  if (first === undefined) return;
  const { seed, error } = first;
  error.message = `seed ${seed}: ${error.message}\nrepeat with: ZIVVER_GITOPS_SEED=${seed} npx vitest run --config test/vitest.config.ts ${record.file} -t ${JSON.stringify(currentTestName)}`;
  throw error;
}

interface TrialsState {
  done: number;
  readonly failures: { readonly seed: string; readonly error: Error }[];
  readonly counts: Record<string, number>;
  readonly startedAt: number;
}

type Holds = Parameters<typeof tryTimes>[1];

async function tryAll(trials: Trials, state: TrialsState, holds: Holds): Promise<void> {
  const target = IS_LONG ? trials.goal : trials.normal;
  const endsAt = Math.min(Date.now() + (trials.minutes ?? Infinity) * 60_000, ENDS_AT);
  const isTimeOver = (): boolean => IS_LONG && state.done >= trials.normal && Date.now() > endsAt;
  let next = 0;
  const tryOn = async (): Promise<void> => {
    while (state.done < target && next < target * MOST_VAIN_TRIALS && state.failures.length < ENOUGH_FAILURES) {
      if (isTimeOver()) return;
      await tryOne(trials, state, { number: next++, holds });
    }
  };
  await Promise.all(Array.from({ length: trials.parallel ?? 1 }, tryOn));
}

async function tryOne(
  { id }: Trials,
  state: TrialsState,
  { number, holds }: { number: number; holds: Holds },
): Promise<void> {
  const seed = `${id}-${number}`;
  const count = (what: string, times: number): void => {
    state.counts[what] = (state.counts[what] ?? 0) + times;
  };
  try {
    const times = (await holds({ seed, number, dice: rollDice(seed), count })) ?? 1;
    state.done += times;
  } catch (error) {
    state.failures.push({ seed, error: error as Error });
  }
}

let records = 0;

/** Where the long run looks for it; nowhere in the normal run. */
function writeRecord(record: object, { done, failures, counts, startedAt }: TrialsState): void {
  const folder = process.env['ZIVVER_GITOPS_TRIALS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const durationMs = Math.round(performance.now() - startedAt);
  const text = JSON.stringify({ ...record, done, counts, durationMs, failures: failures.map(({ seed }) => seed) });
  writeFileSync(path.join(folder, `${process.pid}-${records++}.json`), text);
}
