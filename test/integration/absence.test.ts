import { factText } from '../../src/model/facts/fact.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenAccount } from '../../src/model/schema/generated/plan.ts';
import type { Change } from '../../src/model/change/change.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import type { LabPerson } from '../support/ad-lab/manifest.ts';
import { startLdapRelay } from '../support/ldap-relay.ts';
import type { LdapFault } from '../support/ldap-relay/faults.ts';
import { IS_LONG } from '../support/trials.ts';
import { startLabOffice, type LabOffice, type OfficeSource } from '../support/lab-office.ts';

/** Two copies of one domain stand for domain controllers between which replication has stopped. */
describeWithLab('absence is not leaving', () => {
  let first: AdLab;
  let second: AdLab;
  let office: LabOffice;
  let leavers: LabPerson[];

  beforeAll(async () => {
    [first, second] = [await startAdLab({ people: 100 }), await startAdLab({ people: 100 })];
    office = await startLabOffice(first);
    office.configure(care());
    await office.merge('two domain controllers');
    leavers = first.manifest.people.filter(isPlain);
    expect(leavers.length).toBeGreaterThan(4);
    expect(await office.cli('plan', '--bootstrap')).toMatchObject({ exitCode: 0 });
    await office.merge('plan 1');
    expect(await office.cli('apply')).toMatchObject({ exitCode: 0 });
  }, 240_000);

  afterAll(async () => {
    await office?.close();
    await second?.stop();
    await first?.stop();
  });

  const care = (source: OfficeSource = {}): OfficeSource => ({
    urls: [first.url, second.url],
    baseDn: `OU=Care,OU=Staff,${first.baseDn}`,
    ...source,
  });
  const remove = (lab: AdLab, ...people: readonly (LabPerson | undefined)[]): Promise<void> =>
    lab.modify(people.map((person) => `dn: ${person?.dn}\nchangetype: delete\n`).join('\n'));
  const undo = async (): Promise<void> => {
    await office.git('clean', '-fdq', 'plans', 'desired');
    await office.git('checkout', '-q', '.');
    office.configure(care());
    await office.git('commit', '-qam', 'two domain controllers').catch(() => undefined);
  };
  const status = (): Promise<string> => office.git('status', '--porcelain');

  it('somebody missing on one domain controller only keeps the account and all access', async () => {
    await remove(first, leavers[0]);
    const { exitCode, stdout } = await office.cli('plan', '--json');
    const { changes, open } = JSON.parse(stdout) as { changes: number; open: OpenAccount[] };
    expect([exitCode, changes]).toEqual([0, 0]);
    expect(open).toMatchObject([{ address: leavers[0]?.primary, reason: 'servers-disagree', keepsAccess: true }]);
    expect(open[0] && factText(open[0].detail)).toContain(hostOf(second));
  });

  it('a second one that cannot be asked confirms nothing: only absences with a reason count', async () => {
    const moved = leavers[4];
    await first.modify(renderMove(moved?.dn ?? '', 'OU=Leavers,DC=company,DC=org'));
    office.configure(care({ urls: [first.url, 'ldaps://localhost:1'] }));
    expect(await office.cli('plan')).toMatchObject({ exitCode: 0 });
    const { changes, open, notes } = office.newestPlan().body;
    expect(suspensionsOf(changes)).toEqual([`${moved?.primary} moved`]);
    expect(openOf(open)).toEqual([leavers[0]?.primary]);
    expect(notes.map(factText).join()).toContain('localhost:1');
    await undo();
  });

  it('missing on one domain controller only are refused by name if they are many', async () => {
    await remove(first, leavers[1], leavers[2]);
    const { exitCode, stderr } = await office.cli('plan');
    expect([exitCode, await status()]).toEqual([12, '']);
    expect(stderr).toContain('SOURCE_IMPLAUSIBLE');
    for (const { primary } of leavers.slice(0, 3)) expect(stderr).toContain(primary);
  });

  it('missing on both are suspended, and the plan says who was asked', async () => {
    await remove(second, ...leavers.slice(0, 2));
    expect(await office.cli('plan')).toMatchObject({ exitCode: 0 });
    const { changes, open } = office.newestPlan().body;
    const gone = leavers.slice(0, 2).map(({ primary }) => primary);
    expect(suspensionsOf(changes)).toEqual(gone.map((address) => `${address} unexplained`).sort());
    const servers = [hostOf(first), hostOf(second)];
    for (const { action, evidence } of changes) if (action === 'suspend') expect(evidence.servers).toEqual(servers);
    expect(new Set(openOf(open))).toEqual(new Set([leavers[2]?.primary, leavers[4]?.primary]));
    expect(changes.filter((change) => takesAccessFrom(change, leavers[2]?.primary ?? ''))).toEqual([]);
    await undo();
  });

  it('a renamed unit with everybody in it suspends nobody, as base or in a filter', async () => {
    await first.modify(renderRename('Care', 'Healthcare'));
    const asBase = await office.cli('plan');
    expect([asBase.exitCode, await status()]).toEqual([10, '']);
    expect(asBase.stderr).toContain('did you mean OU=Healthcare,OU=Staff,DC=company,DC=org');
    const filter = `{ attribute: distinguishedName, values: ["OU=Care,OU=Staff,${first.baseDn}"] }`;
    office.configure(care({ baseDn: first.baseDn, lines: `    filters: [{ include: ${filter} }]` }));
    expect(await office.cli('plan')).toMatchObject({ exitCode: 12 });
    expect(await office.git('status', '--porcelain', 'plans', 'desired/company/users')).toBe('');
    await first.modify(renderRename('Healthcare', 'Care'));
  });

  it('a domain controller that dies at any page of a plan leaves the work tree as it was', async () => {
    const relayed = async (...faults: LdapFault[]) => {
      const relay = await startLdapRelay({
        target: first.url,
        caFile: first.caFile,
        tls: first,
        windows: true,
        faults,
      });
      office.configure(care({ urls: [relay.url], lines: '      pageSize: 20' }));
      await office.git('commit', '-qam', 'through a relay');
      const answer = await office.cli('plan', '--json');
      await relay.close();
      return { ...answer, pages: relay.counters.pages, left: await status() };
    };
    const { pages } = await relayed();
    await office.git('clean', '-fdq', 'plans', 'desired');
    await office.git('checkout', '-q', '.');
    expect(pages).toBeGreaterThan(6);
    const all = Array.from({ length: pages - 1 }, (_, index) => index + 1);
    for (const page of IS_LONG ? all : [1, 4, pages - 1]) {
      const { exitCode, left } = await relayed({ kind: 'cut', how: 'rst', at: { page } });
      expect([page, [10, 11].includes(exitCode ?? 0), left]).toEqual([page, true, '']);
    }
  });

  it('a group of the query that lost all its members suspends nobody', async () => {
    const group = `CN=Emptied,OU=Groups,${first.baseDn}`;
    await first.modify(`dn: ${group}\nchangetype: add\nobjectClass: group\nsAMAccountName: emptied\n`);
    office.configure(care({ lines: `    query: (memberOf=${group})` }));
    const { exitCode, stderr } = await office.cli('plan');
    expect([exitCode, stderr.includes('SOURCE_IMPLAUSIBLE')]).toEqual([12, true]);
    expect(await office.git('status', '--porcelain', 'plans', 'desired/company/users')).toBe('');
  });
});

