/** @typedef {import('../html-phrase.ts').ReportPhrase} ReportPhrase */
/** @typedef {import('../html-data.ts').ReportData} ReportData */
/** @typedef {import('../html-data.ts').ReportData['changes'][number]} ReportChange */
import { element, find, fold, number, plain, renderPhrase } from './dom.js';
import { renderRows } from './rows.js';
import { data, FACETS, findChanges, formatChoices, hasWords, isChosen, parseChoices, state, STEP } from './state.js';

showFrame();
connectControls();
followAddress();

/** What stays the same whatever is searched for. */
function showFrame() {
  find('title').append(...renderPhrase(data.title));
  document.title = plain(data.title);
  fillAnswers(find('verdict'), data.verdict);
  fillAnswers(find('answers'), data.answers);
  if (data.losing !== null) {
    find('losing-title').textContent = data.losing.title;
    fillList(find('losing'), data.losing.rows);
  }
  if (data.bootstrap !== null) find('bootstrap').append(...renderPhrase(data.bootstrap));
  find('bootstrap').hidden = data.bootstrap === null;
  fillLimits(find('pressing'), data.limits.pressing);
  fillLimits(find('limits'), data.limits.others);
  fillList(find('notes'), data.notes);
  fillList(find('provenance'), data.provenance);
}

/** @param {HTMLElement} list @param {ReportData['verdict']} answers */
function fillAnswers(list, answers) {
  for (const { question, answer } of answers)
    list.append(element('dt', '', question), element('dd', '', ...renderPhrase(answer)));
}

/** @param {HTMLElement} section @param {ReportData['limits']['others']} limits */
function fillLimits(section, limits) {
  section.hidden = limits.length === 0;
  for (const { name, text, verdict, loud } of limits)
    section.lastElementChild?.append(
      element(
        'tr',
        loud ? 'loud' : '',
        ...[name, text, verdict].map((cell) => element('td', '', ...renderPhrase(cell))),
      ),
    );
}

/** @param {HTMLElement} details @param {readonly ReportPhrase[]} phrases */
function fillList(details, phrases) {
  details.lastElementChild?.replaceChildren(...phrases.map((phrase) => element('li', '', ...renderPhrase(phrase))));
  details.hidden = phrases.length === 0;
}

function connectControls() {
  find('search').addEventListener('input', () => choose({ words: wordsOf(inputOf('search').value) }));
  for (const facet of FACETS) find(facet).addEventListener('change', () => choose({ [facet]: inputOf(facet).value }));
  find('reset').addEventListener('click', reset);
  find('expand').addEventListener('click', toggleAll);
  find('help').addEventListener('click', toggleHelp);
  find('more').addEventListener('click', showMore);
  document.addEventListener('keydown', pressKey);
  addEventListener('beforeprint', () => choose({ shown: Infinity, all: false }));
  addEventListener('afterprint', () => choose({}));
  addEventListener('hashchange', followAddress);
}

/** The choices stand in the address, so that they can be sent to somebody who has the same page. */
function followAddress() {
  const choices = parseChoices(location.hash);
  inputOf('search').value = choices.words.join(' ');
  choose(choices);
}

/** @param {string} id */
function inputOf(id) {
  return /** @type {HTMLInputElement} */ (find(id));
}

