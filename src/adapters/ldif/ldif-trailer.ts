/** What `ldapsearch` writes around the entries: how the search ended, page cookies, references to other servers. */
export interface LdifTrailer {
  readonly referrals: readonly string[];
  /** Looks at a `#` line. */
  comment(text: string): void;
  /** True if a line outside an entry belongs to the trailer. `name` in lower case. */
  accept(name: string, value: string): boolean;
  /** Why the export is not complete; undefined if nothing says so. */
  fault(): string | undefined;
}

const NAMES: ReadonlySet<string> = new Set(['search', 'result', 'control', 'pagedresults', 'ref', 'matcheddn', 'text']);

export function buildTrailer(): LdifTrailer {
  const referrals: string[] = [];
  let failure: string | undefined;
  let hasMorePages = false;
  const notePage = (text: string): void => {
    const cookie = /cookie=(\S*)/.exec(text)?.[1];
    if (cookie !== undefined) hasMorePages = cookie !== '';
  };
  return {
    referrals,
    comment(text) {
      const url = /^# ?ref(ldaps?:\/\/\S+)/i.exec(text)?.[1];
      if (url !== undefined) referrals.push(url);
      if (/^# ?pagedresults:/i.test(text)) notePage(text);
    },
    accept(name, value) {
      if (name === 'ref') referrals.push(value);
      if (name === 'result' && !/^0\b/.test(value))
        failure ??= `the export ended with an error (result: ${value.slice(0, 60)})`;
      if (name === 'pagedresults') notePage(value);
      return NAMES.has(name);
    },
    fault: () => failure ?? (hasMorePages ? 'the export stopped before its last page' : undefined),
  };
}
