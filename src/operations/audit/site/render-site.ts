import { escapeHtml } from '../../../model/text/escape.ts';
import { renderHtmlPage } from '../../../model/text/html-page.ts';
import { minuteOf } from '../words-event.ts';
import { formatDuration } from '../report/report-words.ts';
import { renderChart } from './render-chart.ts';
import type { SiteFigures } from './site-figures.ts';

/** One page about all organisations of a repository: figures only, no names. No script, no request. */
export function renderSite(fleet: readonly SiteFigures[]): string {
  const body = `<header><h1>Accounts in Zivver</h1>
<p>From git and the ledger, by week, UTC. ${fleet.some(({ people }) => people !== null) ? 'It names people.' : 'Figures only, no names.'}</p></header>
<main>
${fleet.length > 1 ? renderFleet(fleet) : ''}
${fleet.map(renderOrganisation).join('\n')}
</main>`;
  return renderHtmlPage({ title: 'Accounts in Zivver', style: STYLE, body });
}

function renderFleet(fleet: readonly SiteFigures[]): string {
  const rows = fleet.map(
    ({ organisation, last, open, refused, incomplete, found }) =>
      `<tr><th scope="row"><a href="#${escapeHtml(encodeURIComponent(organisation))}">${escapeHtml(organisation)}</a></th><td>${last === null ? 'no plan was applied' : `${escapeHtml(last.state)}, ${minuteOf(last.at)}`}</td><td>${formatKnown(open)}</td><td>${refused + found.refused}</td><td>${incomplete}</td><td>${driftWords(found)}</td></tr>`,
  );
  const columns = ['Organisation', 'Last apply', 'Open accounts', 'Refused plans', 'Not completed', 'Drift'];
  return renderTable('Organisations', columns, rows);
}

/** A table that scrolls by itself where there is little room. Columns and label are ours, rows are HTML. */
function renderTable(label: string, columns: readonly string[], rows: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col">${column}</th>`).join('');
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><table><thead><tr>${heads}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function driftWords({ drift, isDrifting }: SiteFigures['found']): string {
  if (isDrifting) return 'now';
  return drift === 0 ? 'none recorded' : `${drift} times, gone`;
}

function formatKnown(count: number | null): string {
  return count === null ? 'not known' : String(count);
}

function renderOrganisation(figures: SiteFigures): string {
  const { organisation, weeks, limits, people } = figures;
  const bars = (name: 'joiners' | 'leavers' | 'readers') =>
    weeks.map((week) => ({ label: week.monday, value: week[name] }));
  const busy = weeks.filter(({ joiners, leavers, readers }) => joiners + leavers + readers > 0);
  const rows = busy.map(
    ({ monday, joiners, leavers, readers }) =>
      `<tr><th scope="row" class="narrow">${monday}</th><td>${leavers}</td><td>${joiners}</td><td>${readers}</td></tr>`,
  );
  const charts =
    weeks.length === 0
      ? ''
      : `<div class="charts">
${renderChart('Suspended or deleted', bars('leavers'), 'leavers')}
${renderChart('New accounts', bars('joiners'), 'joiners')}
${renderChart('Readers let into other people’s mail', bars('readers'), 'readers')}
</div>
<details><summary>The same as a table</summary>${renderTable(`Weeks of ${organisation}`, ['Week of', 'Suspended or deleted', 'New', 'Readers'], rows)}</details>`;
  return `<section id="${escapeHtml(encodeURIComponent(organisation))}"><h2>${escapeHtml(organisation)}</h2>
<dl>${listFacts(figures)
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
    .join('')}</dl>
${charts}
${limits.length === 0 ? '' : renderLimits(organisation, limits)}
${people === null ? '' : renderPeople(organisation, people)}</section>`;
}

/** Names of ours, values as HTML. */
function listFacts(figures: SiteFigures): [string, string][] {
  const { last, head, plans, fromSource, toMerge, toZivver, open, unmanaged, onePair, refused, incomplete, found } =
    figures;
  const told = (times: SiteFigures['toMerge'], none = 'none'): string =>
    times === null
      ? none
      : `${formatDuration(times.median)} <small>nine of ten within ${formatDuration(times.ninth)}</small>`;
  return [
    [
      'Last apply',
      last === null
        ? 'none'
        : `${escapeHtml(last.state)} <small>${escapeHtml(last.plan)}, ${minuteOf(last.at)}</small>`,
    ],
    ['Applied plans', `${plans} <small>${onePair} by one pair of eyes</small>`],
    ['Leavers: from the source to Zivver', told(fromSource, 'not known')],
    ['From plan to merge', told(toMerge)],
    ['From plan to Zivver', told(toZivver)],
    ['Open accounts', formatKnown(open)],
    ['In Zivver, not managed', formatKnown(unmanaged)],
    ['Refused plans', `${refused + found.refused} <small>${incomplete} not completed</small>`],
    ['Drift', driftWords(found)],
    ['Head of the ledger', head === null ? 'none' : `<code>${escapeHtml(head)}</code>`],
  ];
}

function renderLimits(organisation: string, limits: SiteFigures['limits']): string {
  const rows = limits.map(
    ({ rule, observed, limit, plan }) =>
      `<tr><th scope="row">${escapeHtml(rule)}</th><td>${observed} of ${limit} (${Math.round((observed * 100) / limit)} %)</td><td class="narrow">${escapeHtml(plan)}</td></tr>`,
  );
  return `<h3>The most that a plan of the last year used of its limits</h3>
${renderTable(`Limits of ${organisation}`, ['Limit', 'Used', 'Plan'], rows)}`;
}

function renderPeople(organisation: string, people: NonNullable<SiteFigures['people']>): string {
  const rows = people.map(
    ({ at, address, name, what, plan }) =>
      `<tr><td class="narrow">${minuteOf(at)}</td><th scope="row">${escapeHtml(address)}</th><td>${escapeHtml(name)}</td><td>${escapeHtml(what)}</td><td class="narrow">${escapeHtml(plan)}</td></tr>`,
  );
  return `<details><summary>The last ${people.length} people who came, left or were let into mail</summary>
${renderTable(`People of ${organisation}`, ['When (UTC)', 'Account', 'Name', 'What', 'Plan'], rows)}</details>`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #fff; --soft: #f4f6f8; --line: #d5dae0; --link: #0b57d0;
  --bad: #b3261e; --new: #0b57d0; --read: #8a5300; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #9aa4af; --paper: #14171b; --soft: #1e2329; --line: #363d46;
  --link: #8ab4f8; --bad: #ff9d94; --new: #8ab4f8; --read: #f0b45b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1.25rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
a { color: var(--link); } p { margin: .35rem 0; color: var(--faint); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: .6rem; margin: 0; }
dl div { background: var(--soft); border-radius: 6px; padding: .5rem .75rem; } dt { color: var(--faint); font-size: .9rem; }
dd { margin: 0; font-size: 1.1rem; } small { color: var(--faint); font-size: .85rem; display: block; }
code { font: .8rem ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1rem; margin-top: 1rem; }
figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; }
svg text { font-size: 19px; fill: var(--faint); } .axis { stroke: var(--line); }
.leavers { fill: var(--bad); } .joiners { fill: var(--new); } .readers { fill: var(--read); }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; } .narrow { white-space: nowrap; } th, td { text-align: left; padding: .3rem .6rem; border: 1px solid var(--line); }
th { font-weight: 600; } tbody th { font-weight: 500; } summary { cursor: pointer; padding: .4rem 0; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
`;
