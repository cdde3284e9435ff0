import type { AccountReader, AccountWriter } from '../../../src/model/account/target.ts';
import { confirmOutcomes } from '../../../src/operations/apply/confirm.ts';
import { LiveTarget } from '../../../src/operations/apply/live-target.ts';
import { isSuccess, type Outcome } from '../../../src/operations/apply/outcome.ts';
import { assessChanges, replayPlan } from '../../../src/operations/apply/replay.ts';
import { ReconcileError } from '../../../src/model/errors.ts';
import { approve, type Planned } from '../world/reconciliation.ts';
import type { Wire } from './wire.ts';

export interface WireReplay {
  readonly outcomes: readonly Outcome[];
  /** Why this apply did not do everything; empty = complete, as the command would call it. */
  readonly problems: readonly string[];
}

/** What the apply command does between its lock and its last record, in simulated time. */
export function replayOverWire(
  planned: Pick<Planned, 'plan' | 'ssoKeys'>,
  { time }: Pick<Wire, 'time'>,
  connection: { readonly reader: AccountReader; readonly writer: AccountWriter },
): Promise<WireReplay> {
  return time.pass(replay(planned, new LiveTarget(connection.reader, time.now), connection.writer));
}

async function replay(
  { plan, ssoKeys }: Pick<Planned, 'plan' | 'ssoKeys'>,
  target: LiveTarget,
  writer: AccountWriter,
): Promise<WireReplay> {
  const outcomes: Outcome[] = [];
  try {
    await target.refresh();
    const assessment = assessChanges(plan.body.changes, target);
    if (assessment.stale.length > 0) return { outcomes, problems: assessment.stale.map(describe) };
    const context = {
      target,
      writer,
      ssoKeys,
      signal: new AbortController().signal,
      verifyHeld: async () => undefined,
    };
    for await (const event of replayPlan(approve(plan), assessment, context))
      if (event.type === 'finished') outcomes.push(event.outcome);
    const { unconfirmed, unread } = await confirmOutcomes(outcomes, target);
    const doubts = unread === null ? unconfirmed.map((id) => `${id} is not confirmed`) : [unread];
    return { outcomes, problems: [...outcomes.filter((one) => !isSuccess(one)).map(describe), ...doubts] };
  } catch (error) {
    if (error instanceof ReconcileError) return { outcomes, problems: [`${error.code}: ${error.message}`] };
    throw error;
  }
}

function describe({ change, status, detail }: Outcome): string {
  return `${change.action} ${change.address}: ${status} ${detail ?? ''}`;
}
