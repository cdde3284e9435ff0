import type { FaultPlan, FaultRule } from './fault-plan.ts';
import { createRandom } from './random.ts';

/** What befalls one request. */
export interface DrawnFaults {
  /** `vanish`, `appear` and `adopt`, which happen before the request. */
  readonly events: readonly FaultRule[];
  /** How the answer fails; the first rule that hits. */
  readonly fault: FaultRule | undefined;
}

/**
 * Decides for each request in turn. Every random rule has its own stream of numbers, so the same requests in the same
 * order meet the same faults, and adding a rule does not move the others.
 */
export class FaultDraw {
  readonly #rules: readonly { readonly rule: FaultRule; readonly random: () => number }[];
  readonly #seen = new Map<string, number>();
  #total = 0;

  constructor(plan: FaultPlan) {
    this.#rules = plan.rules.map((rule, index) => ({ rule, random: createRandom(plan.seed + index * 7919) }));
  }

  draw(method: string): DrawnFaults {
    this.#total += 1;
    const ordinal = (this.#seen.get(method) ?? 0) + 1;
    this.#seen.set(method, ordinal);
    const hits: FaultRule[] = [];
    for (const { rule, random } of this.#rules) {
      if (rule.method !== undefined && rule.method !== method) continue;
      if (isHit(rule, rule.method === undefined ? this.#total : ordinal, random)) hits.push(rule);
    }
    return { events: hits.filter(isEvent), fault: hits.find((rule) => !isEvent(rule)) };
  }
}

function isHit(rule: FaultRule, ordinal: number, random: () => number): boolean {
  if (rule.rate !== undefined) return random() < rule.rate;
  return rule.count !== undefined && ordinal >= rule.count.first && ordinal <= rule.count.last;
}

function isEvent(rule: FaultRule): boolean {
  return rule.kind === 'vanish' || rule.kind === 'appear' || rule.kind === 'adopt';
}
