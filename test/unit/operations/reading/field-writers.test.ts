import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { formatDesiredAccount } from '../../../../src/model/desired/yaml.ts';
import { fieldFile, mapFolder } from '../../../support/field/field-world.ts';

/** One table, written down by programs that know nothing of this one (test/fixtures/field/writers/regenerate.sh), is one state. */

const FOLDER = fieldFile('writers');
const trial = mkdtempSync(path.join(tmpdir(), 'writers-'));
afterAll(() => rmSync(trial, { recursive: true, force: true }));

async function renderDesired(file: string): Promise<string[]> {
  const place = JSON.stringify(path.join(FOLDER, file));
  // SheetJS never ends the last row.
  const csv = file === 'sheetjs.csv' ? `{ file: ${place}, lastLineEnd: optional }` : `{ file: ${place} }`;
  const source = file.endsWith('.csv') ? `csv: ${csv}` : `excel: { file: ${place} }`;
  writeFileSync(
    path.join(trial, 'organisation.yaml'),
    `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }
sources:
  - name: hr
    ${source}
    phoneRegion: NL
    mapping: { email: E-mail address, aliases: Other addresses, fullName: Name, accountKey: Staff no., active: Employed, mobile: Mobile }
sso: { enabled: false }
`,
  );
  const { accounts, excluded, exclusions, notes } = await mapFolder(trial);
  expect({ excluded, exclusions, notes }).toEqual({ excluded: [], exclusions: [], notes: [] });
  return accounts.map(({ account }) => formatDesiredAccount(account));
}

it('is the same desired state whoever wrote it', async () => {
  const files = readdirSync(FOLDER).filter((file) => /\.(?:csv|xlsx)$/.test(file));
  expect(files).toHaveLength(12);
  const wanted = await renderDesired('exceljs.xlsx');
  expect(wanted).toHaveLength(5);
  expect(wanted[0]).toContain('René \\"JJ\\" Müller');
  for (const file of files) expect({ file, desired: await renderDesired(file) }).toEqual({ file, desired: wanted });
});
