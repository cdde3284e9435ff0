import { escapeHtml } from '../../../model/text/escape.ts';
import { renderHtmlPage } from '../../../model/text/html-page.ts';
import { minuteOf } from '../words-event.ts';
import { COLUMNS, type AuditReport, type ReportPart, type ReportRow } from './audit-report.ts';
import { columnsUsed } from './format-report.ts';

/** One page for people and their printer: no script, no request, the same bytes on every run. */
export function renderReportHtml(report: AuditReport): string {
  const { organisation, from, to, parts, notRecorded } = report;
  const title = `Accounts of ${organisation}`;
  const body = `<header>
<h1>${escapeHtml(title)}</h1>
<p>${minuteOf(from)} to ${minuteOf(to)} UTC. ${renderProof(report)}</p>
</header>
<nav aria-label="Parts"><table>
${parts.map(({ id, title: name, summary }) => `<tr><th scope="row"><a href="#${id}">${escapeHtml(name)}</a></th><td>${escapeHtml(summary)}</td></tr>`).join('\n')}
</table></nav>
<main>
${parts.map(renderPart).join('\n')}
<section><h2>Recorded nowhere, so not in this report</h2>
<ul>
${notRecorded.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('\n')}
</ul></section>
</main>`;
  return renderHtmlPage({ title, style: STYLE, body });
}

function renderProof({ head: { plan, commit, record } }: AuditReport): string {
  if (record === null) return 'No plan had been applied until then.';
  return `After plan <code>${escapeHtml(plan ?? '')}</code>: desired files of commit <code>${escapeHtml(commit ?? '')}</code>, ledger up to <code>${escapeHtml(record)}</code>. <code>zivver-gitops ledger verify</code> proves the ledger; <code>report</code> makes this page again from it, byte for byte.`;
}

function renderPart({ id, title, controls, summary, rows }: ReportPart): string {
  const names = columnsUsed(rows);
  const heading = `<h2>${escapeHtml(title)}</h2>
<p>${escapeHtml(summary)}</p>
<p class="controls">For ${controls.map(escapeHtml).join(' · ')}</p>`;
  if (rows.length === 0) return `<section id="${id}">${heading}</section>`;
  return `<section id="${id}">${heading}
<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table>
<thead><tr>${names.map((name) => `<th scope="col">${COLUMNS[name]}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${names.map((name) => renderCell(name, row)).join('')}</tr>`).join('\n')}
</tbody>
</table></div></section>`;
}

const NARROW: ReadonlySet<keyof ReportRow> = new Set(['time', 'plan', 'lag', 'took']);

function renderCell(name: keyof ReportRow, row: ReportRow): string {
  const value = row[name];
  if (name === 'record' && value !== '')
    return `<td><code title="${escapeHtml(value)}">${escapeHtml(value.slice(0, 19))}…</code></td>`;
  return `<td${NARROW.has(name) ? ' class="narrow"' : ''}>${escapeHtml(value)}</td>`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #fff; --soft: #f4f6f8; --line: #d5dae0; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #9aa4af; --paper: #14171b; --soft: #1e2329; --line: #363d46; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1.25rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
p { margin: .35rem 0; } a { color: var(--link); }
code { font: .92em ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--line); unicode-bidi: isolate; }
th { font-weight: 600; } thead th { background: var(--soft); } nav th { white-space: nowrap; width: 1%; font-weight: 500; }
@media (max-width: 40rem) { nav th { white-space: normal; width: 40%; } }
nav { margin-top: 1rem; } td { min-width: 7rem; overflow-wrap: break-word; } .narrow { white-space: nowrap; min-width: 0; }
.controls { color: var(--faint); font-size: .9rem; } .wide { overflow-x: auto; font-size: .9rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
@media print { :root { color-scheme: light; --ink: #000; --faint: #444; --paper: #fff; --soft: #f2f2f2; --line: #bbb; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9pt; } .wide { overflow: visible; } .narrow { white-space: normal; } tr { break-inside: avoid; } }
`;
