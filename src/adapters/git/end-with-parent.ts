import type { ChildProcess } from 'node:child_process';

/** Those that ask a program to end, where the system has them. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const running = new Set<ChildProcess>();

/**
 * A child process does not outlive this one when a signal ends it: a push that goes on afterwards would be nobody's. A command
 * that listens to the signal itself, to come to an orderly end, keeps its children. Listens only while there is a child.
 */
export function endWithParent(child: ChildProcess): void {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.add(child);
  const forget = (): void => {
    running.delete(child);
    if (running.size === 0) for (const signal of SIGNALS) process.removeListener(signal, endAll);
  };
  child.once('exit', forget).once('error', forget);
}

function endAll(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  for (const child of running) child.kill('SIGTERM');
  running.clear();
  for (const one of SIGNALS) process.removeListener(one, endAll);
  // With nobody listening it does what it would have done without a child.
  process.kill(process.pid, signal);
}
