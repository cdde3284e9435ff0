/** A part of a document whose rows may have to give way to a size limit. */
export interface Block {
  /** The very first line, which may tell how many of the rows are shown. */
  readonly opening?: (shown: number) => string;
  readonly head: readonly string[];
  readonly rows: Rows;
  readonly foot: readonly string[];
  /** The least important gives way first: 0 before 1. Null = every row stays, whatever the size. */
  readonly givesWay: number | null;
}

/** One or more lines each, without the last line break; only those that there is room for are rendered. */
export interface Rows {
  readonly count: number;
  readonly render: (index: number) => string;
}

export function rowsOf<Subject>(subjects: readonly Subject[], render: (subject: Subject) => string): Rows {
  return { count: subjects.length, render: (index) => render(subjects[index] as Subject) };
}

export interface Budget {
  /** UTF-8. */
  readonly bytes: number;
  /** The line that stands for rows left out. */
  readonly more: (count: number) => string;
}

/**
 * The document of these blocks, at most `bytes` long if leaving out rows of those that give way suffices. Rows are left
 * out from the end of a block; what is left out is counted in its place.
 */
export function fitBlocks(blocks: readonly Block[], { bytes, more }: Budget): string {
  const filling = blocks.map((block) => ({ block, rows: [] as string[], left: 0 }));
  const byImportance = filling.toSorted((one, other) => importanceOf(other) - importanceOf(one));
  let room = bytes - blocks.reduce((sum, block) => sum + frameSize(block), 0);
  for (const one of byImportance) room = fill(one, room);
  for (const one of byImportance.toReversed()) if (room < 0) room = shorten(one, room, more);
  return filling
    .flatMap(({ block, rows, left }) => [
      ...(block.opening === undefined ? [] : [block.opening(block.rows.count - left)]),
      ...block.head,
      ...rows,
      ...block.foot,
    ])
    .map((line) => `${line}\n`)
    .join('');
}

interface Filling {
  readonly block: Block;
  /** Those that were rendered so far; in the end those that stay. */
  readonly rows: string[];
  /** How many were left out. */
  left: number;
}

/** What stands around the rows, at its longest. */
function frameSize({ opening, head, rows, foot }: Block): number {
  const openings = opening === undefined ? [] : [opening(rows.count), opening(Math.max(rows.count - 1, 0))];
  const longest = openings.map(lineSize).reduce((most, size) => Math.max(most, size), 0);
  return longest + sizeOf(head) + sizeOf(foot);
}

function importanceOf({ block: { givesWay } }: Filling): number {
  return givesWay ?? Number.MAX_SAFE_INTEGER;
}

/** Renders rows as long as there is room, and one more. Returns the room that is left, negative if too much was rendered. */
function fill({ block: { rows, givesWay }, rows: rendered }: Filling, room: number): number {
  let left = room;
  while (rendered.length < rows.count && (left >= 0 || givesWay === null)) {
    const row = rows.render(rendered.length);
    rendered.push(row);
    left -= lineSize(row);
  }
  return left;
}

/** Leaves out as many rows as must be, unless the line in their place would be longer than all of them. Returns the room. */
function shorten(one: Filling, room: number, more: Budget['more']): number {
  const { block, rows } = one;
  if (block.givesWay === null) return room;
  const free = room + sizeOf(rows);
  const stead = lineSize(more(block.rows.count));
  fill(one, stead - sizeOf(rows));
  if (rows.length === block.rows.count && sizeOf(rows) <= stead) return free - sizeOf(rows);
  let left = free - sizeOf(rows) - stead;
  while (rows.length > 0 && left < 0) left += lineSize(rows.pop() ?? '');
  one.left = block.rows.count - rows.length;
  rows.push(more(one.left));
  return free - sizeOf(rows);
}

/** In UTF-8 bytes. */
export function sizeOfText(text: string): number {
  return Buffer.byteLength(text);
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + lineSize(line), 0);
}

function lineSize(line: string): number {
  return sizeOfText(line) + 1;
}
