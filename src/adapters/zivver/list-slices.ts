import { decodeUtf8, withoutMark } from '../../model/text/utf8.ts';

/** A slice is a little longer, and then mapped and let go before the next one is parsed. */
const SLICE_BYTES = 1 << 20;
/** So many seams are tried before the rest is parsed as a whole. */
const MOST_SEAMS = 10;

/** How lists begin, and the name with which each account does; any other beginning means: the whole list at once. */
const HEAD = /^(\s*\{(?:\s*"totalResults"\s*:\s*\d+\s*,)?\s*"Resources"\s*:\s*\[)\{("\w+"):/;

/** Some of the resources, or, at the end, the list with those that are left. */
export type ListPart = { readonly resources: readonly unknown[] } | { readonly list: unknown };

/**
 * Parses the JSON of a list that may hold 100,000 accounts, a slice at a time. Throws a `SyntaxError` for what `JSON.parse`
 * would not take, be it after some slices.
 */
export function* parseListSlices(body: Uint8Array, sliceBytes: number = SLICE_BYTES): Generator<ListPart> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const [, head = '', name] = HEAD.exec(bytes.toString('latin1', 0, 200)) ?? [];
  let start = head.length;
  for (;;) {
    const slice = name === undefined ? null : findSlice(bytes.subarray(start), { seam: `},{${name}:`, sliceBytes });
    if (slice === null) break;
    yield { resources: slice.elements };
    start += slice.bytes + 1;
  }
  yield { list: JSON.parse(head + withoutMark(decodeUtf8(bytes.subarray(start)) ?? '')) };
}

/**
 * Ends before the first comma, so many bytes on, that has only whole elements before it: if they parse as an array, the parser
 * of the whole would stand between two elements there too. A seam looks like such a place, and is never inside a string, where
 * its quotation marks would have a backslash before them. Null if the list ends before that.
 */
function findSlice(
  bytes: Buffer,
  { seam, sliceBytes }: { readonly seam: string; readonly sliceBytes: number },
): { elements: unknown[]; bytes: number } | null {
  let at = sliceBytes - 1;
  for (let tried = 0; tried < MOST_SEAMS; tried += 1) {
    at = bytes.indexOf(seam, at + 1);
    if (at < 0) return null;
    const elements = parseElements(bytes.subarray(0, at + 1));
    if (elements !== null) return { elements, bytes: at + 1 };
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
