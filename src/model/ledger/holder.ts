import type { Holder } from '../schema/generated/ledger.ts';

/** Who this process is, and what it can see of others on its machine. */
export interface Machine {
  readonly host: string;
  readonly processId: number;
  /** Null where the system has none: Windows, macOS. */
  readonly bootId: string | null;
  readonly pidNamespace: string | null;
  readonly processStart: string | null;
  /** When the process with this number started; undefined: there is none; null: it cannot be told. */
  readonly startOf: (processId: number) => string | null | undefined;
}

export function buildHolder(
  { host, processId, bootId, pidNamespace, processStart }: Machine,
  runUrl: string | null,
): Holder {
  return { host, processId, bootId, pidNamespace, processStart, runUrl };
}

/**
 * Whether the process that holds the lock still runs. Numbers of processes mean something only within one boot and one PID
 * namespace, which containers with one host name do not share, and they are used again. On Windows and macOS nothing can be
 * concluded: there people decide, with --resume.
 */
export function judgeHolder(holder: Holder, machine: Machine): 'dead' | 'alive' | 'unknown' {
  const { bootId, pidNamespace, host } = holder;
  const isSame = (one: string | null | undefined, other: string | null): boolean => one !== null && one === other;
  if (host !== machine.host || !isSame(bootId, machine.bootId) || !isSame(pidNamespace, machine.pidNamespace))
    return 'unknown';
  const start = machine.startOf(holder.processId);
  if (start === undefined) return 'dead';
  if (start === null || (holder.processStart ?? null) === null) return 'unknown';
  return start === holder.processStart ? 'alive' : 'dead';
}
