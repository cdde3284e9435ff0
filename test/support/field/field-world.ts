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
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { isSuccess } from '../../../src/operations/apply/outcome.ts';
import type { Baseline } from '../../../src/model/desired/baseline.ts';
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

/** Somebody who plans with the folder of the day, approves and applies; every plan is made a day after the one before. */
export class FieldOffice {
  readonly #zivver: MemoryZivver;
  #now = NOW;
  #baseline: Baseline = NO_BASELINE;
  #previous: PlanFile | null = null;

  constructor(claimedDomains: readonly string[]) {
    this.#zivver = new MemoryZivver({ claimedDomains, returnsExternalIds: true, delegatesFollow: false });
  }

  get now(): Date {
    return this.#now;
  }

  async plan(folder: string): Promise<Planned> {
    const [now, baseline, previous] = [this.#now, this.#baseline, this.#previous];
    const existing = await this.#zivver.reader.readAccounts();
    const read = await readFolder(folder, { now });
    return planSeen({ ...read, now, baseline, previous, existing, bootstrap: previous === null });
  }

  async approve(planned: Planned): Promise<void> {
    const { outcomes } = await replayOnce(planned, this.#zivver);
    const failed = outcomes.filter((outcome) => !isSuccess(outcome));
    if (failed.length > 0 || outcomes.length !== planned.plan.body.changes.length)
      throw new Error(`not applied: ${JSON.stringify(failed.slice(0, 3))}`);
    this.#baseline = commitFiles(planned.files);
    this.#previous = planned.plan;
    this.passDay();
  }

  passDay(): void {
    this.#now = new Date(this.#now.getTime() + 24 * 3_600_000);
  }
}

/** The first folder is planned and applied; a day later there is a plan of the second. */
export async function planAgain(first: string, second: string): Promise<Planned & { readonly before: Planned }> {
  const { configuration } = await readFolder(first);
  const office = new FieldOffice(configuration.target.claimedDomains);
  const before = await office.plan(first);
  await office.approve(before);
  return { ...(await office.plan(second)), before };
}

export const planCase = (name: string) => planAgain(path.join(FIELD, name, 'first'), path.join(FIELD, name, 'second'));

export const fieldFile = (...names: readonly string[]): string => path.join(FIELD, ...names);
