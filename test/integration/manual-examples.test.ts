import { factText } from '../../src/model/facts/fact.ts';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderDesiredFiles } from '../../src/model/desired/desired-state.ts';
import { isDnUnder } from '../../src/model/directory/distinguished-name.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import type { LabPerson } from '../support/ad-lab/manifest.ts';
import { exportLab } from '../support/export-lab.ts';
import { readExport, readLab, type LabReading } from '../support/lab-reading.ts';
import { withFile } from '../support/temporary-file.ts';

const password = withFile('password', '');

/** The ways to choose people that the manual of the Synctool shows, against what the lab was loaded with. */
describeWithLab('people are chosen as in the examples of the manual', () => {
  let lab: AdLab;
  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
  });
  afterAll(() => lab?.stop());

  const peopleWhere = (holds: (person: LabPerson) => boolean): string[] =>
    lab.manifest.people
      .filter(holds)
      .map(({ dn }) => dn)
      .sort();
  const isUnder = (unit: string) => (person: LabPerson) => isDnUnder(person.dn, `${unit},${lab.baseDn}`);
  /** Groups a person is in, nested ones too, from the manifest. */
  const groupsOf = ({ memberOf }: LabPerson): Set<string> => {
    const found = new Set<string>();
    const waiting = [...memberOf];
    for (let dn = waiting.pop(); dn !== undefined; dn = waiting.pop()) {
      if (found.has(dn)) continue;
      found.add(dn);
      waiting.push(...(lab.manifest.groups.find((group) => group.dn === dn)?.memberOf ?? []));
    }
    return found;
  };
  const isIn =
    (...names: string[]) =>
    (person: LabPerson): boolean =>
      [...groupsOf(person)].some((dn) => names.some((name) => dn.startsWith(`CN=${name},`)));

  it('by two units in an include filter', async () => {
    const values = [`OU=Care,OU=Staff,${lab.baseDn}`, `ou=finance, ou=support, ou=staff, ${lab.baseDn}`];
    const filters = `filters: ${JSON.stringify([{ include: { attribute: 'distinguishedName', values } }])}`;
    const wanted = peopleWhere((person) =>
      [isUnder('OU=Care,OU=Staff'), isUnder('OU=Finance,OU=Support,OU=Staff')].some((one) => one(person)),
    );
    expect(wanted.length).toBeGreaterThan(5);
    expect(chosenOf(await readLab({ lab, lines: filters }))).toEqual(wanted);
  });

  it('by two groups in an include filter, one by its name and one by its DN, nested members too', async () => {
    const values = ['all care', `CN=Finance,OU=Groups,${lab.baseDn}`];
    const filters = `filters: ${JSON.stringify([{ include: { attribute: 'memberOf', values } }])}`;
    const wanted = peopleWhere((person) => isUnder('OU=Staff')(person) && isIn('All Care', 'Finance')(person));
    const direct = peopleWhere(({ memberOf }) => memberOf.some((dn) => /^CN=(?:All Care|Finance),/.test(dn)));
    expect(wanted.length).toBeGreaterThan(direct.length);
    expect(chosenOf(await readLab({ lab, lines: filters }))).toEqual(wanted);
  });

  it('by a query that follows nested groups', async () => {
    const group = `CN=ZivverUsers,CN=Users,${lab.baseDn}`;
    const query = `(&(objectClass=user)(memberOf:1.2.840.113556.1.4.1941:=${group}))`;
    const wanted = peopleWhere((person) => isUnder('OU=Staff')(person) && isIn('ZivverUsers')(person));
    expect(wanted.length).toBeGreaterThan(20);
    expect(chosenOf(await readLab({ lab, lines: `query: ${JSON.stringify(query)}` }))).toEqual(wanted);
  });

  it('by a base DN high in the tree, without some units and a group', async () => {
    const units = ['OU=Leavers', 'OU=Odd Cases,OU=Staff', 'OU=Service Accounts', 'CN=Users'];
    const filters = [
      { exclude: { attribute: 'distinguishedName', values: units.map((unit) => `${unit},${lab.baseDn}`) } },
      { exclude: { attribute: 'memberOf', values: ['Zivver-no-account'] } },
    ];
    const wanted = peopleWhere(
      (person) => !units.some((unit) => isUnder(unit)(person)) && !isIn('Zivver-no-account')(person),
    );
    const reading = await readLab({ lab, baseDn: lab.baseDn, lines: `filters: ${JSON.stringify(filters)}` });
    expect(chosenOf(reading)).toEqual(wanted);
    expect(reading.mapped.notes.filter((note) => factText(note).includes('nobody matches'))).toEqual([]);
  });

  it('with the same desired files, byte for byte, from an export', async () => {
    writeFileSync(password, lab.password);
    const [live, exported] = [await readLab({ lab }), await readExport({ lab }, await exportLab(lab, password))];
    const files = [live, exported].map(({ mapped }) => filesOf(mapped.accounts.map(({ account }) => account)));
    expect(files[0]?.size).toBeGreaterThan(60);
    expect(files[0]).toEqual(files[1]);
  });
});

/** DNs of the people whom the query selected and no filter left out. */
function chosenOf({ read, mapped }: LabReading): string[] {
  const filtered = new Set(
    mapped.excluded
      .filter(({ exclusion }) => exclusion.reason === 'filtered')
      .map(({ exclusion }) => exclusion.subject),
  );
  const people = read.snapshot.selected.filter(
    ({ attributes }) =>
      attributes.get('objectclass')?.includes('user') === true &&
      attributes.get('objectclass')?.includes('computer') === false,
  );
  return people
    .map(({ dn }) => dn)
    .filter((dn) => !filtered.has(dn))
    .sort();
}

/** Where two claim one address, both files have its name: neither is looked at. */
function filesOf(accounts: Parameters<typeof renderDesiredFiles>[0]): ReturnType<typeof renderDesiredFiles> {
  const names = accounts.map(({ kind, address }) => `${kind} ${address}`);
  return renderDesiredFiles(
    accounts.filter(({ kind, address }) => names.filter((name) => name === `${kind} ${address}`).length === 1),
  );
}
