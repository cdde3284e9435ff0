import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DescribedSource } from '../../src/operations/explore/describe-source.ts';
import type { Preview } from '../../src/operations/explore/preview.ts';
import { columnsOf } from '../../src/model/text/terminal-layout.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import type { LabPerson } from '../support/ad-lab/manifest.ts';
import { exportLab } from '../support/export-lab.ts';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
const DOMAINS = ['company.org', 'company.nl'];

interface Ended {
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** doctor, attributes and preview as an administrator calls them, with the directory read live and from an export. */
describeWithLab('the built commands against a real domain controller', () => {
  let lab: AdLab;
  const folder = mkdtempSync(path.join(tmpdir(), 'explore-'));
  const password = path.join(folder, 'password');

  const cli = (organisation: string, ...args: string[]): Promise<Ended> =>
    execa(process.execPath, [CLI, '--organisation', organisation, ...args], {
      cwd: folder,
      reject: false,
      stripFinalNewline: false,
      env: { LDAP_PASSWORD_FILE: password, ZIVVER_API_KEY: '', NO_COLOR: '1' },
    });
  const json = async <Result>(organisation: string, ...args: string[]): Promise<Result> => {
    const { exitCode, stdout, stderr } = await cli(organisation, ...args, '--json', '--quiet');
    expect([exitCode, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Result;
  };
  const staff = (): LabPerson[] => lab.manifest.people.filter(({ dn }) => dn.endsWith(`,OU=Staff,${lab.baseDn}`));

  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
    writeFileSync(password, lab.password);
    await execa('git', ['init', '-q', folder]);
    const ldap = `{ urls: ["${lab.url}"], user: ${JSON.stringify(lab.user)}, baseDn: "OU=Staff,${lab.baseDn}", caFile: ${JSON.stringify(lab.caFile)} }`;
    writeOrganisation(folder, 'live', `ldap: ${ldap}`);
    writeOrganisation(folder, 'export', `ldif: { files: [all.ldif], baseDn: "OU=Staff,${lab.baseDn}" }`);
    writeFileSync(path.join(folder, 'desired/export/all.ldif'), await exportLab(lab, password));
  });

  afterAll(async () => {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('preview shows the same accounts live and from the export, and those that the lab was loaded with', async () => {
    const live = await json<Preview>('live', 'preview');
    const exported = await json<Preview>('export', 'preview');
    expect(exported.accounts).toEqual(live.accounts);
    expect(exported.excluded).toEqual(live.excluded);
    const shown = new Map(live.accounts.map((account) => [account.dn, account]));
    const left = new Map(live.excluded.map((exclusion) => [exclusion.subject, exclusion]));
    for (const person of staff()) {
      expect(shown.has(person.dn) !== left.has(person.dn), person.dn).toBe(true);
      const account = shown.get(person.dn);
      if (account === undefined) continue;
      expect(account).toMatchObject({ address: person.primary, active: person.enabled && !person.expired });
      const claimed = person.aliases.filter((alias) => DOMAINS.includes(alias.split('@')[1] ?? ''));
      expect(account.aliases).toEqual([...new Set(claimed)].filter((alias) => alias !== person.primary));
    }
    const without = staff().filter(({ primary }) => primary === null);
    expect(without.map(({ dn }) => left.get(dn)?.reason)).toEqual(
      // An address in mail beside an empty proxyAddresses is what a lost right to read looks like.
      without.map(({ tags }) => (tags.includes('mail-only') ? 'lost-rights' : 'no-address')),
    );
  });

  it('preview finds people by name, DN or address without case, and names the filter that leaves them out', async () => {
    const [person] = staff().filter(({ tags, primary }) => tags.join() === 'staff' && primary !== null);
    for (const text of [person?.primary?.toUpperCase() ?? '', person?.dn.split(',')[0]?.toLowerCase() ?? '']) {
      const { accounts } = await json<Preview>('live', 'preview', '--filter', text);
      expect(accounts.map(({ dn }) => dn)).toContain(person?.dn);
      expect(accounts.length).toBeLessThan(10);
    }
    const filters = `filters: [{ include: { attribute: name, values: ["*"] } }, { exclude: { attribute: distinguishedName, values: ["OU=Odd Cases,OU=Staff,${lab.baseDn}"] } }]`;
    writeOrganisation(
      folder,
      'filtered',
      `ldif: { files: [../export/all.ldif], baseDn: "OU=Staff,${lab.baseDn}" }, ${filters}`,
    );
    const { excluded } = await json<Preview>('filtered', 'preview', '--filter', 'odd delegator');
    expect(excluded).toMatchObject([{ reason: 'filtered' }]);
    expect(excluded[0]?.detail).toMatch(/filter 2: OU=Odd Cases/);
  });

  it('preview as a table for spreadsheets has a row for everybody, and no cell that is a formula', async () => {
    const { stdout } = await cli('live', 'preview', '--csv', '--quiet');
    const { accounts, excluded, leftOut } = await json<Preview>('live', 'preview');
    expect(stdout).toMatch(/^\uFEFF/);
    const rows = parseCsv(stdout.slice(1));
    expect(rows).toHaveLength(1 + accounts.length + excluded.length + leftOut.length);
    expect(rows.filter((row) => row.length !== 16)).toEqual([]);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it('attributes counts what the lab was loaded with, live and from the export, and shows nothing personal', async () => {
    const [live] = (await json<{ sources: DescribedSource[] }>('live', 'attributes')).sources;
    const [exported] = (await json<{ sources: DescribedSource[] }>('export', 'attributes')).sources;
    const people = staff();
    expect(live?.entries).toBe(people.length);
    for (const name of ['mobile', 'mail', 'employeeID', 'proxyAddresses', 'displayName', 'extensionAttribute1']) {
      const holders = people.filter(({ attributes }) => attributes[name]?.some((value) => value.trim() !== ''));
      const values = new Set(holders.flatMap(({ attributes }) => attributes[name] ?? []));
      for (const source of [live, exported]) {
        const found = source?.attributes.find((attribute) => attribute.name === name);
        expect(found, name).toMatchObject({ filled: holders.length, distinct: values.size });
      }
    }
    const uses = Object.fromEntries((live?.attributes ?? []).map(({ name, mappedTo }) => [name, mappedTo]));
    expect(uses).toMatchObject({
      name: ['fullName'],
      objectGUID: ['accountKey'],
      mail: [],
      accountExpires: ['active'],
    });
    const text = JSON.stringify([live, exported]);
    const personal = people.flatMap(({ attributes }) =>
      ['displayName', 'mail', 'mobile', 'sAMAccountName', 'employeeID'].flatMap((name) => attributes[name] ?? []),
    );
    expect(personal.filter((value) => value.length > 4 && text.includes(value))).toEqual([]);
  });

  it('attributes looks at no more than --sample entries', async () => {
    const [source] = (await json<{ sources: DescribedSource[] }>('live', 'attributes', '--sample', '7')).sources;
    expect(source).toMatchObject({ entries: 7, sample: 7 });
    expect((await cli('live', 'attributes', '--sample', 'many')).exitCode).toBe(3);
  });

  it('all three fit 80 columns, harmless to a terminal although names in the lab are not', async () => {
    for (const [organisation, command] of [
      ['live', 'preview'],
      ['live', 'attributes'],
      ['export', 'attributes'],
      ['live', 'doctor'],
    ] as const) {
      const { stdout } = await cli(organisation, command, '--quiet');
      const lines = stdout.split('\n');
      expect(lines.length).toBeGreaterThan(15);
      expect(lines.filter((line) => columnsOf(line) > 80 && !/\S{45}/.test(line))).toEqual([]);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('doctor ends with the exit code of the first fault, and tests what does not depend on it', async () => {
    const { exitCode, stdout } = await cli('live', 'doctor', '--json', '--quiet');
    const {
      ok,
      checks,
      exitCode: told,
    } = JSON.parse(stdout) as {
      ok: boolean;
      exitCode: number;
      checks: { id: string; status: string; code: string | null }[];
    };
    expect([exitCode, told, ok]).toEqual([3, 3, false]);
    const failed = checks.filter(({ status }) => status === 'failed').map(({ id, code }) => `${id} ${code}`);
    expect(failed).toContain('zivver.secret KEY_MISSING');
    expect(failed).toContain('git.remote REMOTE_MISSING');
    expect(checks.find(({ id }) => id === 'source.accounts')?.status).toBe('passed');
  });

  it('doctor says of a configuration that would send the password in the clear what is wrong', async () => {
    writeOrganisation(folder, 'open', 'ldap: { urls: ["ldap://localhost"], user: x, baseDn: "DC=company,DC=org" }');
    const { exitCode, stdout } = await cli('open', 'doctor', '--json', '--quiet');
    const { checks } = JSON.parse(stdout) as { checks: { status: string; code: string; details: string[] }[] };
    expect([exitCode, checks[0]?.code]).toEqual([3, 'CONFIGURATION_INVALID']);
    expect(checks[0]?.details.join()).toContain('startTls');
  });
});

function writeOrganisation(folder: string, name: string, source: string): void {
  mkdirSync(path.join(folder, 'desired', name), { recursive: true });
  const text = [
    'zivver: { url: "https://zivver.invalid/api/scim/v2", claimedDomains: [company.org, company.nl] }',
    `sources: [{ name: ad, ${source} }]`,
    '',
  ].join('\n');
  writeFileSync(path.join(folder, 'desired', name, 'organisation.yaml'), text);
}

/** RFC 4180, strictly. */
function parseCsv(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  const rows: string[][] = [[]];
  let end = 0;
  for (const match of text.matchAll(cell)) {
    end = match.index + match[0].length;
    const [, value = '', mark] = match;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (mark === '\r\n') rows.push([]);
  }
  if (end !== text.length) throw new Error(`not RFC 4180 at ${end}`);
  rows.pop();
  return rows;
}
