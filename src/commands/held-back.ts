import { escapeTerminal } from '../review/escape.ts';
import { wrapText } from '../review/terminal-layout.ts';
import type { Exclusion } from '../schema/generated/plan.ts';

/** Left as it is until somebody does something. */
export function isHeldBack({ reason }: Exclusion): boolean {
  return reason === 'held-back' || reason === 'wrong-kind';
}

/** What a plan without changes leaves undone, which no review will tell. */
export function renderHeldBack(heldBack: readonly Exclusion[], width: number): string {
  const lines = heldBack.flatMap(({ subject, detail }) =>
    wrapText(escapeTerminal(`${subject}: ${detail}`), width - 4).map(
      (line, index) => `${index === 0 ? '  - ' : '    '}${line}`,
    ),
  );
  return ['No changes, but some accounts are held back as they are:', ...lines].join('\n');
}
