import type { Organisation } from '../schema/generated/organisation.ts';
import {
  COUNT_RULE_NAMES,
  COUNT_RULES,
  type CountLimit,
  type CountLimitRule,
  type SpanFactors,
  type SpannedRule,
} from './limit-rules.ts';

export type Limits = Readonly<Record<CountLimitRule, CountLimit>> &
  Readonly<Record<SpannedRule, SpanFactors>> & {
    /** Per cent of the entries of the last accepted plan that a source must still have. */
    readonly sourceFloor: number;
  };

const SOURCE_FLOOR = 90;

/** What organisation.yaml says, and the defaults of the table for the rest. */
export function buildLimits(given: NonNullable<Organisation['limits']>): Limits {
  const counts = COUNT_RULE_NAMES.map((rule) => {
    const { limit, overTime } = COUNT_RULES[rule];
    return [rule, { ...limit, ...overTime, ...given[rule] }] as const;
  });
  return {
    ...(Object.fromEntries(counts) as Omit<Limits, 'sourceFloor'>),
    sourceFloor: given.sourceFloor ?? SOURCE_FLOOR,
  };
}
