import { describe, expect, it } from 'vitest';
import { describeAccounts } from '../support/sandbox-accounts.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { startAnswerRelay, type AnswerChange, type RelayedRequest } from '../support/wire/answer-relay.ts';
import { replayOverWire, type WireReplay } from '../support/wire/replay-over-wire.ts';
import { replayUntilDone } from '../support/wire/replay-until-done.ts';
import { buildScenario, type Scenario } from '../support/wire/scenario.ts';
import { startWire, type Wire } from '../support/wire/wire.ts';
import { WRONG_ANSWERS_TO_READS, WRONG_ANSWERS_TO_WRITES } from '../support/wire/wrong-answers.ts';

let scenario: Promise<Scenario> | undefined;
const size = { people: 8, events: 12 };

const READS = Object.entries(WRONG_ANSWERS_TO_READS);
const WRITES = Object.entries(WRONG_ANSWERS_TO_WRITES);

function isList({ method, path }: RelayedRequest): boolean {
  return method === 'GET' && /^\/(Users|Groups)$/.test(path);
}

/** Changes the answer to the request of that number among those that are meant. */
function changeOnly(isMeant: (request: RelayedRequest) => boolean, number: number, change: AnswerChange): AnswerChange {
  let seen = 0;
  return (request, answer) => {
    if (!isMeant(request)) return null;
    seen += 1;
    return seen === number ? change(request, answer) : null;
  };
}

interface Lie {
  readonly change: AnswerChange;
  readonly where: string;
  readonly expectFirst: (first: WireReplay, wire: Wire, scenario: Scenario) => void;
}

/** One apply behind the relay that lies, then others until everything is done. */
async function applyLied({ count }: Trial, { change, where, expectFirst }: Lie): Promise<void> {
  const given = await (scenario ??= buildScenario('wrong-answers', size));
  const { planned, state, accounts, requests } = given;
  const wire = await startWire({ state, rateLimit: null });
  const relay = await startAnswerRelay(wire.sandbox.url, change);
  try {
    const first = await replayOverWire(planned, wire, wire.connect(relay.url));
    count(
      'believed',
      Number(first.problems.length === 0 && first.outcomes.every(({ status }) => status === 'applied')),
    );
    expectFirst(first, wire, given);
    await replayUntilDone(planned, wire, { most: 3 });
    const posts = wire.requests().filter(({ method, executed }) => method === 'POST' && executed).length;
    count('doubled', posts - requests.filter(({ method }) => method === 'POST').length);
    expect(describeAccounts(wire), where).toEqual(accounts);
    expect(posts, where).toBe(requests.filter(({ method }) => method === 'POST').length);
  } finally {
    await relay.close();
    await wire.close();
  }
}

describe('an answer with success that is wrong', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('to the first reading stops everything before the first write', async () => {
    const limits = { id: 'R8', unit: 'wrong answers', goal: READS.length * 2, normal: 16 } as const;
    await tryTimes(limits, async (trial) => {
      const [where, change] = READS[(trial.number * 7) % READS.length]!;
      await applyLied(trial, {
        where,
        change: changeOnly(isList, 1 + (trial.number % 2), (_, answer) => change(answer)),
        expectFirst: ({ problems }, wire) => {
          expect(problems.join(), where).toMatch(/^TARGET_(UNAVAILABLE|REFUSES_KEY): /);
          expect(
            wire.requests().filter(({ method }) => method !== 'GET'),
            where,
          ).toEqual([]);
        },
      });
    });
  });

  it('to a write is no result: it is looked after, or told as a failure', async () => {
    const limits = { id: 'R8', unit: 'wrong answers', goal: WRITES.length * 2, normal: 16 } as const;
    await tryTimes(limits, async (trial) => {
      const [where, change] = WRITES[(trial.number * 7) % WRITES.length]!;
      const { requests } = await (scenario ??= buildScenario('wrong-answers', size));
      const writes = requests.filter(({ method }) => method === 'POST' || method === 'PUT').length;
      const isWrite = ({ method }: RelayedRequest): boolean => method === 'POST' || method === 'PUT';
      await applyLied(trial, {
        where,
        change: changeOnly(isWrite, trial.dice.integer(1, writes + 1), (_, answer) => change(answer)),
        expectFirst: ({ outcomes }, __, { planned }) => {
          const applied = outcomes.filter(({ status }) => status === 'applied').length;
          expect(applied, where).toBeLessThan(planned.plan.body.changes.length);
        },
      });
    });
  });

  it('to the reading that confirms leaves the apply incomplete', async () => {
    const limits = { id: 'R8', unit: 'wrong answers', goal: READS.length * 2, normal: 16 } as const;
    await tryTimes(limits, async (trial) => {
      const [where, change] = READS[(trial.number * 7) % READS.length]!;
      await applyLied(trial, {
        where,
        change: changeOnly(isList, 3 + (trial.number % 2), (_, answer) => change(answer)),
        expectFirst: ({ problems }) => expect(problems.join(), where).toMatch(/^Cannot read the /),
      });
    });
  });
});
