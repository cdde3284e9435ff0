/**
 * How often one of the names stands in a text by itself, without case: `an@company.org` is no part of `jan@company.org`.
 * The longest name counts where one holds another.
 */
export function countMentions(text: string, names: readonly string[]): number {
  const sought = [...names].sort((one, other) => other.length - one.length).map(escapeName);
  if (sought.length === 0) return 0;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}._%+-])(?:${sought.join('|')})(?![\\p{L}\\p{N}]|[.@-][\\p{L}\\p{N}])`,
    'giu',
  );
  return [...text.matchAll(pattern)].length;
}

function escapeName(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
