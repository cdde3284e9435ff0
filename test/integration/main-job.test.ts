import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { Change } from '../../src/model/change/change.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { startLabOffice, type LabOffice } from '../support/lab-office.ts';
import type { LabGroup, LabManifest, LabPerson } from '../support/ad-lab/manifest.ts';

/** The lab has ten whose addresses are disputed and five who cannot get an account; they stand open from the first plan on. */
const NO_CHANGES = expect.stringMatching(/^No changes, but 15 accounts are open/) as string;

/** The main job on real parts: LDAPS to a real domain controller, a git repository with a remote, HTTP to the sandbox. */
describeWithLab('the main job against a real domain controller', () => {
  let lab: AdLab;
  let office: LabOffice;
  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
    office = await startLabOffice(lab);
  });
  afterAll(async () => {
    await office?.close();
    await lab?.stop();
  });

  it(
    'fills an empty Zivver, is then without changes, and replays exactly ten changes made in AD',
    { timeout: 240_000 },
    async () => {
      const { cli, merge, newestPlan, sandbox, requestLog, repository } = office;
      const first = await cli('plan', '--bootstrap');
      expect(first).toMatchObject({ exitCode: 0 });
      expect(newestPlan().body.source).toMatchObject([
        { kind: 'ldap', complete: true, baseDn: 'OU=Staff,DC=company,DC=org' },
      ]);
      await merge('plan 1');
      expect(await cli('apply')).toMatchObject({ exitCode: 0 });
      expect(activeAddresses(sandbox)).toEqual(expectedAddresses(lab));
      expect(await cli('plan')).toMatchObject({ exitCode: 0, stdout: NO_CHANGES });

      const cast = chooseCast(lab);
      await lab.modify(renderTenChanges(cast));
      expect(await cli('plan')).toMatchObject({ exitCode: 0 });
      expect(describeChanges(newestPlan().body.changes)).toEqual(describeExpected(cast, lab.manifest));
      await merge('plan 2');
      const writesBefore = countWrites(requestLog);
      expect(await cli('apply')).toMatchObject({ exitCode: 0 });
      // One request a change: the account that lets the alias go needs nothing else.
      expect(countWrites(requestLog) - writesBefore).toBe(describeExpected(cast, lab.manifest).length);
      expect(await cli('plan')).toMatchObject({ exitCode: 0, stdout: NO_CHANGES });
      expect(await cli('apply')).toMatchObject({ exitCode: 25 });
      expect(await secretsIn(repository, lab)).toEqual([]);
    },
  );
});

/** Ten ordinary people of the lab who are nobody's delegates. */
interface Cast {
  readonly renamed: LabPerson;
  readonly readdressed: LabPerson;
  readonly disabled: LabPerson;
  readonly deleted: LabPerson;
  readonly moved: LabPerson;
  readonly aliasLoser: LabPerson;
  readonly aliasWinner: LabPerson;
  readonly principal: LabPerson;
  readonly joiner: LabPerson;
  readonly mobile: LabPerson;
  readonly group: LabGroup;
}

function chooseCast({ manifest }: AdLab): Cast {
  const delegates = new Set(manifest.people.flatMap((person) => person.delegates));
  const plain = manifest.people.filter(
    (person) => isPlain(person) && !delegates.has(person.dn) && person.delegates.length === 0,
  );
  const aliasLoser = plain.find(({ aliases }) => aliases.some((alias) => alias.endsWith('@company.nl')));
  const others = plain.filter((person) => person !== aliasLoser);
  const [renamed, readdressed, disabled, deleted, moved, aliasWinner, principal, mobile] = others;
  const group = manifest.groups.find(
    ({ primary, members }) => primary?.endsWith('@company.org') === true && members.length > 4,
  );
  const joiner = others.slice(8).find(({ memberOf }) => !memberOf.includes(group?.dn ?? ''));
  const cast = { renamed, readdressed, disabled, deleted, moved, aliasLoser, aliasWinner, principal, joiner, mobile };
  const missing = Object.entries({ ...cast, group }).filter(([, part]) => part === undefined);
  if (missing.length > 0) throw new Error(`the lab has nobody for: ${missing.map(([name]) => name).join(', ')}`);
  return { ...cast, group } as Cast;
}

function isPlain(person: LabPerson): boolean {
  const isInScope = person.dn.endsWith(',OU=Staff,DC=company,DC=org') && person.enabled && !person.expired;
  return (
    isInScope &&
    person.tags.join() === 'staff' &&
    person.primary?.endsWith('@company.org') === true &&
    /^CN=[A-Za-z ]+,/.test(person.dn)
  );
}

function renderTenChanges(cast: Cast): string {
  const modify = (person: LabPerson, ...lines: string[]): string =>
    [`dn: ${person.dn}`, 'changetype: modify', ...lines].join('\n');
  const alias = movedAlias(cast);
  const records = [
    [`dn: ${cast.renamed.dn}`, 'changetype: modrdn', 'newrdn: CN=Renamed Person', 'deleteoldrdn: 1'].join('\n'),
    modify(
      cast.readdressed,
      'replace: proxyAddresses',
      'proxyAddresses: SMTP:new.address@company.org',
      `proxyAddresses: smtp:${cast.readdressed.primary}`,
    ),
    modify(cast.disabled, 'replace: userAccountControl', 'userAccountControl: 514'),
    `dn: ${cast.deleted.dn}\nchangetype: delete`,
    [
      `dn: ${cast.moved.dn}`,
      'changetype: modrdn',
      `newrdn: ${cast.moved.dn.split(',')[0]}`,
      'deleteoldrdn: 1',
      'newsuperior: OU=External,DC=company,DC=org',
    ].join('\n'),
    modify(cast.aliasLoser, 'delete: proxyAddresses', `proxyAddresses: smtp:${alias}`),
    modify(cast.aliasWinner, 'add: proxyAddresses', `proxyAddresses: smtp:${alias}`),
    modify(cast.principal, 'add: msExchDelegateListLink', `msExchDelegateListLink: ${cast.joiner.dn}`),
    [`dn: ${cast.group.dn}`, 'changetype: modify', 'add: member', `member: ${cast.joiner.dn}`].join('\n'),
    modify(cast.mobile, 'replace: mobile', 'mobile: 06 55 51 23 45'),
    [
      'dn: CN=New Nurse,OU=Staff,DC=company,DC=org',
      'changetype: add',
      'objectClass: user',
      'cn: New Nurse',
      'sAMAccountName: new.nurse',
      'userAccountControl: 512',
      'proxyAddresses: SMTP:new.nurse@company.org',
    ].join('\n'),
  ];
  return `${records.join('\n\n')}\n`;
}

