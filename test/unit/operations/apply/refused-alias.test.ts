import { describe, expect, it } from 'vitest';
import { confirmOutcomes } from '../../../../src/operations/apply/confirm.ts';
import { LiveTarget } from '../../../../src/operations/apply/live-target.ts';
import type { Outcome } from '../../../../src/operations/apply/outcome.ts';
import { assessChanges, replayPlan } from '../../../../src/operations/apply/replay.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { buildPlanFile } from '../../../../src/model/plan/plan-file.ts';
import { addressOf, keyFor } from '../../../support/account-builder.ts';
import { buildChange, buildCreation, buildPlan } from '../../../support/plan-builder.ts';
import { MemoryZivver } from '../../../support/world/memory-zivver.ts';
import { approve } from '../../../support/world/reconciliation.ts';

const guest = addressOf('guest');
const fine = addressOf('fine');
const anna = addressOf('anna');

function startZivver(): MemoryZivver {
  const traits = { claimedDomains: ['company.org'], returnsExternalIds: true, delegatesFollow: false };
  return new MemoryZivver({ ...traits, guests: new Set([guest]) });
}

async function replay(zivver: MemoryZivver, changes: readonly Change[]) {
  const target = new LiveTarget(zivver.reader, () => 0);
  await target.refresh();
  const plan = approve(buildPlanFile(buildPlan({ changes: [...changes] }).body));
  const context = {
    target,
    writer: zivver.writer,
    ssoKeys: new Map<string, string>(),
    signal: new AbortController().signal,
    verifyHeld: async () => undefined,
  };
  const outcomes: Outcome[] = [];
  for await (const event of replayPlan(plan, assessChanges(changes, target), context))
    if (event.type === 'finished') outcomes.push(event.outcome);
  return { outcomes, target };
}

const create = (aliases: readonly string[]): Change =>
  buildCreation(
    anna,
    { fullName: 'Anna', aliases: [...aliases], externalAccountId: keyFor('anna') },
    { key: keyFor('anna'), zivverId: null },
  );

describe('an alias that Zivver refuses', () => {
  it('does not cost the person the account', async () => {
    const zivver = startZivver();
    const { outcomes, target } = await replay(zivver, [create([fine, guest])]);
    expect(outcomes).toMatchObject([{ status: 'applied', withoutAliases: [{ alias: guest, why: 'alias-is-guest' }] }]);
    expect(outcomes[0]?.detail).toBe(`without the alias ${guest} (it has received Zivver messages as a guest)`);
    expect(zivver.holderOf(anna)?.aliases).toEqual([fine]);
    expect(zivver.applied).toEqual([`POST ${anna}`]);
    expect(await confirmOutcomes(outcomes, target)).toEqual({ unconfirmed: [], unread: null });
  });

  it('costs an update nothing but itself', async () => {
    const zivver = startZivver();
    zivver.createUser({ address: anna, fullName: 'anna', aliases: [fine], externalAccountId: keyFor('anna') });
    const zivverId = zivver.holderOf(anna)?.zivverId ?? '';
    const change = buildChange({
      address: anna,
      zivverId,
      before: { fullName: 'anna', aliases: [fine] },
      after: { fullName: 'Anna', aliases: [fine, guest] },
    });
    const { outcomes } = await replay(zivver, [change]);
    expect(outcomes).toMatchObject([{ status: 'applied', withoutAliases: [{ alias: guest }] }]);
    expect(zivver.holderOf(anna)).toMatchObject({ fullName: 'Anna', aliases: [fine] });
  });

  it('leaves nothing to send if the change is about nothing else', async () => {
    const zivver = startZivver();
    zivver.createUser({ address: anna, fullName: 'anna', externalAccountId: keyFor('anna') });
    const zivverId = zivver.holderOf(anna)?.zivverId ?? '';
    const change = buildChange({ address: anna, zivverId, before: { aliases: [] }, after: { aliases: [guest] } });
    const { outcomes } = await replay(zivver, [change]);
    expect(outcomes).toMatchObject([{ status: 'applied', withoutAliases: [{ alias: guest }] }]);
    expect(zivver.applied).toEqual([]);
  });

  it('may be missing when an interrupted apply goes on', async () => {
    const zivver = startZivver();
    zivver.createUser({ address: anna, fullName: 'Anna', aliases: [fine], externalAccountId: keyFor('anna') });
    const { outcomes } = await replay(zivver, [create([fine, guest])]);
    expect(outcomes).toMatchObject([{ status: 'adopted', withoutAliases: [{ alias: guest, why: 'earlier-run' }] }]);
    expect(zivver.applied).toEqual([]);
  });

  it('is not the address itself: a rename onto a taken address fails as a whole', async () => {
    const zivver = startZivver();
    for (const address of [anna, fine]) zivver.createUser({ address, fullName: address, externalAccountId: address });
    const change = buildChange({
      address: anna,
      zivverId: zivver.holderOf(anna)?.zivverId ?? '',
      before: { address: anna, aliases: [] },
      after: { address: fine, aliases: [anna] },
    });
    const { outcomes } = await replay(zivver, [change]);
    expect(outcomes[0]?.status).toBe('failed');
    expect(zivver.holderOf(anna)?.address).toBe(anna);
  });
});
