import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Machine } from '../../model/ledger/holder.ts';

/** This process on its machine. Linux says all of it; elsewhere boot, namespace and start are null. */
export function readMachine(): Machine {
  const startOf = readProcessStart;
  return {
    host: hostname(),
    processId: process.pid,
    bootId: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: attempt(() => readlinkSync('/proc/self/ns/pid')),
    processStart: startOf(process.pid) ?? null,
    startOf,
  };
}

/** Clock ticks since the boot: the 22nd field of /proc/PID/stat, whose second one, the command, may hold anything. */
function readProcessStart(processId: number): string | null | undefined {
  if (attempt(() => readFileSync('/proc/self/stat')) === null) return null;
  const stat = attempt(() => readFileSync(`/proc/${processId}/stat`, 'utf8'));
  if (stat === null) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie writes no more.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? null);
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