/** @param {string} text */
function wordsOf(text) {
  return fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** @param {Partial<typeof state>} choice */
function choose(choice) {
  Object.assign(state, { shown: STEP }, choice);
  update();
  const wanted = formatChoices();
  if (wanted !== location.hash && (wanted !== '' || location.hash.includes('=')))
    history.replaceState(null, '', wanted === '' ? '#' : wanted);
}

function reset() {
  for (const id of ['search', ...FACETS]) inputOf(id).value = '';
  choose(parseChoices(''));
}

function toggleAll() {
  choose({ all: !state.all, shown: state.shown });
}

function toggleHelp() {
  find('keys').hidden = !find('keys').hidden;
  find('help').setAttribute('aria-expanded', String(!find('keys').hidden));
}

function showMore() {
  const last = find('list').querySelectorAll('article > button').length;
  choose({ shown: state.shown + STEP });
  focusRow(last);
}

/** @param {number} index */
function focusRow(index) {
  const row = /** @type {HTMLElement | undefined} */ ([...find('list').querySelectorAll('article > button')][index]);
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

/** @param {KeyboardEvent} event */
function pressKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    reset();
    target.blur();
  }
  if (['INPUT', 'SELECT'].includes(target.tagName)) return;
  const action = {
    '/': () => find('search').focus(),
    j: () => step(1),
    k: () => step(-1),
    s: toggleAll,
    '?': toggleHelp,
  }[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}

/** @param {number} by */
function step(by) {
  const rows = [...find('list').querySelectorAll('article > button')];
  const next = rows.indexOf(/** @type {Element} */ (document.activeElement)) + by;
  if (next >= rows.length && !find('more').hidden) showMore();
  else focusRow(Math.max(next, 0));
}

/** Shows what fits the choices. */
function update() {
  const found = findChanges();
  const matching = found.filter((change) => isChosen(change, ''));
  showTiles(found);
  for (const facet of FACETS) showChoices(facet, found);
  const shown = matching.slice(0, state.shown);
  find('list').replaceChildren(...renderRows(shown, matching));
  const rest = matching.length - shown.length;
  find('more').hidden = rest === 0;
  find('more').textContent = `Show ${number(Math.min(rest, STEP))} more of ${number(rest)}`;
  find('count').textContent =
    `${number(matching.length)} of ${number(data.changes.length)} changes match, ${number(shown.length)} shown`;
  find('expand').setAttribute('aria-pressed', String(state.all));
  showAppendices();
}

/** @param {readonly ReportChange[]} found */
function showTiles(found) {
  const tiles = data.classes.map(({ risk, title, destructive }) => {
    const count = found.filter((change) => change.risk === risk && isChosen(change, 'risk')).length;
    const tile = element('button', destructive ? 'destructive' : '', element('b', '', number(count)), title);
    tile.setAttribute('aria-pressed', String(state.risk === risk));
    tile.id = `tile-${risk}`;
    tile.addEventListener('click', () => {
      choose({ risk: state.risk === risk ? '' : risk });
      find(`tile-${risk}`).focus();
    });
    return tile;
  });
  find('tiles').replaceChildren(...tiles);
}

/** @param {typeof FACETS[number]} facet @param {readonly ReportChange[]} found */
function showChoices(facet, found) {
  const counts = new Map();
  for (const change of found)
    if (isChosen(change, facet)) counts.set(change[facet], (counts.get(change[facet]) ?? 0) + 1);
  const choices = data.facets[facet].map(
    ([value, label]) => new Option(`${label} (${number(counts.get(value) ?? 0)})`, value),
  );
  find(facet).replaceChildren(new Option('all', ''), ...choices);
  inputOf(facet).value = state[facet];
}

/** Open, left out and not managed; the search looks there too, the filters cannot. */
function showAppendices() {
  showFolded(find('before'), data.before);
  showFolded(find('appendices'), data.appendices);
}

/** @param {HTMLElement} section @param {ReportData['appendices']} appendices */
function showFolded(section, appendices) {
  const folded = appendices.map(({ title, rows }, index) => {
    const found = state.words.length === 0 ? rows : rows.filter((row) => hasWords(fold(plain(row))));
    const count =
      found.length === rows.length ? number(rows.length) : `${number(found.length)} of ${number(rows.length)} match`;
    const details = element('details', '', element('summary', '', `${title} (${count})`), element('ul', ''));
    details.toggleAttribute('open', section.children[index]?.hasAttribute('open') === true);
    const fill = () => details.hasAttribute('open') && fillList(details, found);
    details.addEventListener('toggle', fill);
    fill();
    return details;
  });
  section.replaceChildren(...folded);
}
