import { createHash } from 'node:crypto';
import { domainOf, parseMailAddress } from '../../model/directory/mail-address.ts';
import { parseMobile } from '../../model/directory/phone.ts';
import type { Entry } from '../../model/directory/entry.ts';

/** What the entries of a source have of one attribute. */
export interface AttributeSurvey {
  /** Lower case, as `Entry` has it. */
  readonly name: string;
  /** Entries with at least one non-blank value. */
  readonly filled: number;
  /** Values over all entries. */
  readonly values: number;
  /** Different values, case counts. */
  readonly distinct: number;
  /** The first value met. May be personal: mask it before it is shown. */
  readonly example: string;
  /** What most of the values that end in brackets end with, as ` (extern)`, and how many do; null: none does. */
  readonly suffix: { readonly text: string; readonly count: number } | null;
  /** Entries whose first value looks like … */
  readonly looks: Readonly<Record<Look, number>>;
}

export type Look = keyof typeof LOOKS;

export interface Survey {
  readonly entries: number;
  /** Sorted by name. */
  readonly attributes: readonly AttributeSurvey[];
}

export interface SurveyBuilder {
  add(entry: Entry): void;
  finish(): Survey;
}

/** Takes entries one by one and keeps counts, no entries. `phoneRegion`: for numbers without a country. */
export function buildSurvey(phoneRegion: string): SurveyBuilder {
  const drafts = new Map<string, Draft>();
  let entries = 0;
  return {
    add({ attributes }) {
      entries += 1;
      for (const [name, values] of attributes) {
        const used = values.filter((value) => value.trim() !== '');
        if (used[0] === undefined) continue;
        const draft = drafts.get(name) ?? startDraft(used[0]);
        drafts.set(name, draft);
        draft.filled += 1;
        draft.values += used.length;
        for (const value of used) draft.seen.add(keyOf(value));
        const suffix = / \([^()]{2,30}\)$/.exec(used[0].trim())?.[0];
        if (suffix !== undefined && (draft.suffixes.size < MOST_SUFFIXES || draft.suffixes.has(suffix)))
          draft.suffixes.set(suffix, (draft.suffixes.get(suffix) ?? 0) + 1);
        for (const look of LOOK_NAMES) if (LOOKS[look](used[0].trim(), phoneRegion)) draft.looks[look] += 1;
      }
    },
    finish: () => ({
      entries,
      attributes: [...drafts]
        .map(([name, { seen, suffixes, ...draft }]) => ({
          name,
          ...draft,
          distinct: seen.size,
          suffix: mostOf(suffixes),
        }))
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
    }),
  };
}

interface Draft {
  filled: number;
  values: number;
  readonly seen: Set<string>;
  readonly suffixes: Map<string, number>;
  readonly example: string;
  readonly looks: Record<Look, number>;
}

const MOST_SUFFIXES = 20;

function mostOf(suffixes: ReadonlyMap<string, number>): AttributeSurvey['suffix'] {
  const [most] = [...suffixes].sort(([, one], [, other]) => other - one);
  return most === undefined ? null : { text: most[0], count: most[1] };
}

const LOOKS = {
  /** `Jansen, Jan` */
  surnameFirst: (value: string) => /^[^,=]+, [^,=]+$/.test(value),
  address: (value: string) => parseMailAddress(value.replace(/^smtp:/i, '')) !== null,
  /** `company.org` */
  domain: (value: string) => /[a-z]/i.test(value) && parseMailAddress(`a@${value}`) !== null && !value.includes('@'),
  /** `/Care/Cardiology`, a DN of units, or `Care > Cardiology` */
  unitPath: (value: string) => /^\/|^OU=|[^/]+\/[^/]+| > /i.test(value) && !/^\w+:\//.test(value),
  mobile: (value: string, phoneRegion: string) =>
    /^[+(\d][\d\s().\-/]{7,24}$/.test(value) && 'e164' in parseMobile(value, phoneRegion),
} as const;

const LOOK_NAMES = Object.keys(LOOKS) as Look[];

function startDraft(example: string): Draft {
  const looks = Object.fromEntries(LOOK_NAMES.map((look) => [look, 0])) as Record<Look, number>;
  return { filled: 0, values: 0, seen: new Set(), suffixes: new Map(), example, looks };
}

/** Pictures and certificates are long: only their digest is kept. */
function keyOf(value: string): string {
  return value.length <= 64 ? value : createHash('sha256').update(value).digest('base64');
}

/** Domain of a value that is an address, else null. */
export function domainOfValue(value: string): string | null {
  const address = parseMailAddress(value.replace(/^smtp:/i, ''));
  return address === null ? null : domainOf(address);
}
