/** The files of the report's script, each after those it imports. */
export const PAGE_FILES = ['dom.js', 'state.js', 'rows.js', 'page.js'] as const;

/**
 * One script without imports from the texts of `PAGE_FILES`, because a page that allows no network carries its script inline.
 * They import only from each other and export only functions and constants.
 */
export function joinPageScript(texts: readonly string[]): string {
  return texts
    .map((text) => text.replaceAll('\r\n', '\n'))
    .map((text) => text.replace(/^import [^;]*;\n/gm, '').replace(/^export (?=function |const )/gm, ''))
    .map((text) => text.replace(/^\/\/# sourceMappingURL=.*$/m, ''))
    .join('\n');
}
