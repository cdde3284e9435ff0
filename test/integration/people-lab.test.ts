import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { factText } from '../../src/model/facts/fact.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { startLabOffice, type LabOffice } from '../support/lab-office.ts';

const IN_USE = 544;
const DISABLED = 546;

interface Entry {
  readonly name: string;
  readonly address?: string;
  readonly aliases?: readonly string[];
  readonly control?: number;
}

/** What only a living directory shows: objects that are deleted and made again, and disabled ones beside their successors. */
describeWithLab('people of a domain', () => {
  let lab: AdLab;
  let office: LabOffice;

  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
    const people = ['leaver', 'one', 'other', 'double', 'rehired', 'heir'].map((name) => ({ name }));
    await lab.modify(
      [
        `dn: ${unit()}\nchangetype: add\nobjectClass: organizationalUnit\n`,
        ...[...people, { name: 'holder', aliases: ['passed'] }].map(addPerson),
        addGroup(['one', 'other', 'heir']),
      ].join('\n'),
    );
    office = await startLabOffice(lab);
    office.configure({ baseDn: unit() });
    await configure((text) => {
      const decided = text
        .replace(/^functional:.*\n(?: +.*\n)*/m, '')
        .replace('limits: {', 'limits: { openAccess: { floor: 5 },');
      return `${decided}functional: { missing: delete }\n`;
    });
    await office.merge('people of one unit');
    await planAndApply('--bootstrap');
  }, 480_000);

  afterAll(async () => {
    await office?.close();
    await lab?.stop();
  });

  it('each end as their own entry says, or open until people decide', async () => {
    await lab.modify(
      [
        disable('leaver'),
        addPerson({ name: 'second', address: 'leaver' }),
        readdress('one', 'other'),
        readdress('other', 'one'),
        disable('double'),
        `dn: ${dnOf('double')}\nchangetype: modify\nadd: proxyAddresses\nproxyAddresses: SMTP:second.double@company.org\n`,
        describePerson('double', 'heir'),
        remove(dnOf('rehired')),
        addPerson({ name: 'rehired' }),
        remove(groupDn()),
        addGroup(['one', 'other', 'heir']),
        disable('holder'),
        readdress('holder', 'holder'),
        readdress('heir', 'heir', ['passed']),
      ].join('\n'),
    );
    const { changes, open } = await planAndApply();
    expect(changes.map(({ action, address, reason }) => [action, address, reason])).toEqual([
      ['update', 'heir@company.org', 'attributes'],
      ['suspend', 'double@company.org', 'disabled'],
      ['suspend', 'holder@company.org', 'disabled'],
    ]);
    expect(changes[1]?.evidence.beside && factText(changes[1].evidence.beside)).toContain('several primary addresses');
    expect(changes.map(({ evidence: { since, person } }) => [since?.by, person])).toEqual([
      [undefined, undefined],
      ['replPropertyMetaData', { department: 'Cardiology', title: 'Nurse', manager: dnOf('heir') }],
      ['replPropertyMetaData', undefined],
    ]);
    const told = open.map(({ reason, address, keepsAccess }) => `${reason} ${address} ${keepsAccess}`);
    expect(told.sort()).toEqual([
      'circular-addresses one@company.org false',
      'circular-addresses other@company.org false',
      'claimed leaver@company.org true',
      'remade rehired@company.org true',
      'remade stories@company.org true',
    ]);
    const rehired = open.find(({ address }) => address === 'rehired@company.org');
    expect(rehired && factText(rehired.detail)).toContain('is not found any more, and a new entry');
    expect((await office.cli('plan', '--detailed-exitcode')).exitCode).toBe(2);

    await lab.modify([remove(dnOf('second')), readdress('one', 'one'), readdress('other', 'other')].join('\n'));
    const lines = open.flatMap(({ reason, key, claimant }) =>
      reason === 'remade' ? [`  - { from: ${key}, to: ${claimant?.key}, reason: "the same" }`] : [],
    );
    await configure((text) => `${text}handovers:\n${lines.join('\n')}\n`);
    await office.merge('two hand-overs');
    const decided = await planAndApply();
    expect(decided.changes.map(({ action, address, reason }) => `${action} ${address} ${reason}`).sort()).toEqual([
      'suspend leaver@company.org disabled',
      'update rehired@company.org handed-over',
      'update stories@company.org handed-over',
    ]);
    expect((await office.cli('plan', '--detailed-exitcode')).exitCode).toBe(0);
  }, 480_000);

  async function planAndApply(...args: string[]): Promise<PlanBody> {
    const planned = await office.cli('plan', ...args);
    expect(planned.exitCode, planned.stderr).toBe(0);
    const { body } = office.newestPlan();
    if ((await office.git('status', '--porcelain')) !== '') await office.merge('a plan');
    const applied = await office.cli('apply');
    expect(applied.exitCode, applied.stderr).toBe(0);
    return body;
  }

  async function configure(change: (text: string) => string): Promise<void> {
    const file = path.join(office.repository, 'desired/company/organisation.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  const unit = (): string => `OU=Stories,OU=Staff,${lab.baseDn}`;
  const dnOf = (name: string): string => `CN=${name},${unit()}`;
  const groupDn = (): string => `CN=Stories,OU=Groups,${lab.baseDn}`;
  const remove = (dn: string): string => `dn: ${dn}\nchangetype: delete\n`;
  const disable = (name: string): string =>
    `dn: ${dnOf(name)}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: ${DISABLED}\n`;
  const describePerson = (name: string, manager: string): string =>
    `dn: ${dnOf(name)}\nchangetype: modify\nadd: department\ndepartment: Cardiology\n-\nadd: title\ntitle: Nurse\n-\nadd: manager\nmanager: ${dnOf(manager)}\n`;
  const proxies = (address: string, aliases: readonly string[]): string =>
    [`SMTP:${address}`, ...aliases.map((alias) => `smtp:${alias}`)]
      .map((value) => `proxyAddresses: ${value}@company.org`)
      .join('\n');
  const readdress = (name: string, address: string, aliases: readonly string[] = []): string =>
    `dn: ${dnOf(name)}\nchangetype: modify\nreplace: proxyAddresses\n${proxies(address, aliases)}\n`;
  const addPerson = ({ name, address = name, aliases = [], control = IN_USE }: Entry): string =>
    `dn: ${dnOf(name)}\nchangetype: add\nobjectClass: user\nsAMAccountName: story-${name}\nuserAccountControl: ${control}\n${proxies(address, aliases)}\n`;
  const addGroup = (names: readonly string[]): string =>
    `dn: ${groupDn()}\nchangetype: add\nobjectClass: group\nsAMAccountName: stories\nmail: stories@company.org\nproxyAddresses: SMTP:stories@company.org\n${names.map((name) => `member: ${dnOf(name)}`).join('\n')}\n`;
});
