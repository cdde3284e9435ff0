import { fact } from '../facts/fact.ts';
import { ReconcileError, type Problem } from '../errors.ts';
import type { Hold, Holds } from '../schema/generated/holds.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../schema/yaml-document.ts';
import { formatScalar } from './yaml.ts';

/** Accounts on hold stay as they are, whatever the source says: somebody is on leave, or a rollback must not be undone by the next plan. */
export type { Hold };

const FIELDS = ['key', 'address', 'reason', 'plan', 'expires'] as const;

/** The bytes of holds.yaml, sorted by address and key. */
export function formatHolds(holds: readonly Hold[]): string {
  const sorted = [...holds].sort((a, b) => (`${a.address} ${a.key}` < `${b.address} ${b.key}` ? -1 : 1));
  const entries = sorted.map((hold) =>
    FIELDS.flatMap((field, index) => {
      const value = hold[field];
      return value === undefined ? [] : `${index === 0 ? '  - ' : '    '}${field}: ${formatScalar(value)}\n`;
    }).join(''),
  );
  return [
    '# Accounts that plans leave as they are, written by `zivver-gitops hold` and `invert`.\n',
    '# Until the day `expires` the source does not decide about them; remove an entry by pull request to end it earlier.\n',
    entries.length === 0 ? 'holds: []\n' : 'holds:\n',
    ...entries,
  ].join('');
}

/** Text of holds.yaml → holds. Throws CONFIGURATION_INVALID with all faults. */
export function parseHolds(text: string, file: string): readonly Hold[] {
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? [...findDocumentFaults(parsed.document, 'holds')] : [...parsed.problems];
  if (parsed.ok && problems.length === 0) problems.push(...findDoubleHolds(parsed.document));
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} is not a list of holds`, {
      remedy: 'Correct the lines named above by pull request; whole entries may be removed.',
      problems,
    });
  return (parsed.document.data as Holds).holds;
}

export function isHoldInForce({ expires }: Pick<Hold, 'expires'>, now: Date): boolean {
  return now.getTime() < Date.parse(`${expires}T00:00:00.000Z`);
}

/** Days until the source decides again, begun ones counted whole. */
export function daysLeft({ expires }: Pick<Hold, 'expires'>, now: Date): number {
  return Math.ceil((Date.parse(`${expires}T00:00:00.000Z`) - now.getTime()) / DAY_MS);
}

const DAY_MS = 24 * 3_600_000;

/** A hold is for a while, not for ever. */
export const LONGEST_HOLD_DAYS = 365;

/** For the review. */
export function describeHold({ expires, plan, reason }: Hold): Fact {
  return fact('on-hold', { until: expires, plan, reason });
}

function findDoubleHolds(document: YamlDocument): Problem[] {
  const seen = new Set<string>();
  return (document.data as Holds).holds.flatMap(({ key }, index) => {
    const isDouble = seen.has(key);
    seen.add(key);
    return isDouble ? [{ where: document.whereIs(`/holds/${index}/key`), what: 'this key has a hold already' }] : [];
  });
}
