import picocolors from 'picocolors';
import { escapeTerminal } from '../../../model/text/escape.ts';
import { wrapText } from '../../../model/text/terminal-layout.ts';
import type { TerminalOptions } from '../../../model/review/terminal.ts';
import { minuteOf } from '../words-event.ts';
import type { AuditReport, ReportPart } from './audit-report.ts';

/** So many lines of a part are shown in a terminal. */
const SHOWN = 5;

/** What a terminal has room for: every part with its sum and its first rows. Lines end in LF. */
export function renderReport(report: AuditReport, { width, color }: TerminalOptions): string {
  const colors = picocolors.createColors(color);
  const { organisation, from, to, head, parts, notRecorded } = report;
  const proof =
    head.record === null
      ? 'No plan had been applied until then.'
      : `After plan ${head.plan}: desired files of commit ${(head.commit ?? '').slice(0, 10)}, ledger up to ${head.record}.`;
  const lines = [
    colors.bold(`Accounts of ${escapeTerminal(organisation)}, ${minuteOf(from)} to ${minuteOf(to)} UTC`),
    ...wrapText(proof, width),
    ...parts.flatMap((part) => ['', ...renderPart(part, { width, colors })]),
    '',
    colors.bold('Recorded nowhere, so not in this report'),
    ...notRecorded.flatMap((sentence) => indent(sentence, '  - ', width)),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function renderPart(
  { title, controls, summary, rows }: ReportPart,
  { width, colors }: { width: number; colors: ReturnType<typeof picocolors.createColors> },
): string[] {
  const shown = rows.slice(0, SHOWN).flatMap(({ time, subject, name, what, plan, outcome }) => {
    const parts = [time, subject, name, what, plan === '' ? outcome : '']
      .filter((text) => text !== '')
      .map(escapeTerminal);
    return indent(parts.join(' · '), '  ', width);
  });
  const more = rows.length - SHOWN;
  return [
    colors.bold(title),
    ...indent(summary, '  ', width),
    ...shown,
    ...(more > 0 ? [colors.dim(`  and ${more} more: --html, --csv or --json`)] : []),
    ...indent(controls.join(' · '), '  for ', width).map((line) => colors.dim(line)),
  ];
}

function indent(text: string, first: string, width: number): string[] {
  return wrapText(text, width - first.length).map(
    (line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`,
  );
}
