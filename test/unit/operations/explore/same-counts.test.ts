import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { takeWhole } from '../../../../src/model/mapping/open-mapping.ts';
import { buildCheckWriter } from '../../../../src/operations/doctor/check.ts';
import { checkContents } from '../../../../src/operations/doctor/check-contents.ts';
import { buildPreview } from '../../../../src/operations/explore/preview.ts';
import { FieldOffice, readFolder } from '../../../support/field/field-world.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'same-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let number = 0;
function entry(name: string, unit: string, lines: readonly string[]): string {
  number += 1;
  const guid = Buffer.alloc(16, number).toString('base64');
  const dn = `dn: CN=${name},OU=${unit},DC=company,DC=org`;
  return `${[dn, `objectGUID:: ${guid}`, `name: ${name}`, ...lines].join('\n')}\n\n`;
}
const person = (name: string, address = `SMTP:${name}@company.org`, flags = '512', unit = 'Staff'): string =>
  entry(name, unit, ['objectClass: user', `userAccountControl: ${flags}`, `proxyAddresses: ${address}`]);

const DIRECTORY = [
  ...['anna', 'bert', 'cees', 'dora'].map((name) =>
    person(name).replace('\n\n', '\nmemberOf: CN=team,OU=Groups,DC=company,DC=org\n\n'),
  ),
  person('disabled', 'SMTP:disabled@company.org', '514'),
  person('elsewhere', 'SMTP:elsewhere@other.example'),
  person('typo', 'smtp:typo@company.org'),
  person('twin-1', 'SMTP:twin@company.org'),
  person('twin-2', 'SMTP:twin@company.org'),
  person('filtered', 'SMTP:filtered@company.org', '512', 'Archive'),
  person('unknown-state', 'SMTP:unknown@company.org', 'x'),
  entry('pc', 'Staff', ['objectClass: user', 'objectClass: computer']),
  entry('contact', 'Staff', ['objectClass: contact', 'proxyAddresses: SMTP:c@company.org']),
  entry('team', 'Groups', ['objectClass: group', 'proxyAddresses: SMTP:team@company.org']),
].join('');

it('doctor, preview and the first plan count everybody alike', async () => {
  writeFileSync(path.join(folder, 'a.ldif'), DIRECTORY);
  writeFileSync(
    path.join(folder, 'organisation.yaml'),
    `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }
sources:
  - name: ad
    ldif: { files: [a.ldif] }
    filters: [{ exclude: { attribute: distinguishedName, values: ["OU=Archive,DC=company,DC=org"] } }]
sso: { enabled: false }
`,
  );
  const { configuration, sources } = await readFolder(folder);
  const office = new FieldOffice(['company.org']);
  const { now } = office;
  const whole = sources.map((read) => takeWhole(read, { configuration, now }));
  const { counts, excluded } = buildPreview({ configuration, now, sources: whole });
  expect(counts).toEqual({ users: 5, active: 4, functional: 1, excluded: 8 });

  const [read] = whole;
  if (read === undefined) throw new Error('no source');
  const checks = checkContents({
    question: { configuration, now: () => now },
    configured: read.configured,
    snapshot: read.snapshot,
    unknown: new Set(),
    write: buildCheckWriter('ad'),
  });
  expect(checks.find(({ id }) => id === 'source.accounts')?.what).toBe(
    '5 users (4 active) and 1 functional accounts would come of it, 8 entries are left out',
  );

  const { plan, mapped } = await office.plan(folder);
  const { changed, open, excluded: out, equal } = plan.body.accounting.entries;
  // A disabled person gets no account, so the first plan leaves out one more.
  expect([changed, equal]).toEqual([counts.active + counts.functional, 0]);
  expect(open + out).toBe(counts.excluded + counts.users - counts.active);
  expect(mapped.excluded.length + 4).toBe(excluded.length);
});
