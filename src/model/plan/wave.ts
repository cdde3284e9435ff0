import { effectOf, risksSignOn, takesAccess, type Effect } from '../change/effect.ts';
import type { Change } from '../change/change.ts';
import type { LimitFinding, PlanBody } from '../schema/generated/plan.ts';

/**
 * Keys of the accounts that have to wait so that these limits hold. Only changes that take nothing away wait: whoever shall lose
 * access loses it now. None: nothing exceeds a limit for want of a wave.
 */
export function chooseWaiting({
  changes,
  adopted,
  limits,
  sso,
}: Pick<PlanBody, 'changes' | 'adopted' | 'limits' | 'sso'>): Set<string> {
  const waiting = new Set<string>();
  for (const finding of limits) {
    if (finding.verdict !== 'exceeded' || finding.limit === null) continue;
    let excess = finding.observed - finding.limit;
    // The last ones by address wait, so that the waves of one organisation follow each other.
    for (const { key, weight } of candidatesOf(finding, { changes, adopted, sso }).reverse()) {
      if (excess <= 0) break;
      waiting.add(key);
      excess -= weight;
    }
  }
  return waiting;
}

interface Candidate {
  readonly key: string;
  readonly address: string;
  /** What the limit counts of it. */
  readonly weight: number;
}

/** Whoever may wait of those whom a limit counts, by address. */
function candidatesOf(
  { rule, subject }: LimitFinding,
  { changes, adopted, sso }: Pick<PlanBody, 'changes' | 'adopted' | 'sso'>,
): Candidate[] {
  if (rule === 'adopt') return adopted.map(({ key, address }) => ({ key, address, weight: 1 }));
  const counted = changes.flatMap((change: Change): Candidate[] => {
    const weight = takesAway(change) ? 0 : (WEIGHTS[rule]?.(effectOf(change), subject, sso) ?? 0);
    return weight === 0 || change.key === null ? [] : [{ key: change.key, address: change.address, weight }];
  });
  return counted.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** What a limit counts of a change, of those that a wave may keep; as in `guards.ts`. */
const WEIGHTS: Partial<Record<LimitFinding['rule'], (effect: Effect, subject: string | null, sso: boolean) => number>> =
  {
    create: ({ fate }) => Number(fate === 'created'),
    reactivate: ({ fate }) => Number(fate === 'reactivated'),
    accessGranted: ({ fate, newReaders }) => (fate === 'created' ? 0 : newReaders.length),
    ssoKeys: (effect, _subject, enabled) => Number(risksSignOn(effect, { enabled })),
    sameAttribute: ({ touched }, subject) => Number(touched.some((name) => name === subject)),
  };

/** Somebody loses access, an address or a number by it. */
export function takesAway(change: Change): boolean {
  const effect = effectOf(change);
  const losesNumber = change.after.mobile === null;
  return takesAccess(effect) || effect.lostReaders.length + effect.gives.length > 0 || losesNumber;
}
