import { factText } from '../../src/model/facts/fact.ts';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSource } from '../../src/operations/reading/read-sources.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import type { MappedAccounts } from '../../src/model/mapping/mapped.ts';
import { noticeDirectory } from '../../src/model/plan/notice-directory.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import { createLdifSource } from '../../src/adapters/ldif/ldif.ts';
import { configure } from '../support/account-builder.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import type { LabPerson } from '../support/ad-lab/manifest.ts';
import { exportLab } from '../support/export-lab.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');

/** Lists, templates, names, primary groups and shared mailboxes, on a directory that was not written for these rules. */
describeWithLab('the mapping of a real directory', () => {
  let lab: AdLab;
  const folder = mkdtempSync(path.join(tmpdir(), 'mapping-lab-'));
  const personOf = (key: string): LabPerson => {
    const found = lab.manifest.people.find((person) => person.key === key);
    if (found === undefined) throw new Error(`nobody in the lab is ${key}`);
    return found;
  };
  const loginOf = (key: string): string => personOf(key).attributes['sAMAccountName']?.[0] ?? '';

  beforeAll(async () => {
    lab = await startAdLab();
    const change = (key: string, ...lines: string[]): string =>
      `dn:: ${Buffer.from(personOf(key).dn).toString('base64')}\nchangetype: modify\n${lines.join('\n')}\n-\n\n`;
    const names = `COMPANY\\${loginOf('second-domain')}; ${loginOf('awkward-filter')};nobody;${loginOf('no-mail')}`;
    await lab.modify(
      change('expires-never', 'replace: extensionAttribute3', `extensionAttribute3: ${names}`) +
        change(
          'shared-mailbox',
          'replace: extensionAttribute3',
          `extensionAttribute3: ${loginOf('expires-never')};group-ict`,
        ) +
        change('chain-1', 'replace: extensionAttribute4', 'extensionAttribute4: Double Name;Odd chain-2') +
        change('chain-2', 'replace: otherMobile', 'otherMobile: 020 794 6018', 'otherMobile: 06-12345678') +
        ['Care', 'Support']
          .map((unit, index) => [
            `dn: CN=Double Name,OU=${unit},OU=Staff,${lab.baseDn}`,
            'changetype: add',
            'objectClass: user',
            `sAMAccountName: double${index}`,
            `proxyAddresses: SMTP:double${index}@company.org`,
          ])
          .map((lines) => `${lines.join('\n')}\n\n`)
          .join(''),
    );
    await giveRoomInPrimaryGroup();
    const password = path.join(folder, 'password');
    writeFileSync(password, lab.password);
    writeFileSync(path.join(folder, 'all.ldif'), await exportLab(lab, password));
  }, 120_000);

  /** AD moves the membership from `member` to primaryGroupID: nobody finds it in memberOf any more. */
  async function giveRoomInPrimaryGroup(): Promise<void> {
    const group = lab.manifest.groups.find(({ key }) => key === 'group-ict');
    const person = personOf('expires-zero');
    await lab.modify(
      `dn: ${group?.dn}\nchangetype: modify\nreplace: groupType\ngroupType: -2147483640\n-\nadd: member\nmember: ${person.dn}\n-\n\n`,
    );
    const { groups } = await live(configureRules('{}')).then(({ snapshot }) => snapshot);
    const sid = groups.find(({ dn }) => dn === group?.dn)?.attributes.get('objectsid')?.[0] ?? '';
    const rid = Buffer.from(sid, 'base64').readUInt32LE(24);
    await lab.modify(`dn: ${person.dn}\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: ${rid}\n-\n\n`);
  }

  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function configureRules(mapping: string) {
    const configuration = configure('', `    mapping: ${mapping}`);
    const [configured] = configuration.sources;
    if (configured === undefined) throw new Error('no source');
    return { configuration, configured };
  }

  async function live({ configuration, configured }: ReturnType<typeof configureRules>) {
    const source = createLdapSource({
      name: configured.name,
      urls: [lab.url],
      user: lab.user,
      password: lab.password,
      baseDn: `OU=Staff,${lab.baseDn}`,
      pageSize: 100,
      caFile: readFileSync(lab.caFile, 'utf8'),
      startTls: false,
      connectTimeoutMs: 10_000,
      requestTimeoutMs: 20_000,
    });
    try {
      return await readSource(configured, source, { configuration, now: NOW });
    } finally {
      await source.close();
    }
  }

  /** The result of the live directory, after it was found to be that of the export. */
  async function mapBoth(mapping: string): Promise<MappedAccounts> {
    const { configuration, configured } = configureRules(mapping);
    const files = [path.join(folder, 'all.ldif')];
    const ldif = createLdifSource({ name: configured.name, files, baseDn: `OU=Staff,${lab.baseDn}` });
    const [fromLdap, fromLdif] = [
      await live({ configuration, configured }),
      await readSource(configured, ldif, { configuration, now: NOW }),
    ].map((source) => sortMapped(mapAccounts({ configuration, now: NOW, sources: [source], managedKeys: new Set() })));
    if (fromLdap === undefined || fromLdif === undefined) throw new Error('one result is missing');
    expect(fromLdif.accounts).toEqual(fromLdap.accounts);
    expect(fromLdif.excluded).toEqual(fromLdap.excluded);
    expect(fromLdif.exclusions).toEqual(fromLdap.exclusions);
    return fromLdap;
  }

  it('shows when people last logged in, and who answers for a group', async () => {
    const group = lab.manifest.groups.find(({ key }) => key === 'group-ict');
    const [idle, owner] = [personOf('expires-never'), personOf('expires-zero')];
    const monthsAgo = (BigInt(NOW.getTime()) - 200n * 86_400_000n + 11_644_473_600_000n) * 10_000n;
    const change = (dn: string, name: string, value: string): string =>
      `dn:: ${Buffer.from(dn).toString('base64')}\nchangetype: modify\nreplace: ${name}\n${name}: ${value}\n-\n\n`;
    await lab.modify(
      change(idle.dn, 'lastLogonTimestamp', String(monthsAgo)) +
        change(owner.dn, 'lastLogonTimestamp', String(monthsAgo + 199n * 864_000_000_000n)) +
        change(group?.dn ?? '', 'managedBy', owner.dn),
    );
    const { configuration, configured } = configureRules('{}');
    const read = await live({ configuration, configured });
    const { accounts } = mapAccounts({ configuration, now: NOW, sources: [read], managedKeys: new Set() });
    const addressOf = (dn: string): string => accounts.find((one) => one.dn === dn)?.account.address ?? '';
    const { dormant, ownersInSource } = noticeDirectory(accounts, [read], NOW);
    expect(dormant?.sources).toEqual([{ name: configured.name, people: expect.any(Number) as number }]);
    const told = new Map(dormant?.accounts.map(({ address, lastLogin }) => [address, lastLogin]));
    expect(told.get(addressOf(idle.dn))).toBe('2026-05-07T10:00:00.000Z');
    expect(told.has(addressOf(owner.dn))).toBe(false);
    expect(ownersInSource?.map(({ account, owner: who }) => [account, who])).toEqual([
      [addressOf(group?.dn ?? ''), expect.stringContaining(`<${addressOf(owner.dn)}>`) as string],
    ]);
  });

  const accountOf = ({ accounts }: MappedAccounts, dn: string): unknown =>
    accounts.find((one) => one.dn === dn)?.account;

  it('is the same live and from an export, with every rule in use', async () => {
    const mapped = await mapBoth(
      `
      email: [proxyAddresses, mail]
      fullName: ["{givenName} {initials} {sn}", "{givenName} {sn}", name]
      mobile: [mobile, otherMobile]
      delegates: { attribute: extensionAttribute3, by: sAMAccountName, separator: ";" }
      sharedMailboxes: functional
      groups: { filters: [{ exclude: { attribute: cn, values: ["Cycle B"] } }], fullName: "{displayName} (group)" }`.replace(
        /\n +/g,
        '\n      ',
      ),
    );
    expect(accountOf(mapped, personOf('expires-never').dn)).toMatchObject({
      fullName: 'Odd expires-never',
      delegates: ['awkward.filter@company.org', 'second-domain@company.nl'],
    });
    expect(accountOf(mapped, personOf('chain-2').dn)).toMatchObject({ mobile: '+31612345678' });
    expect(accountOf(mapped, personOf('mail-only').dn)).toMatchObject({ address: 'mail-only@company.org' });
    const left = mapped.exclusions.filter(({ subject }) => subject === personOf('expires-never').dn);
    expect(left.map(({ reason }) => reason)).toEqual(['delegate-left-out', 'delegate-left-out']);
    const mailbox = accountOf(mapped, personOf('shared-mailbox').dn) as { kind: string; members: string[] };
    expect(mailbox.kind).toBe('functional');
    expect(mailbox.members).toEqual(expect.arrayContaining(['expires-never@company.org', 'expires-zero@company.org']));
    expect(mapped.excluded.filter(({ exclusion }) => exclusion.reason === 'room-mailbox').length).toBe(2);
    const groups = mapped.accounts.filter((account) => account.kind === 'functional' && account.sharedBy === null);
    expect(groups.map(({ account }) => account.fullName)).toContain('Cycle A (group)');
    expect(groups.map(({ account }) => account.fullName)).not.toContain('Cycle B (group)');
  });

  it('finds members through nested groups, cycles and primary groups, in groups of every type and size', async () => {
    const mapped = await mapBoth('{ delegates: none }');
    const { people, groups } = lab.manifest;
    const members = (key: string): readonly string[] => {
      const group = groups.find((one) => one.key === key);
      return (accountOf(mapped, group?.dn ?? '') as { members: string[] }).members;
    };
    const cycle = ['expires-later', 'expires-never', 'expires-zero'].map((key) => `${key}@company.org`);
    for (const key of ['cycle-a', 'cycle-b', 'cycle-c']) expect(members(key)).toEqual(cycle);
    expect(members('group-ict')).toContain('expires-zero@company.org');
    const { snapshot } = await live(configureRules('{}'));
    const memberOf = snapshot.selected.find(({ dn }) => dn === personOf('expires-zero').dn)?.attributes.get('memberof');
    expect(memberOf?.join('\n')).not.toContain('CN=ICT');
    const everyone = new Set(groups.find(({ key }) => key === 'everyone')?.members);
    expect(everyone.size).toBeGreaterThan(1500);
    const known = new Set(
      mapped.accounts.flatMap((one) => (one.kind === 'user' && one.account.active ? [one.dn] : [])),
    );
    const expected = people
      .filter(({ dn }) => everyone.has(dn) && known.has(dn))
      .flatMap(({ primary }) => primary ?? []);
    expect(members('everyone')).toEqual([...new Set(expected)].sort());
  });

  it('never takes one of two people of the same name, wherever they are', async () => {
    const mapped = await mapBoth('{ delegates: { attribute: extensionAttribute4, by: name, separator: ";" } }');
    expect(accountOf(mapped, personOf('chain-1').dn)).toMatchObject({ delegates: ['chain-2@company.org'] });
    const left = mapped.exclusions.filter(({ subject }) => subject === personOf('chain-1').dn);
    expect(left.map(({ reason }) => reason)).toEqual(['delegate-ambiguous']);
  });

  describe('delegates by', () => {
    it.each([
      ['userPrincipalName', 'userPrincipalName'],
      ['address', 'mail'],
    ])('%s are found, whatever stands in their names', async (by, attribute) => {
      const sought = lab.manifest.people.filter(
        ({ attributes, tags }) => tags.includes('awkward-name') && attributes[attribute],
      );
      const values = sought.map(({ attributes }) => attributes[attribute]?.[0] ?? '');
      await lab.modify(
        `dn: ${personOf('delegator').dn}\nchangetype: modify\nreplace: extensionAttribute5\nextensionAttribute5:: ${Buffer.from(values.join(';')).toString('base64')}\n-\n\n`,
      );
      const { configuration, configured } = configureRules(
        `{ delegates: { attribute: extensionAttribute5, by: ${by}, separator: ";" } }`,
      );
      const source = await live({ configuration, configured });
      const mapped = mapAccounts({ configuration, now: NOW, sources: [source], managedKeys: new Set() });
      const delegates = (accountOf(mapped, personOf('delegator').dn) as { delegates: string[] }).delegates;
      expect(delegates).toEqual(sought.flatMap(({ primary }) => primary ?? []).sort());
      expect(delegates.length).toBeGreaterThan(20);
    });
  });
});

/** The order in which entries come never counts. */
function sortMapped(mapped: MappedAccounts): MappedAccounts {
  const by =
    <Thing>(keyOf: (thing: Thing) => string) =>
    (one: Thing, other: Thing): number =>
      keyOf(one) < keyOf(other) ? -1 : 1;
  return {
    ...mapped,
    accounts: [...mapped.accounts]
      .map((one) => ({ ...one, people: [...one.people].sort(by(({ address }) => address)) }))
      .sort(by(({ dn }) => dn)),
    excluded: [...mapped.excluded].sort(by(({ exclusion }) => exclusion.subject)),
    exclusions: [...mapped.exclusions].sort(
      by(({ subject, reason, detail }) => `${subject} ${reason} ${factText(detail)}`),
    ),
  };
}