function renderRename(from: string, to: string): string {
  return `dn: OU=${from},OU=Staff,DC=company,DC=org\nchangetype: modrdn\nnewrdn: OU=${to}\ndeleteoldrdn: 1\n`;
}

function renderMove(dn: string, to: string): string {
  return `dn: ${dn}\nchangetype: modrdn\nnewrdn: ${dn.split(',')[0]}\ndeleteoldrdn: 1\nnewsuperior: ${to}\n`;
}

function suspensionsOf(changes: readonly Change[]): string[] {
  const suspended = changes.filter(({ action }) => action === 'suspend');
  return suspended.map(({ address, reason }) => `${address} ${reason}`).sort();
}

function openOf(open: readonly OpenAccount[]): (string | null)[] {
  return open.map(({ address }) => address);
}

function hostOf({ url }: AdLab): string {
  return `${new URL(url).hostname}:636`;
}

function takesAccessFrom({ before, after }: Change, address: string): boolean {
  const has = ({ members = [], delegates = [] }: Change['before']): boolean =>
    [...members, ...delegates].includes(address);
  return has(before) && !has(after);
}

function isPlain({ dn, enabled, expired, tags, primary }: LabPerson): boolean {
  const isInScope = dn.endsWith(',OU=Care,OU=Staff,DC=company,DC=org') && enabled && !expired;
  return (
    isInScope && tags.join() === 'staff' && primary?.endsWith('@company.org') === true && /^CN=[A-Za-z ]+,/.test(dn)
  );
}
