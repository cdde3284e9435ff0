import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSource } from '../../src/operations/reading/read-sources.ts';
import type { Configuration, ConfiguredSource } from '../../src/model/configuration/configuration.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import type { MappedAccounts } from '../../src/model/mapping/mapped.ts';
import type { ReadSource } from '../../src/model/mapping/read-source.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import { createLdifSource } from '../../src/adapters/ldif/ldif.ts';
import type { Source } from '../../src/model/directory/source.ts';
import type { AdLab } from './ad-lab/lab.ts';
import { buildQuestion } from './doctor-question.ts';

export interface LabReading {
  readonly read: ReadSource;
  readonly mapped: MappedAccounts;
  readonly configuration: Configuration;
}

export interface LabPlace {
  readonly lab: AdLab;
  /** Default: the lab's own. */
  readonly url?: string;
  readonly baseDn?: string;
  /** Flow-style YAML of the source, after `ldap`: `query: …, filters: […]`. */
  readonly lines?: string;
}

/** What a plan makes of the lab, read over LDAPS. */
export async function readLab({
  lab,
  url = lab.url,
  baseDn = `OU=Staff,${lab.baseDn}`,
  lines = '',
}: LabPlace): Promise<LabReading> {
  const ldap = { urls: [url], user: lab.user, baseDn };
  const { configuration, configured } = configure(`ldap: ${JSON.stringify(ldap)}`, lines);
  const source = createLdapSource({
    ...ldap,
    name: configured.name,
    query: configured.query,
    password: lab.password,
    pageSize: 1000,
    caFile: readFileSync(lab.caFile, 'utf8'),
    startTls: false,
    connectTimeoutMs: 10_000,
    requestTimeoutMs: 60_000,
  });
  return mapWhole(source, configured, configuration);
}

/** The same from an export in LDIF. */
export async function readExport(
  { lab, baseDn = `OU=Staff,${lab.baseDn}`, lines = '' }: LabPlace,
  ldif: string,
): Promise<LabReading> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lab-export-'));
  const file = path.join(folder, 'all.ldif');
  try {
    await writeFile(file, ldif);
    const { configuration, configured } = configure(`ldif: ${JSON.stringify({ files: [file], baseDn })}`, lines);
    return await mapWhole(
      createLdifSource({ name: configured.name, files: [file], baseDn }),
      configured,
      configuration,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function configure(kind: string, lines: string): { configuration: Configuration; configured: ConfiguredSource } {
  const { configuration } = buildQuestion({ sources: `[{ name: ad, ${kind}${lines === '' ? '' : `, ${lines}`} }]` });
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error('no source');
  return { configuration, configured };
}

async function mapWhole(
  source: Source,
  configured: ConfiguredSource,
  configuration: Configuration,
): Promise<LabReading> {
  try {
    const now = new Date('2026-11-23T10:00:00.000Z');
    const read = await readSource(configured, source, { configuration, now });
    return {
      read,
      configuration,
      mapped: mapAccounts({ configuration, now, sources: [read], managedKeys: new Set() }),
    };
  } finally {
    await source.close();
  }
}
