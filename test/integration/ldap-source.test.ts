import { readFileSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { normaliseDn } from '../../src/model/directory/distinguished-name.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { ReconcileError } from '../../src/model/errors.ts';
import { createLdapSource } from '../../src/adapters/ldap/ldap.ts';
import type { LdapSourceOptions } from '../../src/adapters/ldap/ldap.ts';
import type { Entry } from '../../src/model/directory/entry.ts';
import type { Source } from '../../src/model/directory/source.ts';
import type { AdLab } from '../support/ad-lab/lab.ts';
import { describeWithLab, startAdLab } from '../support/ad-lab/lab.ts';
import { startLdapRelay } from '../support/ldap-relay.ts';
import type { LdapRelay, LdapRelayOptions } from '../support/ldap-relay.ts';
import type { LdapFault } from '../support/ldap-relay/faults.ts';

describeWithLab('the LDAP source on a domain controller', () => {
  let lab: AdLab;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    lab = await startAdLab();
  }, 120_000);
  afterAll(() => lab?.stop());
  afterEach(async () => {
    while (open.length > 0) await open.pop()?.close();
  });

  function openSource(options: Partial<LdapSourceOptions> = {}): Source {
    const source = createLdapSource({
      name: 'lab',
      urls: [lab.url],
      user: lab.user,
      password: lab.password,
      baseDn: lab.baseDn,
      pageSize: 100,
      caFile: readFileSync(lab.caFile, 'utf8'),
      startTls: false,
      connectTimeoutMs: 10_000,
      requestTimeoutMs: 20_000,
      ...options,
    });
    open.push(source);
    return source;
  }

  async function openRelayed(
    windows: LdapRelayOptions['windows'],
    faults: readonly LdapFault[] = [],
    options: Partial<LdapSourceOptions> = {},
  ): Promise<{ readonly source: Source; readonly relay: LdapRelay }> {
    const relay = await startLdapRelay({ target: lab.url, caFile: lab.caFile, tls: lab, windows, faults });
    open.push(relay);
    return { relay, source: openSource({ urls: [relay.url], ...options }) };
  }

  it('finds everybody who was loaded, with identifiers, addresses and links', async () => {
    const { selected, warnings } = await openSource().read(['memberOf', 'msExchDelegateListLink']);
    const found = new Map(selected.map((entry) => [normaliseDn(entry.dn), entry]));
    for (const person of lab.manifest.people) {
      const entry = found.get(normaliseDn(person.dn));
      expect(guidOf(entry)).toBe(person.guid);
      expect(sorted(entry, 'proxyaddresses')).toEqual([...(person.attributes['proxyAddresses'] ?? [])].sort());
      expect(sorted(entry, 'memberof')).toEqual(person.memberOf);
      expect(sorted(entry, 'msexchdelegatelistlink')).toEqual(person.delegates);
    }
    expect(warnings).toEqual([]);
  });

  it('says which part of the query does not hold for somebody, and whether a group names them itself', async () => {
    const group = lab.manifest.groups.find(({ members }) => members.length > 1 && members.length < 20);
    const isIn = ({ memberOf }: { readonly memberOf: readonly string[] }): boolean =>
      memberOf.includes(group?.dn ?? '');
    const [inside, outside] = [lab.manifest.people.find(isIn), lab.manifest.people.find((one) => !isIn(one))];
    const membership = `(memberOf=${escapeAssertion(group?.dn ?? '')})`;
    const source = openSource({ query: `(&(objectClass=user)${membership}(!(cn=nobody)))` });
    const answers = await source.explainSelection?.([inside?.dn ?? '', outside?.dn ?? '']);
    expect(answers?.map(({ failing }) => failing)).toEqual([
      [],
      [{ text: membership, groups: [group?.dn], namedBy: [] }],
    ]);
  });

  it('finds all groups with all members, wherever the base is', async () => {
    const { groups } = await openSource({ baseDn: lab.manifest.units.at(-1) ?? '' }).read(['member']);
    const found = new Map(groups.map((entry) => [normaliseDn(entry.dn), entry]));
    for (const group of lab.manifest.groups)
      expect(sorted(found.get(normaliseDn(group.dn)), 'member')).toEqual(group.members);
  });

  it('selects below the base only', async () => {
    const ou = lab.manifest.people[0]?.ou ?? '';
    const { selected } = await openSource({ baseDn: ou.toUpperCase() }).read([]);
    const key = normaliseDn(ou);
    const inside = lab.manifest.people.filter(({ dn }) => normaliseDn(dn).endsWith(key));
    expect(inside.length).toBeGreaterThan(0);
    expect(selected.map(({ dn }) => dn).sort()).toEqual(inside.map(({ dn }) => dn).sort());
  });

  it('reads the same through the limits of Windows, at any page size', async () => {
    const whole = await openSource().read(['member', 'memberOf']);
    for (const pageSize of [7, 100_000]) {
      const { source } = await openRelayed({ pageSize: 150, valueRange: 40 }, [], { pageSize });
      const { selected, groups } = await source.read(['member', 'memberOf']);
      expect(selected).toEqual(whole.selected);
      expect(groups).toEqual(whole.groups);
    }
  }, 60_000);

  it('reads the same although the server sends a page without entries', async () => {
    const whole = await openSource().read([]);
    const { source } = await openRelayed(false, [{ kind: 'empty-page', page: 2 }]);
    expect((await source.read([])).selected).toEqual(whole.selected);
  });

  it.each<LdapFault>([
    { kind: 'lost-cookie', page: 2 },
    { kind: 'result', page: 2, code: 3, afterEntries: 5 },
    { kind: 'result', page: 1, code: 51 },
    { kind: 'cut', how: 'fin', at: { page: 2, afterEntries: 10 } },
    { kind: 'cut', how: 'rst', at: { page: 3 } },
    { kind: 'stall', at: { page: 2 } },
  ])('gives nothing after %j', async (fault) => {
    const { source } = await openRelayed(true, [fault], { requestTimeoutMs: 1000 });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_INCOMPLETE');
  });

  it('finds members of members of a group, and refuses a group that does not exist', async () => {
    const group = lab.manifest.groups.find(({ members }) => members.length > 3 && members.length < 100);
    const dn = (group?.dn ?? '').replace(/[\\()*]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)}`);
    const query = (name: string): string => `(&(objectClass=user)\n (memberOf:1.2.840.113556.1.4.1941:=${name}))`;
    const { selected } = await openSource({ query: query(dn) }).read([]);
    const direct = lab.manifest.people.filter(({ memberOf }) => memberOf.includes(group?.dn ?? ''));
    const found = new Set(selected.map((entry) => entry.dn));
    expect(direct.length).toBeGreaterThan(0);
    expect(direct.filter((person) => !found.has(person.dn))).toEqual([]);
    expect((await catchError(openSource({ query: query(`CN=Nobody,${lab.baseDn}`) }).read([]))).code).toBe(
      'SOURCE_QUERY_INVALID',
    );
  });

  it('looks up every DN as Samba writes it, and in other spellings', async () => {
    const entries = [...lab.manifest.people, ...lab.manifest.groups, ...lab.manifest.contacts];
    const found = await openSource({ baseDn: lab.manifest.units.at(-1) ?? '' }).lookUpDns(
      [...entries.map(({ dn }) => dn), `CN=Nobody,${lab.baseDn}`],
      ['cn'],
    );
    expect(found.map(({ dn }) => dn).sort()).toEqual([...new Set(entries.map(({ dn }) => dn))].sort());
  });

  it('knows everybody of the domain; only an administrator sees who was deleted', async () => {
    await lab.modify(`dn: CN=Short Stay,${lab.baseDn}\nchangetype: add\nobjectClass: user\nsAMAccountName: sstay\n`);
    await lab.modify(`dn: CN=Short Stay,${lab.baseDn}\nchangetype: delete\n`);
    const plain = await openSource().readDomain([]);
    expect(lab.manifest.people.filter(({ dn }) => !plain.people.some((entry) => entry.dn === dn))).toEqual([]);
    expect([plain.deleted, plain.warnings?.length]).toEqual([[], 1]);
    const privileged = await openSource({ user: lab.adminUser, password: lab.adminPassword }).readDomain([
      'sAMAccountName',
    ]);
    expect(privileged.deleted.map(({ attributes }) => attributes.get('samaccountname')?.[0])).toContain('sstay');
  });

  it('tells why each login is refused', async () => {
    for (const { name, refusal } of lab.manifest.logins) {
      if (refusal === null) continue;
      const error = await catchError(openSource({ user: `COMPANY\\${name}` }).read([]));
      expect([name, error.code, error.problems[0]?.what]).toEqual([name, 'SOURCE_CREDENTIALS', `AD reason ${refusal}`]);
    }
    const bare = await catchError(openSource({ user: 'svc_zivver' }).read([]));
    expect([bare.code, bare.remedy.includes('DOMAIN\\svc_zivver')]).toEqual(['SOURCE_CREDENTIALS', true]);
  });

  it('names what exists if the base does not', async () => {
    const unit = lab.manifest.units.at(-1) ?? '';
    const error = await catchError(openSource({ baseDn: unit.replace(/^OU=(.)/i, 'OU=$1x') }).read([]));
    expect(error.code).toBe('SOURCE_BASE_MISSING');
    expect(error.problems.some(({ what }) => what.endsWith(unit))).toBe(true);
  });

  it('works with StartTLS and refuses an unknown authority', async () => {
    const urls = [lab.url.replace('ldaps:', 'ldap:').replace(/:636$/, ':389')];
    expect((await openSource({ urls, startTls: true }).read([])).selected.length).toBeGreaterThan(0);
    expect((await catchError(openSource({ caFile: undefined }).read([]))).code).toBe('SOURCE_TLS');
    expect((await catchError(openSource({ urls, startTls: true, caFile: undefined }).read([]))).code).toBe(
      'SOURCE_TLS',
    );
  });
});

function guidOf(entry: Entry | undefined): string {
  return formatGuid(entry?.attributes.get('objectguid')?.[0] ?? '');
}

function sorted(entry: Entry | undefined, attribute: string): readonly string[] {
  return [...(entry?.attributes.get(attribute) ?? [])].sort();
}

async function catchError(reading: Promise<unknown>): Promise<ReconcileError> {
  const error: unknown = await reading.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof ReconcileError) return error;
  throw error;
}

/** RFC 4515 §3. */
function escapeAssertion(dn: string): string {
  return dn.replace(/[\\()*]/g, (character) => `\\${character.charCodeAt(0).toString(16)}`);
}
