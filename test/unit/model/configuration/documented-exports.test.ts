import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsvTable } from '../../../../src/adapters/tables/csv-table.ts';
import { buildEntries } from '../../../../src/adapters/tables/table-entries.ts';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { mapAccounts } from '../../../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../../../src/model/mapping/open-mapping.ts';
import type { WholeRead } from '../../../../src/model/mapping/read-source.ts';
import { tableColumns } from '../../../../src/model/mapping/table-columns.ts';
import { NOW, person } from '../../../support/mapping-builder.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../../.github/docs/sources.md'), 'utf8');
const scripts = [...PAGE.matchAll(/```powershell\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const examples = [...PAGE.matchAll(/```yaml\n(- name: (?:people|mailbox-rights)[\s\S]*?)```/g)].map(
  ([, text]) => text ?? '',
);
const DIRECTORY = '- name: head-office\n  ldif: { files: [a.ldif] }\n';

/** Columns of the last Select-Object of a script. */
function columnsOf(script: string): string[] {
  const selected = /Select-Object ([^|]*?)(?:\||\n\})/.exec(script)?.[1] ?? '';
  return selected.split(/,(?![^{]*\})/).map((part) => /n = '(\w+)'/.exec(part)?.[1] ?? part.trim());
}

/** As Export-Csv of Windows PowerShell 5.1 writes it. */
function exportCsv(columns: readonly string[], rows: readonly (readonly string[])[]): Buffer {
  const line = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
  return Buffer.from(
    ['\ufeff#TYPE Selected.System.Management.Automation.PSCustomObject', line(columns), ...rows.map(line), ''].join(
      '\r\n',
    ),
  );
}

function configure(sources: string) {
  const zivver = 'zivver: { url: https://app.zivver.com/api/scim/v2, claimedDomains: [company.org] }\n';
  return parseConfiguration(`${zivver}sources:\n${sources}`, 'company', '/desired/company');
}

function readRows(configured: WholeRead['configured'], bytes: Buffer): WholeRead {
  const table = parseCsvTable(bytes, configured.csv?.file ?? '', configured.csv);
  const selected = buildEntries(table, tableColumns(configured));
  const rest = { groups: [], pages: 1, warnings: [], baseDn: '', server: table.place };
  return { configured, lookedUp: [], snapshot: { name: configured.name, kind: 'csv', selected, ...rest } };
}

describe('what the scripts of sources.md export', () => {
  it('is read as people, aliases and numbers', () => {
    const configuration = configure(examples[0] ?? '');
    const [configured] = configuration.sources;
    const bytes = exportCsv(columnsOf(scripts[0] ?? ''), [
      [
        '0246da7a-d5f5-4bdd-8be6-9e3d5da27c93',
        'Jan "JJ" Bos',
        'True',
        '06-12345678',
        'SMTP:jan@company.org;smtp:j@company.org;X500:/o=x',
      ],
      ['1246da7a-d5f5-4bdd-8be6-9e3d5da27c93', 'Els', 'False', '', 'SMTP:els@company.org'],
    ]);
    if (configured === undefined) throw new Error('no source');
    const { accounts } = mapAccounts({
      configuration,
      now: NOW,
      sources: [readRows(configured, bytes)].map((one) => takeWhole(one, { configuration, now: NOW })),
      managedKeys: new Set(),
    });
    expect(accounts.map(({ account }) => account)).toMatchObject([
      {
        address: 'jan@company.org',
        aliases: ['j@company.org'],
        active: true,
        fullName: 'Jan "JJ" Bos',
        mobile: '+31612345678',
      },
      { address: 'els@company.org', aliases: [], active: false },
    ]);
  });

  it('is read as delegates of the people of a directory', () => {
    const configuration = configure(`${DIRECTORY}${examples[1] ?? ''}`);
    const [directory, rights] = configuration.sources;
    if (directory === undefined || rights === undefined) throw new Error('no source');
    const people = ['anna', 'bert', 'cees'].map((name) =>
      person(name, { userPrincipalName: `${name}.upn@company.org` }),
    );
    const made = NOW.toISOString();
    const bytes = exportCsv(columnsOf(scripts[1] ?? ''), [
      ['anna.upn@company.org', 'Bert.UPN@company.org', made],
      ['anna.upn@company.org', 'cees@company.org', made],
      ['anna.upn@company.org', 'NT AUTHORITY\\SELF', made],
      ['gone@company.org', 'anna.upn@company.org', made],
    ]);
    const rest = { groups: [], pages: 1, warnings: [], baseDn: '', server: 'a.ldif' };
    const read: WholeRead = {
      configured: directory,
      lookedUp: [],
      snapshot: { name: 'head-office', kind: 'ldif', selected: people, ...rest },
    };
    const { accounts, exclusions } = mapAccounts({
      configuration,
      now: NOW,
      sources: [read, readRows(rights, bytes)].map((one) => takeWhole(one, { configuration, now: NOW })),
      managedKeys: new Set(),
    });
    expect(accounts.map(({ account }) => account.kind === 'user' && account.delegates)).toEqual([
      ['bert@company.org', 'cees@company.org'],
      [],
      [],
    ]);
    expect(exclusions).toMatchObject([{ reason: 'join-unmatched', source: 'mailbox-rights' }]);
  });
});