function movedAlias({ aliasLoser }: Cast): string {
  return aliasLoser.aliases.find((alias) => alias.endsWith('@company.nl')) ?? '';
}

function describeChanges(changes: readonly Change[]): string[] {
  return changes
    .map(({ action, address, reason, after }) =>
      `${action} ${address} ${reason} ${action === 'create' ? '' : Object.keys(after).sort().join(',')}`.trim(),
    )
    .sort();
}

function describeExpected(cast: Cast, manifest: LabManifest): string[] {
  return [
    `update ${cast.renamed.primary} attributes fullName`,
    `update ${cast.readdressed.primary} renamed address,aliases`,
    `suspend ${cast.disabled.primary} disabled active`,
    `suspend ${cast.deleted.primary} unexplained active`,
    `suspend ${cast.moved.primary} moved active`,
    `update ${cast.aliasLoser.primary} attributes aliases`,
    `update ${cast.aliasWinner.primary} attributes aliases`,
    `update ${cast.principal.primary} attributes delegates`,
    ...changedGroups(cast, manifest).map((address) => `update ${address} attributes members`),
    `update ${cast.mobile.primary} attributes mobile`,
    'create new.nurse@company.org new',
  ].sort();
}

/** Functional accounts that lose somebody who leaves, or gain the one who joins; nested groups included. */
function changedGroups(cast: Cast, { groups, people, contacts }: LabManifest): string[] {
  const byDn = new Map(groups.map((group) => [group.dn, group]));
  const closure = (dns: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const dn of dns) if (!seen.has(dn)) closure(byDn.get(dn)?.memberOf ?? [], seen.add(dn));
    return seen;
  };
  const leaving = [cast.disabled, cast.deleted, cast.moved].flatMap(({ memberOf }) => [...closure(memberOf)]);
  const joining = [...closure([cast.group.dn])].filter((dn) => !closure(cast.joiner.memberOf).has(dn));
  const taken = [...people, ...contacts].map(({ primary }) => primary);
  return [...new Set([...leaving, ...joining])].flatMap((dn) => {
    const address = byDn.get(dn)?.primary;
    return address && isClaimed(address) && !taken.includes(address) ? [address] : [];
  });
}

function activeAddresses(sandbox: Sandbox): string[] {
  const active = sandbox.accounts().filter(({ kind, resource }) => kind === 'user' && resource['active'] === true);
  return active.map(({ address }) => address).sort();
}

/** From what was loaded into the lab, not from our own reading of it. */
/** A disputed alias costs nobody the account; an own address that somebody else has too, and a name that is none, do. */
function expectedAddresses({ manifest }: AdLab): string[] {
  const everybody = [...manifest.people].filter(({ dn }) => dn.endsWith(',OU=Staff,DC=company,DC=org'));
  const claims = [...everybody, ...manifest.groups]
    .filter(({ primary }) => primary !== null)
    .flatMap(({ primary, aliases }) => [primary, ...aliases]);
  return everybody
    .filter(({ dn, enabled, expired }) => enabled && !expired && !dn.startsWith('CN=null,'))
    .map(({ primary }) => primary)
    .filter((primary): primary is string => primary !== null && isClaimed(primary))
    .filter((primary) => claims.filter((other) => other === primary).length === 1)
    .sort();
}

function isClaimed(address: string): boolean {
  return /@company\.(org|nl)$/.test(address);
}

function countWrites(requestLog: string): number {
  const lines = readFileSync(requestLog, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.filter((line) => (JSON.parse(line) as { method: string }).method !== 'GET').length;
}

/** Forms of people's SSO keys that stand anywhere in the git objects. */
async function secretsIn(repository: string, { manifest }: AdLab): Promise<string[]> {
  const objects = await execa('git', ['cat-file', '--batch-all-objects', '--batch'], {
    cwd: repository,
    encoding: 'buffer',
    maxBuffer: 2 ** 30,
  });
  const haystack = Buffer.from(objects.stdout).toString('latin1');
  return manifest.people.flatMap(({ guid }) => formsOf(guid)).filter((form) => haystack.includes(form));
}

function formsOf(guid: string): string[] {
  const hex = guid.replaceAll('-', '');
  const straight = Buffer.from(hex, 'hex');
  const mixed = Buffer.concat([
    Buffer.from(straight.subarray(0, 4)).reverse(),
    Buffer.from(straight.subarray(4, 6)).reverse(),
    Buffer.from(straight.subarray(6, 8)).reverse(),
    straight.subarray(8),
  ]);
  return [
    guid,
    hex,
    mixed.toString('hex'),
    mixed.toString('base64'),
    straight.toString('base64'),
    mixed.toString('latin1'),
  ];
}
