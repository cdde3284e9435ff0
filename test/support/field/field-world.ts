import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration, type Configuration } from '../../../src/model/configuration/configuration.ts';
import { mapAccounts } from '../../../src/model/mapping/map-accounts.ts';
import type { MappedAccounts } from '../../../src/model/mapping/mapped.ts';
import { takeWhole } from '../../../src/model/mapping/open-mapping.ts';
import type { ReadSource } from '../../../src/model/mapping/read-source.ts';
import { evidenceAttributes, type DomainRead } from '../../../src/model/settle/evidence.ts';
import { openSource } from '../../../src/operations/reading/open-sources.ts';
import { readSource } from '../../../src/operations/reading/read-sources.ts';
import { MemoryZivver } from '../world/memory-zivver.ts';
import { commitFiles, NO_BASELINE, planSeen, replayOnce, type Planned } from '../world/reconciliation.ts';

const FIELD = path.resolve(import.meta.dirname, '../../fixtures/field');
const NOW = new Date('2026-11-23T10:00:00.000Z');

interface FolderRead {
  readonly configuration: Configuration;
  readonly sources: readonly ReadSource[];
  readonly domains: readonly DomainRead[];
}

interface Reading {
  readonly now?: Date;
  /** Replaced in organisation.yaml: what, and by what. */
  readonly edit?: readonly [string, string];
}

/** A folder as `desired/<organisation>` has it: organisation.yaml and the files of its sources. Refusals are thrown. */
export async function readFolder(folder: string, { now = NOW, edit = ['', ''] }: Reading = {}): Promise<FolderRead> {
  const text = readFileSync(path.join(folder, 'organisation.yaml'), 'utf8').replace(...edit);
  const configuration = parseConfiguration(text, 'org', folder);
  const sources: ReadSource[] = [];
  const domains: DomainRead[] = [];
  for (const configured of configuration.sources) {
    const source = await openSource(configured, configuration);
    const read = await readSource(configured, source, { configuration, now });
    sources.push(read);
    if (configured.join === null)
      domains.push({ configured, ...(await source.readDomain(evidenceAttributes(configured))) });
    await source.close();
  }
  return { configuration, sources, domains };
}

/** What the folder of a case says, by people and by what is left out. */
export async function mapCase(name: string, edit?: Reading['edit']): Promise<MappedAccounts> {
  return mapFolder(path.join(FIELD, name), edit === undefined ? {} : { edit });
}

export async function mapFolder(folder: string, reading: Reading = {}): Promise<MappedAccounts> {
  const { configuration, sources } = await readFolder(folder, reading);
  const { now = NOW } = reading;
  const whole = sources.map((read) => takeWhole(read, { configuration, now }));
  return mapAccounts({ configuration, now, sources: whole, managedKeys: new Set() });
}

/** The first folder is planned and applied; a day later there is a plan of the second. */
export async function planAgain(first: string, second: string): Promise<Planned & { readonly before: Planned }> {
  const start = await readFolder(first);
  const zivver = new MemoryZivver({
    claimedDomains: start.configuration.target.claimedDomains,
    returnsExternalIds: true,
    delegatesFollow: false,
  });
  const common = { now: NOW, baseline: NO_BASELINE, previous: null, bootstrap: true };
  const before = planSeen({ ...start, ...common, existing: await zivver.reader.readAccounts() });
  const { outcomes } = await replayOnce(before, zivver);
  if (outcomes.length !== before.plan.body.changes.length) throw new Error('the first plan was not applied');
  const later = new Date(NOW.getTime() + 24 * 3_600_000);
  const planned = planSeen({
    ...(await readFolder(second, { now: later })),
    now: later,
    bootstrap: false,
    baseline: commitFiles(before.files),
    previous: before.plan,
    existing: await zivver.reader.readAccounts(),
  });
  return { ...planned, before };
}

export const planCase = (name: string) => planAgain(path.join(FIELD, name, 'first'), path.join(FIELD, name, 'second'));

export const fieldFile = (...names: readonly string[]): string => path.join(FIELD, ...names);
