import { readPlan } from '../support/e2e/edit-plan.ts';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Preview } from '../../src/operations/explore/preview.ts';
import { buildGroup, buildPeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
const RULES = `phoneRegion: NL
    mapping:
      email: [proxyAddresses, mail]
      fullName: ["{givenName} {sn}", name]
      mobile: [mobile, otherMobile]
      delegates: { attribute: extensionAttribute3, by: sAMAccountName, separator: ";" }
      groups: { filters: [{ exclude: { attribute: name, values: ["Hidden*"] } }], fullName: "{name} (team)" }
      sharedMailboxes: functional
    division: { by: constant, value: north }`;

test('a directory with its own habits becomes accounts as its rules say, and a mailbox that becomes shared stays as it is', async () => {
  const people = buildPeople(6);
  const groups = [buildGroup('Ward', people.slice(0, 2)), buildGroup('Hidden', people.slice(0, 2))];
  const [anna, bram, chris, daan, els, femke] = people;
  const world = await World.create({ people, groups, sandbox: { divisions: ['north'] } });
  onTestFinished(() => world.close());
  await world.configure((text) => text.replace('phoneRegion: NL', RULES));
  await changeEntries(world, {
    [anna!.name]: ['givenName: Anna', 'sn: van  Dam', `extensionAttribute3: COMPANY\\${loginOf(bram!)};nobody`],
    [bram!.name]: ['sn: Zonder Voornaam', 'mobile: 020 794 6018', 'otherMobile: 06-12345678'],
    [daan!.name]: [`objectSid:: ${sidOf(1101)}`, 'primaryGroupID: 1200'],
    [femke!.name]: ['msExchRecipientTypeDetails: 16', 'userAccountControl: 514'],
    [els!.name]: [
      'msExchRecipientTypeDetails: 4',
      'userAccountControl: 514',
      `extensionAttribute3: ${loginOf(anna!)};${loginOf(daan!)}`,
    ],
    Ward: [`objectSid:: ${sidOf(1200)}`],
  });

  const previewed = await world.call(['preview', '--json'], {});
  const { accounts, excluded } = JSON.parse(previewed.stdout) as Preview;
  const functional = accounts.filter(({ kind }) => kind === 'functional');
  expect(functional.map(({ address, origin }) => [address, origin])).toEqual([
    [els!.address, 'shared mailbox'],
    ['ward@company.org', 'group'],
  ]);
  expect(excluded.map(({ reason }) => reason).sort()).toEqual(['filtered', 'room-mailbox']);

  expectEnd(await world.plan('--bootstrap'), 0);
  const review = await world.read(`plans/${ORGANISATION}/${await world.newestPlan()}/plan.md`);
  expect(review).toContain('Division `north` is not used by any account');
  await world.merge();
  expectEnd(await world.apply(), 0);

  const held = new Map(world.sandbox.accounts().map((account) => [account.address, account]));
  expect([...held.keys()].sort()).toEqual([...people.slice(0, 5).map(({ address }) => address), 'ward@company.org']);
  const members = (address: string): unknown => {
    const listed = held.get(address)?.resource['members'] ?? [];
    return new Set((listed as { value: string }[]).map(({ value }) => value));
  };
  const idsOf = (...owners: typeof people): Set<unknown> => new Set(owners.map((one) => held.get(one.address)?.id));
  expect(held.get(anna!.address)?.resource).toMatchObject({
    name: { formatted: 'Anna van Dam' },
    [ZIVVER_USER]: { delegates: [bram!.address] },
  });
  expect(held.get(bram!.address)?.resource).toMatchObject({
    name: { formatted: bram!.name },
    phoneNumbers: [{ value: '+31612345678' }],
  });
  expect(held.get('ward@company.org')?.resource).toMatchObject({ displayName: 'Ward (team)' });
  expect(members('ward@company.org')).toEqual(idsOf(anna!, bram!, daan!));
  expect(members(els!.address)).toEqual(idsOf(anna!, daan!));
  expectEnd(await world.plan('--detailed-exitcode'), 0);

  await changeEntries(world, { [chris!.name]: ['msExchRecipientTypeDetails: 34359738368', 'userAccountControl: 514'] });
  const converted = await world.plan('--detailed-exitcode');
  expectEnd(converted, 2);
  expect(converted.stdout.replace(/\s+/g, ' ')).toContain('Cure: change the type of the account in Zivver by hand');
  expect((await readPlan(world)).body.changes).toEqual([]);
});

/** Adds lines to entries, by common name; a line for an attribute that is there replaces it. */
async function changeEntries(world: World, changes: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const text = await readFile(directoryOf(world), 'utf8');
  const entries = text.split('\n\n').map((entry) => {
    const lines = changes[/^dn: CN=([^,]+),/.exec(entry)?.[1] ?? ''];
    if (lines === undefined) return entry;
    const names = new Set(lines.map((line) => line.split(':')[0]));
    return [...entry.split('\n').filter((line) => !names.has(line.split(':')[0])), ...lines].join('\n');
  });
  await writeFile(directoryOf(world), entries.join('\n\n'));
}

function directoryOf(world: World): string {
  return path.join(world.folder, 'directory.ldif');
}

function loginOf({ address }: { readonly address: string }): string {
  return address.split('@')[0] ?? '';
}

/** S-1-5-21-1-2-3-RID */
function sidOf(rid: number): string {
  const bytes = Buffer.from([1, 5, 0, 0, 0, 0, 0, 5, ...[21, 1, 2, 3, 0].flatMap((part) => [part, 0, 0, 0])]);
  bytes.writeUInt32LE(rid, 24);
  return bytes.toString('base64');
}
