/** @typedef {import('../html-data.ts').ReportData} ReportData */
/** @typedef {import('../html-data.ts').ReportData['changes'][number]} ReportChange */
import { find, fold, plain } from './dom.js';

/** Rows shown at once; the rest on demand, so that thousands of changes do not slow the page down. */
export const STEP = 200;
export const FACETS = /** @type {const} */ (['action', 'reason', 'division']);

export const data = /** @type {ReportData} */ (JSON.parse(find('data').textContent ?? ''));
export const state = {
  words: /** @type {string[]} */ ([]),
  risk: '',
  action: '',
  reason: '',
  division: '',
  shown: STEP,
  all: false,
};

const texts = data.changes.map(textOf);

/** The changes that have every word searched for. */
export function findChanges() {
  return data.changes.filter((_, index) => hasWords(texts[index] ?? ''));
}

/** @param {ReportChange} change */
function textOf({ id, name, address, kind, why, effects, differences }) {
  const values = differences.flatMap(({ before, after }) =>
    [...before, ...after].map((line) => line.map(([text]) => text).join('')),
  );
  return fold([id, name, address, plain(kind), plain(why), ...effects.map(plain), ...values].join('\n'));
}

/** @param {ReportChange} change @param {string} except one filter to leave aside */
export function isChosen(change, except) {
  return /** @type {const} */ (['risk', ...FACETS]).every(
    (facet) => facet === except || state[facet] === '' || state[facet] === change[facet],
  );
}

/** @param {string} text */
export function hasWords(text) {
  return state.words.every((word) => text.includes(word));
}
