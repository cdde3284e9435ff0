import { buildCheckWriter, buildDiagnosis, type Check } from '../check.ts';
import type { RootFacts } from './root-facts.ts';

interface ToldServer {
  readonly connection: { readonly server: string };
  readonly root: RootFacts;
  /** Milliseconds since 1970, here, when it told its time. */
  readonly askedAtMs: number;
}

/** Kerberos gives up beyond it, and AD's own clocks are kept well within. */
const LARGEST_SKEW_MS = 5 * 60_000;
const NOTEWORTHY_SKEW_MS = 60_000;

/** Compares clocks: accountExpires, certificates and the life of a plan all depend on ours. */
export function judgeClock({ connection, root, askedAtMs }: ToldServer, area: string): Check {
  const write = buildCheckWriter(area, connection.server);
  if (root.currentTimeMs === null) return write.skipped('source.clock', 'the server does not tell its time');
  const skewMs = askedAtMs - root.currentTimeMs;
  if (Math.abs(skewMs) < NOTEWORTHY_SKEW_MS) return write.passed('source.clock', 'ours and the server’s agree');
  const what = `this machine is ${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} the server`;
  const fix = 'Let this machine and the domain controller take their time from the same source (NTP).';
  const diagnosis = buildDiagnosis({ code: 'CLOCK_SKEW', error: 'SOURCE_IMPLAUSIBLE' }, fix, [
    'accounts expire, and plans and certificates count as valid, by the clock of this machine',
  ]);
  return Math.abs(skewMs) > LARGEST_SKEW_MS
    ? write.failed('source.clock', `${what}; Kerberos allows 5 min`, diagnosis)
    : write.warned('source.clock', what, diagnosis);
}

/** A domain controller that has just been installed or restored does not hold everybody yet. */
export function judgeReplication({ connection, root }: ToldServer, area: string): Check {
  const write = buildCheckWriter(area, connection.server);
  if (root.isSynchronized) return write.passed('source.replication', 'the server holds the whole domain');
  const fix = 'Wait until its first replication has ended, or name another domain controller first in urls.';
  const diagnosis = buildDiagnosis({ code: 'NOT_SYNCHRONIZED', error: 'SOURCE_IMPLAUSIBLE' }, fix);
  return write.failed('source.replication', 'not finished yet (isSynchronized: FALSE)', diagnosis);
}

function formatDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
