/** Why a file could not be read, in words for people. Rethrows what is no failure of reading. */
export function describeFileFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'the file does not exist';
  if (code === 'EISDIR') return 'this is a directory, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  if (code !== '' && !(error instanceof TypeError)) return `the file cannot be read (${code})`;
  if (error instanceof TypeError) return 'the bytes do not fit the byte order mark at the start; the file is damaged';
  throw error;
}
