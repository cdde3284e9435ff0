import { UNICODE } from './unicode-tables.ts';
import { formatVisible, isPlainText } from './visible-text.ts';

const { L, M, N } = UNICODE;

/**
 * The one way for text that is not ours into a document. Every renderer takes one of these functions; nothing else
 * puts a value between its own words.
 */

/**
 * Inert Markdown text of one line: hidden characters shown (`⟦U+202E⟧`), every ASCII punctuation mark a character reference.
 * GitHub looks for links, mentions, issues and emoji again in the text it has rendered, where references are resolved; an empty
 * `<span>` behind the characters they begin with keeps them apart there too (read: cmark-gfm `postprocess_text`, html-pipeline).
 */
export function escapeMarkdown(text: string): string {
  return formatVisible(text)
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/&#(?:35|36|58|64);|(?:www)(?=&#46;)|gh&#45;/gi, '$&<span></span>');
}

/**
 * A value as `code`: a Markdown code span where the value is harmless, so that the raw file reads well in a diff, else
 * `<code>` around escaped text. GitHub makes no link and no mention in either. Empty text is shown as such.
 */
export function escapeCode(text: string): string {
  if (text === '') return '<code>⟦empty⟧</code>';
  if (HARMLESS.test(text) && !text.includes('::') && isPlainText(text)) return `\`${text}\``;
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** A sentence as running text: as it is if it holds nothing but harmless prose, else as `escapeMarkdown` shows it. */
export function escapeText(text: string): string {
  if (text === '') return '⟦empty⟧';
  return PROSE.test(text) && !REFERENCE.test(text) && isPlainText(text) ? text : escapeMarkdown(text);
}

/** Begins with a letter, or with a count, so it opens no block; nothing in it opens an inline: a colon stands before a space. */
const PROSE = new RegExp(`^(?:[${L}]|\\d+ [${L}])(?:[${L}${M}${N} .,;()'"/=-]|:(?= ))*$`, 'u');

/** What GitHub would link all the same: web addresses, issues, commits. */
const REFERENCE = /www|gh-|[0-9a-f]{7}/i;

/** What means nothing inside a code span, not even to a table or to a log that takes `::` and `##[` for commands. */
const HARMLESS = new RegExp(`^[${L}${M}${N} •.@_+,=/'():;&%-]+$`, 'u');

/**
 * Text of one line for a terminal or a CI log: hidden characters shown, among them every escape sequence, and the beginnings
 * of the commands that GitHub (`::`, `##[`) and Azure (`##vso[`) find in a log taken apart.
 */
export function escapeTerminal(text: string): string {
  return formatVisible(text).replace(/(?<=:):|(?<=#)#(?=(?:vso)?\[)/gi, (mark) =>
    mark === ':' ? '⟦U+003A⟧' : '⟦U+0023⟧',
  );
}

/** Text in a fence or span of code of Mattermost, where nobody is mentioned: it cannot end the fence. */
export function escapeFence(text: string): string {
  return formatVisible(text).replaceAll('`', '⟦U+0060⟧');
}

/** Text for Slack, where `<` begins every link and mention. */
export function escapeSlack(text: string): string {
  return formatVisible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text of an HTML element or of a quoted attribute: hidden characters shown. */
export function escapeHtml(text: string): string {
  return formatVisible(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
