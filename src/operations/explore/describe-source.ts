import type { Configuration, ConfiguredSource } from '../../model/configuration/configuration.ts';
import { listMappedAttributes } from '../../model/mapping/mapped-attributes.ts';
import { changeText } from '../../model/configuration/text-changes.ts';
import { isDirectory } from '../../model/configuration/source-kind.ts';
import { maskExample } from './mask.ts';
import { buildSpelling } from './spelling.ts';
import { buildSuggestions, type Suggestion } from './suggest.ts';
import type { Survey } from './survey.ts';
import { isTechnical } from './technical-attributes.ts';

/** One source's attributes, ready to be shown: nothing personal is left in it. */
export interface DescribedSource {
  readonly source: string;
  readonly server: string;
  readonly baseDn: string;
  /** People that were looked at. */
  readonly entries: number;
  /** Asked with --sample; null = everybody. */
  readonly sample: number | null;
  readonly attributes: readonly DescribedAttribute[];
  readonly suggestions: readonly Suggestion[];
}

export interface DescribedAttribute {
  readonly name: string;
  readonly filled: number;
  /** Of the entries, 0 to 1. */
  readonly share: number;
  readonly distinct: number;
  /** Masked. */
  readonly example: string;
  /** Keys of the mapping and rules that use it. */
  readonly mappedTo: readonly string[];
  /** Kept by the directory for itself. */
  readonly isTechnical: boolean;
}

export interface DescribeQuestion {
  readonly configuration: Configuration;
  readonly source: ConfiguredSource;
  readonly survey: Survey;
  readonly server: string;
  readonly sample: number | null;
}

/** Adds masks, uses and suggestions to a survey. Pure. */
export function describeSource({ configuration, source, survey, server, sample }: DescribeQuestion): DescribedSource {
  const uses = usesOf(source);
  const spell = buildSpelling(namesOf(source).map(({ attribute }) => attribute));
  const { claimedDomains } = configuration.target;
  return {
    source: source.name,
    server,
    baseDn: source.ldap?.baseDn ?? source.ldif?.baseDn ?? '',
    entries: survey.entries,
    sample,
    attributes: survey.attributes.map(({ name, filled, distinct, example }) => ({
      name: spell(name),
      filled,
      share: survey.entries === 0 ? 0 : filled / survey.entries,
      distinct,
      example: showExample(source.mapping, { name, example }, claimedDomains),
      mappedTo: uses.get(name) ?? [],
      isTechnical: isTechnical(name) && !uses.has(name),
    })),
    suggestions:
      source.yaml === undefined ? buildSuggestions({ survey, source, hasSso: configuration.sso.enabled, spell }) : [],
  };
}

/** Masked, and what `mapping.changes` make of it. */
function showExample(
  { fullName, nameChanges, accountKey, keyChanges }: ConfiguredSource['mapping'],
  { name, example }: { readonly name: string; readonly example: string },
  claimedDomains: readonly string[],
): string {
  const isName = fullName.some(({ text }) => text.toLowerCase() === name);
  const changes = isName ? nameChanges : accountKey.toLowerCase() === name ? keyChanges : [];
  const changed = changeText(example, changes);
  const masked = maskExample(name, example, claimedDomains);
  return changed === example ? masked : `${masked} → ${maskExample(name, changed, claimedDomains)}`;
}

/** Attribute, lower case → what it is used for. */
function usesOf(source: ConfiguredSource): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, readonly string[]>();
  for (const { use, attribute } of namesOf(source)) {
    const name = attribute.toLowerCase();
    const known = uses.get(name) ?? [];
    if (!known.includes(use)) uses.set(name, [...known, use]);
  }
  return uses;
}

function namesOf(source: ConfiguredSource): readonly { use: string; attribute: string }[] {
  const mapped = listMappedAttributes(source);
  return isDirectory(source) ? [...mapped, { use: 'active', attribute: 'accountExpires' }] : mapped;
}
