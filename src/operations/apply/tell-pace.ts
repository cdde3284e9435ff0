import { estimateApplyMs, formatAbout, formatBar, formatPace } from '../../model/change/apply-time.ts';
import { formatCount } from '../../model/text/format-count.ts';
import type { Output } from '../output.ts';

/** Tells how far an apply is, and what it waits for. */
export interface Pace {
  /** Before the first of so many changes. */
  begin(changes: number): void;
  advance(done: number, what: string): void;
  /** To be told before each wait for Zivver's rate limit. */
  wait(durationMs: number): void;
}

/** A shorter wait is over before anybody has read of it. */
const SHORTEST_WAIT_MS = 1000;

export function openPace(output: Pick<Output, 'progress' | 'advance'>, now = () => performance.now()): Pace {
  let all = 0;
  let started = 0;
  let reached = '';
  return {
    begin: (changes) => {
      all = changes;
      started = now();
      output.progress(
        `Applying ${formatCount(all)} ${all === 1 ? 'change' : 'changes'}: ${formatAbout(estimateApplyMs(all))} at Zivver's limit of 50 requests in 10 seconds`,
      );
    },
    advance: (done, what) => {
      reached = `${formatBar(done, all)} ${formatPace({ done, all, spentMs: now() - started })} · `;
      output.advance(`${reached}${what}`);
    },
    wait: (durationMs) => {
      if (durationMs < SHORTEST_WAIT_MS) return;
      output.advance(`${reached}waiting ${Math.ceil(durationMs / 1000)} s: Zivver takes 50 requests in 10 seconds`);
    },
  };
}
