import { factText } from '../../src/model/facts/fact.ts';
import { copyFileSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { FieldOffice } from '../support/field/field-world.ts';
import { searchLab } from '../support/lab-search.ts';

const PEOPLE = 300;

/** People in a real directory, their delegates in an export of Exchange Online: a week of it, each day with its plan. */
describeWithLab('a hybrid organisation', () => {
  let lab: AdLab;
  /** Login and address of people with an account, in the order of the directory. */
  let people: { upn: string; address: string; dn: string }[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'hybrid-'));
  const office = new FieldOffice(['company.org']);
  const table = path.join(folder, 'mailbox-rights.csv');

  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
    await lab.modify(Array.from({ length: PEOPLE }, (_, index) => addition(index, lab.baseDn)).join(''));
    const entries = await searchLab(lab, {
      base: `OU=Hybrid,${lab.baseDn}`,
      filter: '(objectClass=user)',
      attributes: ['userPrincipalName', 'mail'],
      pageSize: 500,
    });
    people = entries.map(({ dn, userPrincipalName, mail }) => ({
      dn,
      upn: String(userPrincipalName),
      address: String(mail),
    }));
    copyFileSync(lab.caFile, path.join(folder, 'ca.pem'));
    process.env['LDAP_PASSWORD'] = lab.password;
    writeFileSync(
      path.join(folder, 'organisation.yaml'),
      `zivver: { url: https://x.example/scim, claimedDomains: [company.org] }
sources:
  - name: head-office
    ldap: { urls: ["${lab.url}"], user: ${JSON.stringify(lab.user)}, baseDn: "OU=Hybrid,${lab.baseDn}", caFile: ca.pem }
    mapping: { groups: none }
  - name: mailbox-rights
    csv: { file: mailbox-rights.csv }
    joins: head-office
    by: userPrincipalName
    gives: [delegates]
    maxAge: 36h
    mapping: { match: Mailbox, delegates: Delegate, asOf: Made }
sso: { enabled: false }
`,
    );
  }, 120_000);

  afterAll(async () => {
    delete process.env['LDAP_PASSWORD'];
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As the script of sources.md writes it: everybody may read the mailbox of the one before. */
  function exportRights(made: Date, renamed: readonly [from: string, to: string] = ['', '']): void {
    const rows = people.map(({ upn }, index) => {
      const delegate = people[(index + 1) % people.length]?.upn ?? '';
      return [upn, delegate, made.toISOString()].map((cell) => `"${cell.replace(...renamed)}"`).join(';');
    });
    const lines = ['\ufeff#TYPE Selected.System.String', '"Mailbox";"Delegate";"Made"', ...rows, ''];
    writeFileSync(table, lines.join('\r\n'));
  }

  const delegatesOf = (
    planned: Awaited<ReturnType<FieldOffice['plan']>>,
    address: string,
  ): readonly string[] | null => {
    const found = planned.mapped.accounts.find(({ account }) => account.address === address)?.account;
    return found?.kind === 'user' ? (found.delegates ?? null) : null;
  };

  it('begins with an account and a delegate for each of 300 people, and then is at rest', async () => {
    exportRights(office.now);
    const first = await office.plan(folder);
    expect(first.plan.body.changes).toHaveLength(PEOPLE);
    expect(first.mapped.exclusions).toEqual([]);
    people.forEach(({ address }, index) =>
      expect(delegatesOf(first, address)).toEqual([people[(index + 1) % PEOPLE]?.address]),
    );
    await office.approve(first);
    exportRights(office.now);
    const second = await office.plan(folder);
    expect([second.isEmpty, second.plan.body.changes]).toEqual([true, []]);
  }, 120_000);

  it('is left as it is on a day without an export, which is said', async () => {
    unlinkSync(table);
    const { plan, isEmpty } = await office.plan(folder);
    expect([isEmpty, plan.body.changes, plan.body.open]).toEqual([true, [], []]);
    expect(plan.body.notes.map(factText)).toContain(
      'Source mailbox-rights is not used: the file does not exist. What it gives (delegates) stays as it is.',
    );
  });

  it('is left as it is with an old export, however it differs', async () => {
    exportRights(new Date(office.now.getTime() - 72 * 3_600_000));
    const whole = people;
    people = [...people].reverse();
    exportRights(new Date(office.now.getTime() - 72 * 3_600_000));
    people = whole;
    const { plan } = await office.plan(folder);
    expect(plan.body.changes).toEqual([]);
    expect(plan.body.notes.map(factText).join()).toMatch(
      /Source mailbox-rights is not used: it was made at .*, and maxAge is 36 hours/,
    );
  });

  it('takes over a new name, also while the export has the old one', async () => {
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('nobody is there');
    const address = 'renamed@company.org';
    await lab.modify(
      [
        `dn: ${second.dn}`,
        'changetype: modify',
        'replace: userPrincipalName',
        `userPrincipalName: ${address}`,
        '-',
        'replace: mail',
        `mail: ${address}`,
        '-',
        'replace: proxyAddresses',
        `proxyAddresses: SMTP:${address}`,
        `proxyAddresses: smtp:${second.address}`,
        '-',
        '',
        '',
      ].join('\n'),
    );
    exportRights(new Date(office.now.getTime() - 20 * 3_600_000));
    const early = await office.plan(folder);
    // Her old name stands in two rows: hers, and that of the one whose mail she may read.
    expect(early.plan.body.changes.map(({ address: who, after }) => [who, Object.keys(after).sort()])).toEqual([
      [second.address, ['address', 'aliases']],
      [first.address, ['delegates']],
    ]);
    expect(early.mapped.exclusions.map(({ reason, detail }) => [reason, factText(detail)])).toEqual([
      ['join-unmatched', expect.stringContaining('stays there as it is until the next export')],
    ]);
    expect(delegatesOf(early, first.address)).toEqual([address]);
    await office.approve(early);
    exportRights(office.now, [second.upn, address]);
    const late = await office.plan(folder);
    expect([late.plan.body.changes, late.mapped.exclusions]).toEqual([[], []]);
  }, 60_000);
});

function addition(index: number, baseDn: string): string {
  const unit = `dn: OU=Hybrid,${baseDn}\nchangetype: add\nobjectClass: organizationalUnit\n\n`;
  const name = `hybrid${String(index).padStart(3, '0')}`;
  const lines = [
    `dn: CN=${name},OU=Hybrid,${baseDn}`,
    'changetype: add',
    'objectClass: user',
    `sAMAccountName: ${name}`,
    `userPrincipalName: ${name}@company.org`,
    `mail: ${name}@company.org`,
    `proxyAddresses: SMTP:${name}@company.org`,
    'userAccountControl: 544',
  ];
  return `${index === 0 ? unit : ''}${lines.join('\n')}\n\n`;
}
