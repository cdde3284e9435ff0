import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One run of a child process. */
export interface Measured {
  readonly wallMs: number;
  /** Processor time in user and system mode, without child processes. */
  readonly cpuMs: number;
  /** Peak resident memory, MB. */
  readonly peakMb: number;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Run {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-measure-'));
const hook = path.join(folder, 'usage.mjs');
writeFileSync(
  hook,
  "import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));\n",
);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs `node …args` and measures it; wall time only, without the hook, if `isBare` (start-up times). */
export function measure({ args, cwd, env = {} }: Run, isBare = false): Measured {
  const usageFile = path.join(folder, 'usage.json');
  const hookArgs = isBare ? [] : ['--import', new URL(`file://${hook}`).href];
  const started = performance.now();
  const child = spawnSync(process.execPath, [...hookArgs, ...args], {
    cwd,
    env: { ...process.env, ...env, BENCH_USAGE: usageFile },
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  const wallMs = performance.now() - started;
  const { maxRSS, userCPUTime, systemCPUTime } = isBare ? NOTHING : readUsage(usageFile);
  const [peakMb, cpuMs] = [maxRSS / 1024, (userCPUTime + systemCPUTime) / 1000];
  return { wallMs, cpuMs, peakMb, exitCode: child.status ?? -1, stdout: child.stdout, stderr: child.stderr };
}

type Usage = Pick<NodeJS.ResourceUsage, 'maxRSS' | 'userCPUTime' | 'systemCPUTime'>;

const NOTHING: Usage = { maxRSS: 0, userCPUTime: 0, systemCPUTime: 0 };

function readUsage(file: string): Usage {
  return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}

/** The round in the middle: the machine is not the same from one minute to the next. */
export function middleOf<Round>(rounds: readonly Round[], ratioOf: (round: Round) => number): Round {
  const middle = rounds.toSorted((one, other) => ratioOf(one) - ratioOf(other))[Math.floor(rounds.length / 2)];
  if (middle === undefined) throw new Error('no round was measured');
  return middle;
}

/** Median wall time of alternating runs, so that noise of the machine hits all of them alike. */
export function measureAlternating(runs: Readonly<Record<string, Run>>, rounds: number): Record<string, number> {
  const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of Object.entries(runs)) times.get(name)?.push(measure(run, true).wallMs);
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
