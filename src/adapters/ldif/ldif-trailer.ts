/** What `ldapsearch` and `ldbsearch` write around the entries: how the search ended, page cookies, references to other servers. */
export interface LdifTrailer {
  readonly referrals: readonly string[];
  /** Looks at a `#` line; `entries`: how many the file has before it. */
  comment(text: string, entries: number): void;
  /** True if a line outside an entry belongs to the trailer. `name` in lower case. */
  accept(name: string, value: string): boolean;
  /** How many entries are missing, if the exporter counted others than the file has; undefined if all are there. */
  miscount(): string | undefined;
  /** Why the export is not complete; undefined if nothing says so. */
  fault(): string | undefined;
}

const NAMES: ReadonlySet<string> = new Set(['search', 'result', 'control', 'pagedresults', 'ref', 'matcheddn', 'text']);

export function buildTrailer(): LdifTrailer {
  const referrals: string[] = [];
  let failure: string | undefined;
  let hasMorePages = false;
  let missing: string | undefined;
  /** Entries before the last count: files of several searches are put together, and with pages some count all so far. */
  let counted = 0;
  const notePage = (text: string): void => {
    const cookie = /cookie=(\S*)/.exec(text)?.[1];
    if (cookie !== undefined) hasMorePages = cookie !== '';
  };
  return {
    referrals,
    comment(text, entries) {
      const count = /^# ?(?:numEntries: *(\d+)|(\d+) entries)$/i.exec(text.trimEnd())?.slice(1).find(Boolean);
      if (count !== undefined) {
        const [since, all] = [entries - counted, entries];
        if (Number(count) !== since && Number(count) !== all)
          missing ??= `the export counted ${count} entries, and the file has ${since} of them: entries were taken out, or it was cut short`;
        counted = entries;
      }
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
    miscount: () => missing,
    fault: () => failure ?? (hasMorePages ? 'the export stopped before its last page' : undefined),
  };
}
