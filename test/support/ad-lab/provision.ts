import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { writeCertificationAuthority } from './certificates.ts';
import type { LabLayout, LabOptions } from './layout.ts';
import { buildLayout } from './layout.ts';
import type { LabEntry, LabManifest } from './manifest.ts';
import { describeRefusal } from './population/logins.ts';
import { buildPopulation } from './population/population.ts';
import { buildSeededUuid } from './population/seeded-random.ts';
import { PYTHON } from './prerequisites.ts';

/**
 * Makes a new domain with its people in `directory`, which must not exist. It appears only when it is complete.
 * Resolves to false if another run has made it in the meantime.
 */
export async function provisionLab(directory: string, options: LabOptions): Promise<boolean> {
  const unfinished = `${directory}.unfinished-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  const layout = buildLayout(unfinished);
  mkdirSync(layout.domain, { recursive: true });
  try {
    await writeLab(layout, options);
    renameSync(unfinished, directory);
    return true;
  } catch (error) {
    if (existsSync(directory)) return false;
    throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function writeLab(layout: LabLayout, options: LabOptions): Promise<void> {
  const manifest = buildPopulation(options.seed, options.people);
  const passwords = { administratorPassword: buildPassword(), servicePassword: buildPassword() };
  const specification = join(layout.directory, 'specification.json');
  writeFileSync(specification, JSON.stringify({ ...buildSpecification(manifest), ...passwords }), { mode: 0o600 });
  await writeCertificationAuthority(layout);
  const script = join(import.meta.dirname, 'provision.py');
  // -B: no __pycache__ among the sources.
  await execa(PYTHON, ['-B', script, layout.domain, specification]);
  rmSync(specification);
  // No line feed at the end: ldapsearch -y takes the whole file.
  writeFileSync(layout.servicePassword, passwords.servicePassword, { mode: 0o600 });
  writeFileSync(layout.administratorPassword, passwords.administratorPassword, { mode: 0o600 });
  writeFileSync(layout.manifest, `${JSON.stringify(manifest, null, 1)}\n`);
  writeFileSync(layout.options, `${JSON.stringify(options)}\n`);
}

/** What provision.py reads. Containers come before their contents, targets of links before the links. */
function buildSpecification(manifest: LabManifest): Record<string, unknown> {
  const { seed, units, people, groups, contacts, computers, logins } = manifest;
  const unitEntries = units.map((dn) => ({
    dn,
    guid: buildSeededUuid(seed, dn),
    attributes: { objectClass: ['organizationalUnit'] },
  }));
  const loginEntries = logins.map(({ dn, guid, name }) => ({
    dn,
    guid,
    attributes: { objectClass: ['user'], sAMAccountName: [name], userAccountControl: ['66048'] },
  }));
  const rest: readonly LabEntry[] = [...people, ...contacts, ...computers, ...groups];
  const loaded = rest.map(({ dn, guid, attributes }) => ({ dn, guid, attributes }));
  return {
    domain: buildDomain(seed),
    entries: [...unitEntries, ...loginEntries, ...loaded],
    links: [
      ...people.map(({ dn, delegates }) => ({ dn, attribute: 'msExchDelegateListLink', values: delegates })),
      ...groups.map(({ dn, members }) => ({ dn, attribute: 'member', values: members })),
    ].filter(({ values }) => values.length > 0),
    logins: logins.map((login) => ({ name: login.name, ...describeRefusal(login) })),
  };
}

function buildDomain(seed: string): Record<string, string> {
  return {
    realm: 'COMPANY.ORG',
    netbios: 'COMPANY',
    host: 'DC1',
    sid: 'S-1-5-21-1004336348-1177238915-682003330',
    guid: buildSeededUuid(seed, 'domain'),
    ntdsGuid: buildSeededUuid(seed, 'ntds'),
    invocationId: buildSeededUuid(seed, 'invocation'),
  };
}

/** 24 characters; the last three satisfy the complexity rule whatever chance gave. */
function buildPassword(): string {
  return `${randomBytes(16).toString('base64url').slice(0, 21)}aA1`;
}
