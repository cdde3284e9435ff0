import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { execa } from 'execa';
import type { Entry } from 'ldapts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AdLab } from '../support/ad-lab/lab.ts';
import { describeWithLab, startAdLab } from '../support/ad-lab/lab.ts';
import { searchLab, withLabClient } from '../support/lab-search.ts';
import type { LdapRelay, LdapRelayOptions } from '../support/ldap-relay.ts';
import { startLdapRelay } from '../support/ldap-relay.ts';
import type { LdapFault } from '../support/ldap-relay/faults.ts';

const CONTACTS = { filter: '(objectClass=contact)', attributes: ['cn'] };

describeWithLab('LDAP relay', () => {
  let lab: AdLab;
  let relay: LdapRelay | undefined;
  beforeAll(async () => {
    lab = await startAdLab();
  }, 120_000);
  afterAll(() => lab?.stop());
  afterEach(() => relay?.close());

  async function startRelay(windows: LdapRelayOptions['windows'], ...faults: LdapFault[]): Promise<LdapRelay> {
    relay = await startLdapRelay({ target: lab.url, caFile: lab.caFile, tls: lab, windows, faults });
    return relay;
  }
  const readContacts = (url: string, pageSize?: number): Promise<Entry[]> =>
    searchLab(lab, { ...CONTACTS, url, ...(pageSize === undefined ? {} : { pageSize }) });

  it('without limits and faults it changes nothing', async () => {
    const { url } = await startRelay(false);
    expect(await readContacts(url, 5000)).toEqual(await readContacts(lab.url, 5000));
    expect(relay?.counters).toMatchObject({ connections: 1, pages: 1, entries: lab.manifest.contacts.length });
  });

  it('as Windows it caps the page size, so one requested page becomes several', async () => {
    const { url, counters } = await startRelay(true);
    expect(await readContacts(url, 5000)).toHaveLength(lab.manifest.contacts.length);
    expect(counters.pages).toBe(Math.ceil(lab.manifest.contacts.length / 1000));
  });

  it('as Windows it ends a search without paging at 1000 entries with result code 4', async () => {
    const { url } = await startRelay(true);
    await expect(readContacts(url)).rejects.toMatchObject({ code: 4 });
  });

  it('as Windows it serves a large group in ranges which together are complete', async () => {
    const { url } = await startRelay(true);
    const members = lab.manifest.groups.find((group) => group.key === 'everyone')?.members ?? [];
    const read = (attribute: string) => searchLab(lab, { filter: '(cn=Everyone)', attributes: [attribute], url });
    const [first] = await read('member');
    const [second] = await read('member;range=1500-*');
    expect(first?.['member;range=0-1499']).toHaveLength(1500);
    expect(second?.['member;range=1500-*']).toHaveLength(members.length - 1500);
    const all = [first?.['member;range=0-1499'], second?.['member;range=1500-*']].flat();
    expect(all.map(String).sort()).toEqual(members);
  });

  it('smaller limits make ranges of ordinary groups', async () => {
    const { url } = await startRelay({ pageSize: 10, valueRange: 2 });
    const [middle] = await searchLab(lab, { filter: '(cn=Everyone)', attributes: ['member;range=4-*'], url });
    expect(middle?.['member;range=4-5']).toHaveLength(2);
  });

  it.each(['fin', 'rst'] as const)('a cut by %s at a page, a message or a byte makes the read fail', async (how) => {
    for (const at of [{ page: 2 }, { page: 1, afterEntries: 7 }, { message: 30 }, { bytes: 0 }, { bytes: 4321 }]) {
      const { url, counters, close } = await startRelay(true, { kind: 'cut', how, at });
      await expect(readContacts(url, 100), JSON.stringify(at)).rejects.toThrow();
      if ('bytes' in at) expect(counters.bytes).toBe(at.bytes);
      if ('message' in at) expect(counters.messages).toBe(at.message);
      await close();
    }
  });

  // On a busy machine the peer sometimes sees an orderly end before the reset, so it has more than one try.
  it('rst resets the connection and fin closes it in order', { retry: 5 }, async () => {
    for (const how of ['rst', 'fin'] as const) {
      const { port, close } = await startRelay(true, { kind: 'cut', how, at: { bytes: 5 } });
      const socket = connect({ host: '127.0.0.1', port, ca: readFileSync(lab.caFile) });
      const ending = new Promise((resolve) =>
        socket.once('error', (error) => resolve(error)).once('end', () => resolve('end')),
      );
      let received = 0;
      socket.on('data', (chunk) => (received += chunk.length));
      // A BindRequest: version 3, no name, no password.
      socket.write(Buffer.from('300c020101600702010304008000', 'hex'));
      if (how === 'rst') expect(await ending).toMatchObject({ code: 'ECONNRESET' });
      else expect([await ending, received]).toEqual(['end', 5]);
      socket.destroy();
      await close();
    }
  });

  it('a cut strikes once: the next attempt through the same relay succeeds', async () => {
    const { url } = await startRelay(true, { kind: 'cut', how: 'rst', at: { page: 2 } });
    await expect(readContacts(url, 500)).rejects.toThrow();
    expect(await readContacts(url, 500)).toHaveLength(lab.manifest.contacts.length);
  });

  it('a stall lets the client time out', async () => {
    const { url } = await startRelay(true, { kind: 'stall', at: { page: 2, afterEntries: 3 } });
    await expect(readContacts(url, 100)).rejects.toThrow(/timed out/);
  }, 20_000);

  it('a result code is answered on the page it was asked for', async () => {
    const { url, counters } = await startRelay(true, { kind: 'result', page: 3, code: 51, afterEntries: 20 });
    await expect(readContacts(url, 100)).rejects.toMatchObject({ code: 51 });
    expect(counters.pages).toBe(3);
  });

  it('an empty page carries a cookie with which asking on gives everything', async () => {
    const { port, counters } = await startRelay(true, { kind: 'empty-page', page: 1 }, { kind: 'empty-page', page: 4 });
    // ldapsearch asks on as long as there is a cookie. libldap wants the address, not "localhost".
    const login = ['-x', '-D', lab.user, '-w', lab.password, '-H', `ldaps://127.0.0.1:${port}`, '-b', lab.baseDn];
    const search = ['-LLL', '-E', 'pr=500/noprompt', CONTACTS.filter, 'cn'];
    const env = { LDAPTLS_CACERT: lab.caFile, LDAPTLS_REQCERT: 'demand' };
    const { stdout } = await execa('ldapsearch', [...login, ...search], { env });
    expect(stdout.match(/^dn:/gm)).toHaveLength(lab.manifest.contacts.length);
    expect(counters.pages).toBe(Math.ceil(lab.manifest.contacts.length / 500) + 2);
  });

  it('ldapts takes an empty page for the last one', async () => {
    const { url } = await startRelay(true, { kind: 'empty-page', page: 2 });
    expect(await readContacts(url, 500)).toHaveLength(500);
  });

  it('a lost cookie ends the read early without an error', async () => {
    const { url } = await startRelay(true, { kind: 'lost-cookie', page: 2 });
    expect(await readContacts(url, 100)).toHaveLength(200);
  });

  it('a dropped entry is missing and counted, everything else is there', async () => {
    const { url, counters } = await startRelay(true, {
      kind: 'drop-entry',
      matches: (dn) => dn.startsWith('CN=Contact 7,'),
    });
    const found = await readContacts(url, 500);
    expect(found).toHaveLength(lab.manifest.contacts.length - 1);
    expect(found.map((entry) => entry['cn'])).not.toContain('Contact 7');
    expect(counters.dropped).toBe(1);
  });

  it('a reference to another domain appears among the references', async () => {
    const { url } = await startRelay(true, { kind: 'reference', page: 1, url: 'ldap://child.company.org/DC=child' });
    const references = await withLabClient(lab, url, async (client) => {
      const { searchReferences } = await client.search(lab.baseDn, { ...CONTACTS, paged: { pageSize: 500 } });
      return searchReferences;
    });
    expect(JSON.stringify(references)).toContain('ldap://child.company.org/DC=child');
  });
});
