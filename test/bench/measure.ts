import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One run of a child process. */
export interface Measured {
  readonly wallMs: number;
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
const hook = path.join(folder, 'peak.mjs');
writeFileSync(
  hook,
  "import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)));\n",
);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs `node …args` and measures wall time and peak memory; without the memory hook if `isBare` (start-up times). */
export function measure({ args, cwd, env = {} }: Run, isBare = false): Measured {
  const peakFile = path.join(folder, 'peak.txt');
  const hookArgs = isBare ? [] : ['--import', new URL(`file://${hook}`).href];
  const started = performance.now();
  const child = spawnSync(process.execPath, [...hookArgs, ...args], {
    cwd,
    env: { ...process.env, ...env, BENCH_PEAK: peakFile },
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  const wallMs = performance.now() - started;
  const peakMb = isBare ? 0 : Number(readFileSync(peakFile, 'utf8')) / 1024;
  return { wallMs, peakMb, exitCode: child.status ?? -1, stdout: child.stdout, stderr: child.stderr };
}

/** Median wall time of alternating runs, so that noise of the machine hits all of them alike. */
export function measureAlternating(runs: Readonly<Record<string, Run>>, rounds: number): Record<string, number> {
  const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of Object.entries(runs)) times.get(name)?.push(measure(run, true).wallMs);
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
