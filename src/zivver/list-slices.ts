import { decodeUtf8, withoutMark } from '../utf8.ts';

/** A slice is a little longer, and then mapped and let go before the next one is parsed. */
const SLICE_BYTES = 1 << 20;
/** So many seams are tried before the rest is parsed as a whole. */
const MOST_SEAMS = 100;

/** How lists begin; any other beginning means: the whole list at once. */
const HEAD = /^\s*\{(?:\s*"totalResults"\s*:\s*\d+\s*,)?\s*"Resources"\s*:\s*\[/;
/** Between two accounts; never inside a string, where the quotation mark would have a backslash before it. */
const SEAM = '},{"';

/** Some of the resources, or, at the end, the list with those that are left. */
export type ListPart = { readonly resources: readonly unknown[] } | { readonly list: unknown };

/**
 * Parses the JSON of a list that may hold 100,000 accounts, a slice at a time. Throws a `SyntaxError` for what `JSON.parse`
 * would not take, be it after some slices.
 */
export function* parseListSlices(body: Uint8Array, sliceBytes: number = SLICE_BYTES): Generator<ListPart> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const head = HEAD.exec(bytes.toString('latin1', 0, 200))?.[0] ?? '';
  let start = head.length;
  if (head !== '') {
    for (let slice = findSlice(bytes, start, sliceBytes); slice !== null; slice = findSlice(bytes, start, sliceBytes)) {
      yield { resources: slice.elements };
      start = slice.end + 1;
    }
  }
  yield { list: JSON.parse(head + withoutMark(decodeUtf8(bytes.subarray(start)) ?? '')) };
}

/**
 * Ends before the first comma, so many bytes on, that has only whole elements before it: if they parse as an array, the parser
 * of the whole would stand between two elements there too. Null if the list ends before that.
 */
function findSlice(bytes: Buffer, start: number, sliceBytes: number): { elements: unknown[]; end: number } | null {
  let seam = start + sliceBytes - 1;
  for (let tried = 0; tried < MOST_SEAMS; tried += 1) {
    seam = bytes.indexOf(SEAM, seam + 1);
    if (seam < 0) return null;
    const elements = parseElements(bytes.subarray(start, seam + 1));
    if (elements !== null) return { elements, end: seam + 1 };
  }
  return null;
}

function parseElements(bytes: Buffer): unknown[] | null {
  try {
    return JSON.parse(`[${decodeUtf8(bytes) ?? ','}]`) as unknown[];
  } catch {
    return null;
  }
}
