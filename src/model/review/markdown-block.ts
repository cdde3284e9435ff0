import { formatCount } from '../text/format-count.ts';
import { rowsOf, type Block, type Rows } from './budget.ts';

/** Paragraphs of Markdown, each followed by an empty line; never shortened. */
export function paragraphs(...texts: readonly string[]): Block {
  return { head: texts.flatMap((text) => [text, '']), rows: rowsOf([], String), foot: [], givesWay: null };
}

/** A list, each row starting with `- `, followed by an empty line. */
export function listBlock(rows: Rows, givesWay: number | null): Block {
  return { head: [], rows, foot: [''], givesWay };
}

/** A list behind a line to click on, which says how many rows there are and how many of them are shown. */
export function foldedBlock(rows: Rows, givesWay: number | null, summarise: Summary = summariseAll): Block {
  const opening = (shown: number): string =>
    `<details><summary>${summarise({ shown: formatCount(shown), all: formatCount(rows.count), isWhole: shown === rows.count })}</summary>`;
  return { opening, head: [''], rows, foot: ['', '</details>', ''], givesWay };
}

/** Words of ours. */
type Summary = (counts: { readonly shown: string; readonly all: string; readonly isWhole: boolean }) => string;

function summariseAll({ shown, all, isWhole }: Parameters<Summary>[0]): string {
  return isWhole ? `Show the ${all}` : `Show ${shown} of the ${all}`;
}
