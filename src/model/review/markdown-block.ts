import { rowsOf, type Block, type Rows } from './budget.ts';

/** Paragraphs of Markdown, each followed by an empty line; never shortened. */
export function paragraphs(...texts: readonly string[]): Block {
  return { head: texts.flatMap((text) => [text, '']), rows: rowsOf([], String), foot: [], givesWay: null };
}

/** A list, each row starting with `- `, followed by an empty line. */
export function listBlock(rows: Rows, givesWay: number | null): Block {
  return { head: [], rows, foot: [''], givesWay };
}

/** A list behind a line to click on. `summary`: words of ours. */
export function foldedBlock(summary: string, rows: Rows, givesWay: number | null): Block {
  const head = [`<details><summary>${summary}</summary>`, ''];
  return { head, rows, foot: ['', '</details>', ''], givesWay };
}
