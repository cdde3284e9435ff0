import type { Hold } from '../../model/desired/holds.ts';
import { escapeTerminal } from '../../model/text/escape.ts';
import { wrapText } from '../../model/text/terminal-layout.ts';
import type { Exclusion } from '../../model/schema/generated/plan.ts';

export interface Undecided {
  /** In force: about these accounts the source does not decide. */
  readonly holds: readonly Hold[];
  /** Of `isHeldBack`. */
  readonly heldBack: readonly Exclusion[];
}

const HELD_BACK: ReadonlySet<Exclusion['reason']> = new Set([
  'held-back',
  'ambiguous',
  'wrong-kind',
  'alias-refused',
  'another-person',
  'unrecorded',
]);

/** Missing, but in doubt; claimed by several; perhaps somebody else; or of a type that only people can change in Zivver. */
export function isHeldBack({ reason }: Exclusion): boolean {
  return HELD_BACK.has(reason);
}

/** Of a plan that is none, which no review will tell: whoever is on hold or held back may be otherwise than the source wants. */
export function renderNoChanges({ holds, heldBack }: Undecided, width: number): string {
  const exceptions = [...(holds.length === 0 ? [] : [holdWords(holds)]), ...heldBackWords(heldBack.length)];
  const but =
    exceptions.length === 0 ? '.' : `, but for ${exceptions.join(' and ')}${heldBack.length === 0 ? '.' : ':'}`;
  return [
    ...wrapText(`No changes: Zivver is as the source wants it${but}`, width),
    ...heldBack.flatMap(({ subject, detail }) =>
      wrapText(escapeTerminal(`${subject}: ${detail}`), width - 4).map(
        (line, index) => `${index === 0 ? '  - ' : '    '}${line}`,
      ),
    ),
  ].join('\n');
}

function holdWords(holds: readonly Hold[]): string {
  const [last = ''] = holds
    .map(({ expires }) => expires)
    .sort()
    .reverse();
  return `${countOf(holds.length)} on hold until ${last} at the latest (holds.yaml)`;
}

function heldBackWords(count: number): string[] {
  return count === 0 ? [] : [`${countOf(count)} held back`];
}

function countOf(count: number): string {
  return count === 1 ? 'one account' : `${count} accounts`;
}
