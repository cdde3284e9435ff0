/** The keys in a key file, one a line; comments begin with `#`, as in the files of age-keygen. */
export function keyLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
