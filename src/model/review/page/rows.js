/** @typedef {import('../html-data.ts').ReportData['changes'][number]} ReportChange */
import { element, number, renderPhrase } from './dom.js';
import { data, state } from './state.js';

/** Headings and rows. @param {readonly ReportChange[]} shown @param {readonly ReportChange[]} matching */
export function renderRows(shown, matching) {
  if (data.changes.length === 0) return [element('p', 'empty', 'No account in Zivver changes.')];
  if (shown.length === 0) return [element('p', 'empty', 'Nothing matches. Esc clears search and filters.')];
  return shown.flatMap((change, index) => {
    const previous = shown[index - 1];
    const heading = previous?.risk === change.risk ? [] : renderHeading(change.risk, matching);
    const isNewGroup = change.group !== null && previous?.group !== change.group;
    const group = isNewGroup ? [element('p', 'group', ...renderPhrase(data.groups[change.group] ?? []))] : [];
    return [...heading, ...group, renderChange(change)];
  });
}

/** @param {string} risk @param {readonly ReportChange[]} matching */
function renderHeading(risk, matching) {
  const found = data.classes.filter((reviewed) => reviewed.risk === risk);
  const count = matching.filter((change) => change.risk === risk).length;
  return found.flatMap(({ title, count: all, destructive, consequences }) => [
    element(
      'h2',
      destructive ? 'destructive' : '',
      `${title} (${count === all ? number(all) : `${number(count)} of ${number(all)}`})`,
    ),
    ...consequences.map((phrase) => element('p', '', ...renderPhrase(phrase))),
  ]);
}

/** @param {ReportChange} change */
function renderChange(change) {
  const { id, name, address, kind, why, effects, risk } = change;
  const kinds = kind.length === 0 ? [] : [' · ', ...renderPhrase(kind)];
  const button = element(
    'button',
    '',
    element('span', 'id', id),
    element('b', '', name),
    element('code', '', address),
    ...kinds,
  );
  const isRoutine = risk === 'attributes' || risk === 'create' || risk === 'follows';
  /** @type {ReportChange['effects']} */
  const evidence = isRoutine ? [] : [['Why: ', ...why]];
  const told = isBad(risk) ? [...evidence, ...effects] : [...effects, ...evidence];
  const lines = told.map((phrase) => element('p', 'tell', ...renderPhrase(phrase)));
  const row = element('article', isBad(risk) ? 'bad' : '', button, ...lines);
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => toggleTable(row, change, isRoutine));
  if (state.all) toggleTable(row, change, isRoutine);
  return row;
}

/** @param {string} risk */
function isBad(risk) {
  return data.classes.some((reviewed) => reviewed.risk === risk && reviewed.destructive);
}

/** @param {HTMLElement} row @param {ReportChange} change @param {boolean} isRoutine */
function toggleTable(row, change, isRoutine) {
  const isOpen = row.dataset['open'] === 'yes';
  row.dataset['open'] = isOpen ? 'no' : 'yes';
  row.firstElementChild?.setAttribute('aria-expanded', String(!isOpen));
  for (const old of row.querySelectorAll('.opened')) old.remove();
  if (isOpen) return;
  if (isRoutine) row.append(element('p', 'tell opened', 'Why: ', ...renderPhrase(change.why)));
  row.append(
    change.differences.length === 0 ? element('p', 'tell opened none', 'No attribute changes.') : renderTable(change),
  );
}

/** @param {ReportChange} change */
function renderTable({ differences }) {
  const head = element('tr', '', ...['Attribute', 'Before', 'After'].map((title) => element('th', '', title)));
  const rows = differences.map(({ name, before, after }) => {
    const title = element('th', '', name);
    title.setAttribute('scope', 'row');
    return element('tr', '', title, renderCell(before, 'del'), renderCell(after, 'ins'));
  });
  return element('table', 'opened', head, ...rows);
}

/** @param {ReportChange['differences'][number]['before']} lines @param {'del' | 'ins'} mark */
function renderCell(lines, mark) {
  if (lines.length === 0) return element('td', 'none', 'none');
  const parts = lines.map((line) =>
    element('div', '', ...line.map(([text, isDifferent]) => (isDifferent === 1 ? element(mark, '', text) : text))),
  );
  return element('td', '', ...parts);
}
