import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { openMapping } from '../../../../src/model/mapping/open-mapping.ts';
import { openSource } from '../../../../src/operations/reading/open-sources.ts';
import { readSource } from '../../../../src/operations/reading/read-sources.ts';

const SOURCES = `
zivver: { url: https://x.example/scim, claimedDomains: [company.org] }
sources:
  - { name: export, ldif: { files: [a.ldif] } }
  - { name: payroll, csv: { file: a.csv }, mapping: { email: E-mail, fullName: Name, accountKey: Nr } }
  - { name: by-hand, yaml: { folder: accounts } }
`;
const LDIF = `version: 1

dn: CN=Anna,DC=company,DC=org
objectClass: user
objectGUID:: MDEyMzQ1Njc4OWFiY2RlZg==
name: Anna
userAccountControl: 512
proxyAddresses: SMTP:anna@company.org
memberOf: CN=Team,DC=company,DC=org

dn: CN=Team,DC=company,DC=org
objectClass: group
objectGUID:: YTEyMzQ1Njc4OWFiY2RlZg==
name: Team
proxyAddresses: SMTP:team@company.org

`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-sources-'));
  await mkdir(path.join(folder, 'accounts'));
  await writeFile(path.join(folder, 'a.ldif'), LDIF);
  await writeFile(path.join(folder, 'a.csv'), 'Nr;E-mail;Name\n1;anna@company.org;Anna\n');
  const byHand = 'kind: functional\nkey: info\naddress: info@company.org\nfullName: Info\n';
  await writeFile(path.join(folder, 'accounts/info.yaml'), byHand);
});

afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['export', ['anna@company.org', 'team@company.org']],
  ['payroll', ['anna@company.org']],
  ['by-hand', ['info@company.org']],
])('%s is taken entry by entry while it is read, and finished once', async (name, addresses) => {
  const rules = { configuration: parseConfiguration(SOURCES, 'org', folder), now: new Date('2026-11-23T10:00:00Z') };
  const configured = rules.configuration.sources.find((source) => source.name === name);
  if (configured === undefined) throw new Error('no source');
  const source = await openSource(configured, rules.configuration);
  const read = await readSource(configured, source, rules);
  const taken: string[] = [];
  await source.read([], {
    takeGroups: (groups) => taken.push(...groups.map(({ dn }) => dn)),
    take: ({ dn }) => taken.push(dn),
  });
  await source.close();
  expect(taken).toEqual([...read.snapshot.groups, ...read.snapshot.selected].map(({ dn }) => dn));
  const addressesOf = (mapping: typeof read.mapping): unknown => {
    const { users = [], functional = [] } = mapping?.finish(read, new Set()) ?? {};
    return [...users, ...functional].map(({ account }) => account.address);
  };
  expect(addressesOf(read.mapping)).toEqual(addresses);
  expect(addressesOf(openMapping(configured, rules))).toEqual([]);
});
