import { writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areDnsEqual } from '../../src/model/directory/distinguished-name.ts';
import { valuesOf, type Entry } from '../../src/model/directory/entry.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { readLab, type LabReading } from '../support/lab-reading.ts';
import { startLdapRelay, type LdapRelay } from '../support/ldap-relay.ts';
import { withFile } from '../support/temporary-file.ts';
import { IS_LONG, TRIALS_TIMEOUT_MS } from '../support/trials.ts';

/** In the long run as many as the limits of Windows are made for; else less of everything, the limits too. */
const SIZE = IS_LONG
  ? { people: 3000, members: 2000, groups: 1600, limits: true }
  : { people: 100, members: 80, groups: 60, limits: { pageSize: 35, valueRange: 50 } };

const password = withFile('password', '');

describeWithLab('behind the limits of Windows', () => {
  let lab: AdLab;
  let relay: LdapRelay;
  let reading: LabReading;
  let joiner: string;
  const large = (): string => `CN=Large,OU=Groups,${lab.baseDn}`;

  beforeAll(async () => {
    lab = await startAdLab({ people: SIZE.people });
    writeFileSync(password, lab.password);
    const people = lab.manifest.people.map(({ dn }) => dn);
    joiner = people.find((dn) => /^CN=[A-Za-z ]+,OU=Nursing,/.test(dn)) ?? '';
    await lab.modify(renderGroup(large(), 'large', people.slice(0, SIZE.members)));
    const numbers = Array.from({ length: SIZE.groups }, (_, index) => index + 1);
    await lab.modify(
      numbers.map((n) => renderGroup(`CN=Many ${n},OU=Groups,${lab.baseDn}`, `many${n}`, [joiner])).join('\n'),
    );
    relay = await startLdapRelay({ target: lab.url, caFile: lab.caFile, tls: lab, windows: SIZE.limits });
    reading = await readLab({ lab, url: relay.url, baseDn: lab.baseDn });
  }, TRIALS_TIMEOUT_MS);
  afterAll(async () => {
    await relay?.close();
    await lab?.stop();
  });

  /** Counted by another program, past the limits. */
  const count = async (base: string, filter: string, attribute: string): Promise<number> => {
    const login = ['-LLL', '-x', '-D', lab.user, '-y', password, '-H', `ldaps://${lab.address}`, '-b', base];
    const env = { LDAPTLS_CACERT: lab.caFile };
    const { stdout } = await execa('ldapsearch', [...login, '-o', 'ldif-wrap=no', filter, attribute], { env });
    return stdout.split('\n').filter((line) => line.toLowerCase().startsWith(`${attribute.toLowerCase()}:`)).length;
  };
  const entryOf = (entries: readonly Entry[], dn: string): Entry | undefined =>
    entries.find((entry) => areDnsEqual(entry.dn, dn));

  it('every person and every group is read', async () => {
    const { selected, groups } = reading.read.snapshot;
    expect(selected.length).toBe(await count(lab.baseDn, '(&(objectCategory=person)(objectClass=user))', 'dn'));
    expect(groups.length).toBe(await count(lab.baseDn, '(objectCategory=group)', 'dn'));
    expect(groups.length).toBeGreaterThan(SIZE.groups);
  });

  it('a person is in every group that ldapsearch counts', async () => {
    const person = entryOf(reading.read.snapshot.selected, joiner);
    expect(new Set(valuesOf(person as Entry, 'memberOf')).size).toBe(
      await count(joiner, '(objectClass=*)', 'memberOf'),
    );
  });

  it('a large group has every member that ldapsearch counts', async () => {
    const members = reading.read.snapshot.selected.filter((entry) =>
      valuesOf(entry, 'memberOf').some((dn) => areDnsEqual(dn, large())),
    );
    expect(members.length).toBe(await count(large(), '(objectClass=*)', 'member'));
    expect(members.length).toBe(SIZE.members);
    expect(relay.counters.pages).toBeGreaterThan(reading.read.snapshot.selected.length / 1000);
  });
});

function renderGroup(dn: string, name: string, members: readonly string[]): string {
  const lines = members.map((member) => `member:: ${Buffer.from(member).toString('base64')}`);
  return [`dn: ${dn}`, 'changetype: add', 'objectClass: group', `sAMAccountName: ${name}`, ...lines, ''].join('\n');
}
