import { readFileSync } from 'node:fs';
import type { Entry } from 'ldapts';
import { Client } from 'ldapts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdLab } from '../support/ad-lab/lab.ts';
import { describeWithLab, startAdLab } from '../support/ad-lab/lab.ts';
import { formatGuid, searchLab, withLabClient } from '../support/lab-search.ts';

describeWithLab('AD lab', () => {
  let lab: AdLab;
  beforeAll(async () => {
    lab = await startAdLab();
  }, 120_000);
  afterAll(() => lab?.stop());

  it('a client that does not know the lab authority refuses its certificate', async () => {
    const client = new Client({ url: lab.url, connectTimeout: 5_000 });
    await expect(client.bind(lab.user, lab.password)).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it('the people found are those of the manifest, with the same objectGUIDs and DNs', async () => {
    const found = await searchPeople(lab, ['objectGUID']);
    const byGuid = new Map(found.map((entry) => [formatGuid(entry['objectGUID'] as Buffer), entry.dn]));
    expect(byGuid).toEqual(new Map(lab.manifest.people.map((person) => [person.guid, person.dn])));
  });

  it('every attribute, delegate and group of a person reads back as the manifest says', async () => {
    const attributes = ['*', 'msExchDelegateListLink', 'memberOf'];
    const found = await searchPeople(lab, attributes);
    const read = new Map(found.map((entry) => [formatGuid(entry['objectGUID'] as Buffer), entry]));
    for (const person of lab.manifest.people) {
      const entry = read.get(person.guid) ?? { dn: 'nobody' };
      for (const [name, values] of Object.entries(person.attributes)) {
        if (name === 'objectClass') expect(listValues(entry[name])).toEqual(expect.arrayContaining([...values]));
        else expect(listValues(entry[name]).sort(), `${name} of ${person.key}`).toEqual([...values].sort());
      }
      expect(listValues(entry['msExchDelegateListLink']).sort(), `delegates of ${person.key}`).toEqual(
        person.delegates,
      );
      expect(listValues(entry['memberOf']).sort(), `groups of ${person.key}`).toEqual(person.memberOf);
    }
  });

  it('groups, contacts and computers are as many as the manifest lists', async () => {
    const count = async (filter: string): Promise<number> =>
      (await searchLab(lab, { filter, attributes: ['cn'], pageSize: 500 })).length;
    const { groups, contacts, computers } = lab.manifest;
    const loaded = '(|(cn=ZivverUsers)(cn=Zivver pilot)(cn=Zivver-no-account))';
    expect(
      await searchLab(lab, { base: `OU=Groups,${lab.baseDn}`, filter: '(objectClass=group)', attributes: ['cn'] }),
    ).toHaveLength(groups.length - 3);
    expect(await count(loaded)).toBe(3);
    expect(await count('(objectClass=contact)')).toBe(contacts.length);
    expect(await count(`(&(objectClass=computer)(cn=WS*))`)).toBe(computers.length);
  });

  it('one group has more members than Windows returns in one answer', async () => {
    const large = lab.manifest.groups.find((group) => group.key === 'everyone');
    const [entry] = await searchLab(lab, { filter: '(cn=Everyone)', attributes: ['member'] });
    expect(large?.members.length).toBeGreaterThan(1500);
    expect(listValues(entry?.['member']).sort()).toEqual(large?.members);
  });

  it('a modification by the service account is refused for lack of rights', async () => {
    const [person] = lab.manifest.people;
    const modification = withLabClient(lab, lab.url, (client) => client.del(person?.dn ?? ''));
    await expect(modification).rejects.toMatchObject({ code: 50 });
  });

  it('each refused login is refused with its own code', async () => {
    for (const login of lab.manifest.logins) {
      const ca = [readFileSync(lab.caFile)];
      const client = new Client({ url: lab.url, tlsOptions: { ca } });
      const outcome = await client.bind(`COMPANY\\${login.name}`, lab.password).then(
        () => null,
        (error: unknown) => /\bdata ([0-9a-f]+),/.exec(String(error))?.[1] ?? String(error),
      );
      await client.unbind();
      expect(outcome, login.name).toBe(login.refusal);
    }
  });

  it('modify applies additions, changes, renames and deletions', async () => {
    const dn = `CN=Newcomer,OU=Board,OU=Staff,${lab.baseDn}`;
    const names = async (): Promise<string[]> => {
      const found = await searchLab(lab, { filter: '(sAMAccountName=newcomer)', attributes: ['cn', 'mobile'] });
      return found.map((entry) => `${String(entry['cn'])} ${listValues(entry['mobile']).join()}`);
    };
    await lab.modify(`dn: ${dn}\nchangetype: add\nobjectClass: user\nsAMAccountName: newcomer\n`);
    expect(await names()).toEqual(['Newcomer ']);
    await lab.modify(`dn: ${dn}\nchangetype: modify\nreplace: mobile\nmobile: 06-12345678\n-\n`);
    expect(await names()).toEqual(['Newcomer 06-12345678']);
    await lab.modify(
      `dn: ${dn}\nchangetype: modrdn\nnewrdn: CN=Old hand\ndeleteoldrdn: 1\nnewsuperior: OU=Leavers,${lab.baseDn}\n`,
    );
    expect(await names()).toEqual(['Old hand 06-12345678']);
    await lab.modify(`dn: CN=Old hand,OU=Leavers,${lab.baseDn}\nchangetype: delete\n`);
    expect(await names()).toEqual([]);
    await expect(lab.modify(`dn: ${dn}\nchangetype: delete\n`)).rejects.toThrow(/No such object/);
  });

  it('a second lab of the same seed holds the same entries on another address', async () => {
    const other = await startAdLab();
    try {
      expect(other.address).not.toBe(lab.address);
      expect(other.manifest).toEqual(lab.manifest);
    } finally {
      await other.stop();
    }
  }, 60_000);
});

function listValues(value: unknown): string[] {
  return value === undefined ? [] : ([] as unknown[]).concat(value).map(String);
}

/** Outside these units stand only what the domain came with and the service accounts. */
async function searchPeople(lab: AdLab, attributes: readonly string[]): Promise<Entry[]> {
  const filter = '(&(objectCategory=person)(objectClass=user))';
  const bases = ['Staff', 'External', 'Leavers'].map((unit) => `OU=${unit},${lab.baseDn}`);
  const found = await Promise.all(bases.map((base) => searchLab(lab, { base, filter, attributes, pageSize: 100 })));
  return found.flat();
}
