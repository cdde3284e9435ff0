import type { Configuration } from '../configuration/configuration.ts';
import { factText } from '../facts/fact.ts';
import { ReconcileError } from '../errors.ts';
import type { PlanBody } from '../schema/generated/plan.ts';
import { limitOf } from '../plan/limit-verdict.ts';
import type { OpenDraft } from './open-list.ts';

/**
 * A few accounts about which domain controllers disagree are held back until the next plan; as many as may never go
 * unexplained are a sign that one of the domain controllers is not to be believed. Throws `SOURCE_IMPLAUSIBLE`.
 */
export function refuseUnconfirmed(
  unconfirmed: readonly OpenDraft[],
  { limits }: Pick<Configuration, 'limits'>,
  { activeManaged }: Pick<PlanBody['existing'], 'activeManaged'>,
): void {
  const limit = limitOf(limits.unexplained, activeManaged);
  if (unconfirmed.length <= limit) return;
  const count = `${unconfirmed.length} of ${activeManaged} active accounts`;
  throw new ReconcileError(
    'SOURCE_IMPLAUSIBLE',
    `${count} are missing on one domain controller and no second one confirms it, at most ${limit} may be held back; no file was written`,
    {
      remedy:
        'Look at the replication of the domain controllers (repadmin /showrepl), and remove from urls one that is out of date or gone.',
      problems: unconfirmed.map(({ address, detail }) => ({ where: address ?? '', what: factText(detail) })),
    },
  );
}
