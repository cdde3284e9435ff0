/** @typedef {import('../html-phrase.ts').ReportPhrase} ReportPhrase */

/** @param {string} id */
export function find(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} tag @param {string} style @param {readonly (Node | string)[]} children */
export function element(tag, style, ...children) {
  const node = document.createElement(tag);
  if (style !== '') node.className = style;
  node.append(...children);
  return node;
}

/** @param {ReportPhrase} phrase @returns {(Node | string)[]} */
export function renderPhrase(phrase) {
  return phrase.map((segment) => {
    if (typeof segment === 'string') return segment;
    return 'v' in segment ? element('code', '', segment.v) : element('b', '', ...renderPhrase(segment.b));
  });
}

/** @param {ReportPhrase} phrase @returns {string} */
export function plain(phrase) {
  return phrase.map((part) => (typeof part === 'string' ? part : 'v' in part ? part.v : plain(part.b))).join('');
}

/** Case and accents do not matter to a search. @param {string} text */
export function fold(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** @param {number} count */
export function number(count) {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
