/** @typedef {import('../html-data.ts').ReportData} ReportData */
/** @typedef {import('../html-data.ts').ReportData['changes'][number]} ReportChange */
import { find, fold, plain } from './dom.js';

/** Rows shown at once; the rest on demand, so that thousands of changes do not slow the page down. */
export const STEP = 200;
export const FACETS = /** @type {const} */ (['action', 'reason', 'department', 'division']);

export const data = /** @type {ReportData} */ (JSON.parse(find('data').textContent ?? ''));
export const state = {
  words: /** @type {string[]} */ ([]),
  risk: '',
  action: '',
  reason: '',
  department: '',
  division: '',
  shown: STEP,
  all: false,
};

const CHOICES = /** @type {const} */ (['risk', ...FACETS]);

const texts = data.changes.map(textOf);

/** What is searched and filtered for, as the part of the address behind `#`; nothing chosen: ''. */
export function formatChoices() {
  const chosen = new URLSearchParams(CHOICES.flatMap((name) => (state[name] === '' ? [] : [[name, state[name]]])));
  if (state.words.length > 0) chosen.set('search', state.words.join(' '));
  return chosen.size === 0 ? '' : `#${chosen}`;
}

/** @param {string} hash */
export function parseChoices(hash) {
  const given = new URLSearchParams(hash.includes('=') ? hash.slice(1) : '');
  const words = fold(given.get('search') ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return {
    words,
    risk: given.get('risk') ?? '',
    action: given.get('action') ?? '',
    reason: given.get('reason') ?? '',
    department: given.get('department') ?? '',
    division: given.get('division') ?? '',
  };
}

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
  return CHOICES.every((facet) => facet === except || state[facet] === '' || state[facet] === change[facet]);
}

/** @param {string} text */
export function hasWords(text) {
  return state.words.every((word) => text.includes(word));
}
