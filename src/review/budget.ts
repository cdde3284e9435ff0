/** A part of a document whose rows may have to give way to a size limit. */
export interface Block {
  readonly head: readonly string[];
  /** One or more lines each, without the last line break. */
  readonly rows: readonly string[];
  readonly foot: readonly string[];
  /** The least important gives way first: 0 before 1. Null = every row stays, whatever the size. */
  readonly givesWay: number | null;
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
  const fitted = [...blocks];
  const order = blocks
    .map((block, index) => ({ givesWay: block.givesWay, index }))
    .filter(({ givesWay }) => givesWay !== null)
    .sort((one, other) => Number(one.givesWay) - Number(other.givesWay) || other.index - one.index);
  let excess = blocks.reduce((sum, block) => sum + sizeOf(block), 0) - bytes;
  for (const { index } of order) {
    const block = blocks[index];
    if (excess <= 0 || block === undefined) break;
    const shortened = shortenBlock(block, excess, more);
    excess -= sizeOf(block) - sizeOf(shortened);
    fitted[index] = shortened;
  }
  return fitted
    .flatMap(linesOf)
    .map((line) => `${line}\n`)
    .join('');
}

function shortenBlock(block: Block, excess: number, more: Budget['more']): Block {
  let kept = block.rows.length;
  let saved = -lineSize(more(kept));
  while (kept > 0 && saved < excess) {
    kept -= 1;
    saved += lineSize(block.rows[kept] ?? '');
  }
  if (saved <= 0) return block;
  return { ...block, rows: [...block.rows.slice(0, kept), more(block.rows.length - kept)] };
}

function linesOf({ head, rows, foot }: Block): readonly string[] {
  return [...head, ...rows, ...foot];
}

/** In UTF-8 bytes. */
export function sizeOfText(text: string): number {
  return Buffer.byteLength(text);
}

function sizeOf(block: Block): number {
  return linesOf(block).reduce((sum, line) => sum + lineSize(line), 0);
}

function lineSize(line: string): number {
  return sizeOfText(line) + 1;
}
