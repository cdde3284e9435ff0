import type { PlanFile } from '../schema/generated/plan.ts';
import { buildReportData } from './html-data.ts';
import { REPORT_STYLE } from './html-style.ts';
import { hashOf, renderHtmlPage } from '../text/html-page.ts';

/**
 * The review of a plan as one page for a browser: the story of plan.md, with search and filters for thousands of changes.
 * `script`: the page’s script (joinPageScript). The page needs no network and allows none. Everything from the plan stands in one block
 * of JSON that the script shows as text, so no value can become markup.
 */
export function renderHtml(plan: PlanFile, script: string): string {
  return renderHtmlPage({
    title: REPORT_TITLE,
    style: REPORT_STYLE,
    policy: policyFor(script),
    body: `${SKELETON}
<script type="application/json" id="data">${formatInertJson(buildReportData(plan))}</script>
<script type="module">${script}</script>`,
  });
}

export const REPORT_TITLE = 'Plan review';

/** JSON that means the same in JSON and nothing in HTML: it can neither end its element nor begin a comment. */
export function formatInertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Nothing but this very script; trusted types forbid every way from text to markup. */
function policyFor(script: string): readonly string[] {
  return [`script-src '${hashOf(script)}'`, `require-trusted-types-for 'script'`, `trusted-types 'none'`];
}

const SKELETON = `<a class="skip" href="#changes">Skip to the changes</a>
<header><h1 id="title"></h1><dl class="answers" id="verdict"></dl></header>
<noscript><p class="loud">This page needs JavaScript to show the plan. The same review is in plan.md.</p></noscript>
<main>
<section id="losing" aria-labelledby="losing-title" hidden><h2 class="destructive" id="losing-title"></h2><ul></ul></section>
<dl class="answers" id="answers"></dl><p id="bootstrap" hidden></p>
<section id="before" aria-label="Open accounts"></section>
<section id="pressing" aria-labelledby="pressing-title" hidden><h2 id="pressing-title">Limits to look at</h2><table></table></section>
<section id="changes" aria-label="Changes" tabindex="-1">
<div class="bar">
<div id="tiles" role="group" aria-label="Risk class"></div>
<div class="fields">
<label class="search">Search <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="name, address, OU, value, id"></label>
<label>Action <select id="action"></select></label>
<label>Reason <select id="reason"></select></label>
<label>Department <select id="department"></select></label>
<label>Division <select id="division"></select></label>
<button id="reset" type="button">Clear</button>
<button id="expand" type="button" aria-pressed="false">Side by side</button>
<button id="help" type="button" aria-expanded="false" aria-controls="keys">Keys</button>
</div>
<p id="count" role="status"></p>
<p id="keys" hidden><kbd>/</kbd> search · <kbd>j</kbd> <kbd>k</kbd> next, previous change · <kbd>Enter</kbd> before and after · <kbd>s</kbd> side by side for all · <kbd>Esc</kbd> clear · <kbd>?</kbd> these keys</p>
</div>
<div id="list"></div>
<button id="more" type="button" hidden></button>
</section>
<details id="notes" hidden open><summary>Notes</summary><ul></ul></details>
<section id="appendices" aria-label="Left out and not managed"></section>
<details id="limits" hidden><summary>Other limits</summary><table></table></details>
<details id="provenance"><summary>Where this comes from</summary><ul></ul></details>
</main>`;
