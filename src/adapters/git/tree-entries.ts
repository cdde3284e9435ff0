/** One line of a tree object. */
export interface TreeEntry {
  /** As `git mktree` takes it: `100644`, `040000`. */
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly id: string;
  readonly name: string;
}

const ID_BYTES = 20;

/** The bytes of a tree object: `<mode> <name>\0<id>` each. Bytes that are no UTF-8 become U+FFFD. */
export function parseTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const space = bytes.indexOf(0x20, offset);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', offset, space).padStart(6, '0');
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    offset = end + 1 + ID_BYTES;
    const id = bytes.toString('hex', end + 1, offset);
    entries.push({ mode, type, id, name: bytes.toString('utf8', space + 1, end) });
  }
  return entries;
}
