/** The style sheet of the report. System fonts; colours for light and dark; on paper without controls and fully opened. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #57606a; --paper: #fff; --soft: #f4f6f8; --line: #d5dae0;
  --link: #0b57d0; --bad: #b3261e; --bad-soft: #fdecea; --warn: #8a5300; --gone: #ffd7d5; --new: #c9f2d1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #9aa4af; --paper: #14171b; --soft: #1e2329;
  --line: #363d46; --link: #8ab4f8; --bad: #ff9d94; --bad-soft: #3a1d1b; --warn: #f0b45b; --gone: #5f2622; --new: #1d4a2a; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 11rem; }
body { margin: 0 auto; max-width: 76rem; padding: 1.25rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .75rem; } h1 code { font: inherit; background: none; padding: 0; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 .25rem; }
p { margin: .35rem 0; }
code { font: .92em ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; unicode-bidi: isolate;
  overflow-wrap: anywhere; background: var(--soft); border-radius: 3px; padding: .05em .25em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; width: 1%; }
.answers { display: grid; grid-template-columns: max-content 1fr; margin: .4rem 0; border-top: 1px solid var(--line); }
.answers dt, .answers dd { margin: 0; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
.answers dt { font-weight: 600; } .answers:empty { display: none; }
#losing h2 { margin-top: .8rem; } #losing ul { margin: .2rem 0 .6rem; padding-left: 1.2rem; }
summary { cursor: pointer; font-weight: 600; padding: .35rem 0; }
main > details, #appendices details, #before details { border-top: 1px solid var(--line); margin-top: .6rem; }
.loud, .loud td { color: var(--bad); font-weight: 600; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; }
.bar { position: sticky; top: 0; z-index: 1; background: var(--paper); padding: .6rem 0; border-bottom: 1px solid var(--line);
  margin-top: 1rem; }
#tiles { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .6rem; }
button, select, input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: 6px; padding: .3rem .6rem; }
button { cursor: pointer; } button:hover { background: var(--soft); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
button[aria-pressed=true] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
.destructive { color: var(--bad); }
#tiles b { font-variant-numeric: tabular-nums; margin-right: .35rem; }
.fields { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.fields label { font-size: .8rem; color: var(--faint); display: flex; flex-direction: column; }
.fields .search { flex: 1 1 16rem; } .fields select { max-width: 15rem; }
.fields input, .fields select { font-size: 15px; color: var(--ink); }
#count, #keys { font-size: .9rem; color: var(--faint); margin: .5rem 0 0; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .35em; background: var(--soft); }
.group { background: var(--soft); border-radius: 6px; padding: .4rem .7rem; margin: .6rem 0 .3rem; }
article { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; margin: .4rem 0;
  content-visibility: auto; contain-intrinsic-size: auto 5rem; }
article.bad { border-left-color: var(--bad); }
article > button { display: block; width: 100%; text-align: left; border: 0; border-radius: 5px; padding: .4rem .7rem .1rem; }
article > button > b { unicode-bidi: isolate; margin-right: .5rem; }
article .id { color: var(--faint); float: right; font-size: .85em; }
article .tell { padding: 0 .7rem .4rem 1.6rem; margin: 0; color: var(--ink); }
article table { width: calc(100% - 1.4rem); margin: .2rem .7rem .7rem; table-layout: fixed; }
article th[scope=row] { width: 11rem; white-space: normal; }
article td { overflow-wrap: anywhere; } article td > div { unicode-bidi: isolate; white-space: pre-wrap; }
.none { color: var(--faint); font-style: italic; }
del { background: var(--gone); text-decoration: line-through; } ins { background: var(--new); text-decoration: none; font-weight: 600; }
#more { margin: .8rem auto; display: block; }
.empty { text-align: center; color: var(--faint); padding: 2rem; }
@media (max-width: 45rem) { body { padding: .7rem; font-size: 14px; line-height: 1.4; } h1 { font-size: 1.2rem; margin: 0 0 .3rem; }
  .bar { position: static; } article th[scope=row] { width: 6rem; } .fields label, .fields select, .fields .search { flex: 1 1 45%; max-width: none; width: 100%; }
  .answers { display: block; border: 0; } .answers dt { display: inline; border: 0; padding: 0; }
  .answers dd { display: inline; border: 0; padding: 0 0 0 .3rem; } .answers dd::after { content: ''; display: block; height: .3rem; }
  #losing h2 { margin: .3rem 0 0; } #losing ul { padding-left: 1rem; margin: 0 0 .3rem; font-size: 13px; line-height: 1.28; } #pressing td, #limits td { display: block; border: 0; }
  #pressing tr, #limits tr { display: block; border: 1px solid var(--line); } td, th { overflow-wrap: anywhere; } }
@media print { :root { color-scheme: light; --ink: #000; --faint: #444; --paper: #fff; --soft: #f2f2f2; --line: #bbb;
  --bad: #a00; --gone: #eee; --new: #eee; } body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.3; }
  #tiles, .fields, #keys, #more, .skip { display: none !important; } .bar { position: static; border: 0; margin: 0; padding: 0; }
  article { content-visibility: visible; break-inside: avoid; margin: .15rem 0; } article > button { padding: .1rem .4rem 0; }
  article .tell { padding: 0 .4rem .1rem 1rem; } p { margin: .1rem 0; } h2 { break-after: avoid; margin: .8rem 0 .1rem; }
  ins { text-decoration: underline; } }
`;
