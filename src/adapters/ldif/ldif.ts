import type { Fact } from '../../model/schema/generated/plan.ts';
import { fact } from '../../model/facts/fact.ts';
import { basename } from 'node:path';

import { isDeletedName, isKeyUnder, normaliseDn } from '../../model/directory/distinguished-name.ts';
import { parseDn } from '../../model/directory/dn-parser.ts';
import { hasObjectClass } from '../../model/directory/entry.ts';
import { findByValues } from '../../model/directory/find-by-values.ts';
import type { TextEncodingName } from '../../model/text/text-encoding.ts';
import { readLdifFiles } from './ldif-files.ts';
import type { LdifDirectory } from './ldif-files.ts';
import type { LdifRecord } from './ldif-parser.ts';
import {
  BASE_ATTRIBUTES,
  giveWhole,
  GROUP_ATTRIBUTES,
  OPTIONAL_ATTRIBUTES,
  type Source,
  type SourceSnapshot,
} from '../../model/directory/source.ts';

/** `member` is compared with memberOf; `isDeleted` marks tombstones. */
const ALWAYS_READ = [...BASE_ATTRIBUTES, ...GROUP_ATTRIBUTES, 'member', 'isDeleted'];

export interface LdifSourceOptions {
  readonly name: string;
  /** Paths, read in this order as one directory. */
  readonly files: readonly string[];
  /** Entries outside it are not selected; absent = all are. */
  readonly baseDn?: string | undefined;
  /** Of files without a byte order mark; absent: found out. */
  readonly encoding?: TextEncodingName | undefined;
}

/**
 * A source that reads exports of a directory: LDIF files of `ldapsearch` or `ldifde`. What is not in the files does
 * not exist for it. Throws `SOURCE_FILE_INVALID` with every fault of every file, `CONFIGURATION_INVALID` for a base
 * that is no DN.
 */
export function createLdifSource(options: LdifSourceOptions): Source {
  const baseDn = options.baseDn ?? '';
  parseDn(baseDn);
  let held: { readonly names: ReadonlySet<string>; readonly content: Promise<LdifDirectory> } | undefined;
  // Holds what was asked for so far; only a question for more reads the files again.
  const readContent = (attributes: readonly string[]): Promise<LdifDirectory> => {
    const wanted = [...ALWAYS_READ, ...attributes].map((name) => name.toLowerCase());
    if (held === undefined || wanted.some((name) => held?.names.has(name) === false)) {
      const names = new Set([...(held?.names ?? []), ...wanted]);
      held = { names, content: readLdifFiles(options.files, [...names], options.encoding) };
    }
    return held.content;
  };
  return {
    name: options.name,
    async read(attributes, taker) {
      const { records, warnings, unreadDomains } = await readContent(attributes);
      const told = [...warnings, ...buildAbsenceWarnings(records, attributes)];
      return giveWhole({ ...buildSnapshot(options, baseDn, records), unreadDomains, warnings: told }, taker);
    },
    async lookUpDns(dns, attributes) {
      const wanted = new Set(dns.map(normaliseDn));
      return (await readContent(attributes)).records.filter(({ dn }) => wanted.has(normaliseDn(dn)));
    },
    async lookUpValues(values, attributes) {
      const { records } = await readContent([...attributes, ...values.map(({ attribute }) => attribute)]);
      return findByValues(
        records.filter((record) => !isDeleted(record) && (isPerson(record) || isGroup(record))),
        values,
      );
    },
    async readDomain(attributes) {
      const people = (await readContent(attributes)).records.filter(isPerson);
      return {
        people: people.filter((record) => !isDeleted(record)),
        deleted: people.filter(isDeleted),
      };
    },
    async visitSelected(limit, visit) {
      const { records } = await readLdifFiles(options.files, null, options.encoding);
      const { server, selected } = buildSnapshot(options, baseDn, records);
      selected.slice(0, limit).forEach((entry) => visit(entry));
      return { server };
    },
    async close() {
      held = undefined;
    },
  };
}

function buildSnapshot(options: LdifSourceOptions, baseDn: string, records: readonly LdifRecord[]): SourceSnapshot {
  const baseKey = normaliseDn(baseDn);
  const selected: LdifRecord[] = [];
  const groups: LdifRecord[] = [];
  for (const record of records) {
    if (isDeleted(record)) continue;
    if (isGroup(record)) groups.push(record);
    else if (isUnder(record, baseKey)) selected.push(record);
  }
  return {
    name: options.name,
    kind: 'ldif',
    server: options.files.map((file) => basename(file)).join(', '),
    baseDn,
    selected,
    groups,
    pages: options.files.length,
    warnings: [],
  };
}

function isUnder({ dn }: LdifRecord, baseKey: string): boolean {
  return baseKey === '' || isKeyUnder(normaliseDn(dn), baseKey);
}

/** An attribute that no entry has was probably left out of the export, which is not the same as empty. */
function buildAbsenceWarnings(records: readonly LdifRecord[], attributes: readonly string[]): readonly Fact[] {
  const expected = attributes.filter((name) => !OPTIONAL_ATTRIBUTES.has(name.toLowerCase()));
  const absent = expected.filter((name) => !records.some((record) => record.attributes.has(name.toLowerCase())));
  return absent.map((attribute) => fact('attribute-not-exported', { attribute }));
}

function isGroup(record: LdifRecord): boolean {
  return hasObjectClass(record, 'group');
}

function isPerson(record: LdifRecord): boolean {
  return hasObjectClass(record, 'user') && !hasObjectClass(record, 'computer');
}

function isDeleted(record: LdifRecord): boolean {
  return record.attributes.get('isdeleted')?.[0]?.toUpperCase() === 'TRUE' || isDeletedName(record.dn);
}
