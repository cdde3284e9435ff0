import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { factText } from '../../src/model/facts/fact.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { readPlan } from '../support/e2e/edit-plan.ts';
import { buildGroup, buildPeople, changePeople, DOMAIN, keyOf, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';
import { startAnswerRelay } from '../support/wire/answer-relay.ts';
import { MALFORMED_ACCOUNTS } from '../support/wire/wrong-answers.ts';

const people = buildPeople(12);
const team = buildGroup('Team', people.slice(0, 3));
const at = (place: number): Person => people[place]!;

let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people, groups: [team] });
});

afterAll(() => base.close());

async function editDirectory(world: World, change: (text: string) => string): Promise<void> {
  const file = path.join(world.folder, 'directory.ldif');
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('the edit changes nothing');
  await writeFile(file, changed);
}

interface Told {
  readonly changes: PlanBody['changes'];
  /** Action, address, reason. */
  readonly told: readonly (readonly [string, string, string])[];
  /** Reason, address, whether it keeps access that the source does not give. */
  readonly left: readonly (readonly [string, string | null, boolean])[];
}

async function planAndTell(world: World, ...args: string[]): Promise<Told> {
  await world.planAndMerge(...args);
  const { changes, open } = (await readPlan(world)).body;
  return {
    changes,
    told: changes.map(({ action, address, reason }) => [action, address, reason]),
    left: open.map(({ reason, address, keepsAccess }) => [reason, address, keepsAccess]),
  };
}

describe('whoever is in an export', () => {
  test('leaves, shares and stays, each by what the own entry says', async () => {
    const world = await base.fork();
    const [alias] = at(6).aliases;
    await world.configure((text) =>
      text.replace('phoneRegion: NL', 'phoneRegion: NL\n    mapping: { sharedMailboxes: functional }'),
    );
    await world.writeDirectory(
      changePeople(people, [5, 6, 7, 10], (person) => ({
        disabled: person === at(5) || person === at(6),
        aliases: person === at(6) ? [] : person === at(7) ? [alias!] : person.aliases,
        delegates: person === at(10) ? ['Shared'] : [],
      })),
    );
    const { guid } = at(8);
    await editDirectory(world, (text) =>
      text
        .replace(`proxyAddresses: SMTP:${at(5).address}`, `$&\nproxyAddresses: SMTP:second@${DOMAIN}`)
        .replace(guid.toString('base64'), guid.subarray(1).toString('base64'))
        .replace(`mail: ${at(11).address}`, '$&\nmsExchDelegateListLink: CN=Team,OU=Groups,DC=company,DC=org')
        .concat(SHARED_MAILBOX),
    );
    const { told, left, changes } = await planAndTell(world);
    expect(told).toEqual([
      ['create', SHARED, 'new'],
      ['update', at(7).address, 'attributes'],
      ['update', at(10).address, 'attributes'],
      ['update', at(11).address, 'attributes'],
      ['suspend', at(5).address, 'disabled'],
      ['suspend', at(6).address, 'disabled'],
    ]);
    expect(changes.map(({ after }) => after)).toMatchObject([
      {},
      { aliases: [alias] },
      { delegates: [SHARED] },
      { delegates: [team.address] },
      {},
      { aliases: [] },
    ]);
    expect(changes[4]?.evidence.beside && factText(changes[4].evidence.beside)).toContain('several primary addresses');
    expect(left).toEqual([['no-key', at(8).address, false]]);
    expectEnd(await world.apply(), 0);
    const again = await world.plan('--detailed-exitcode');
    expectEnd(again, 2);
    expect(again.stdout).toContain('No changes, but 1 account is open');
    await editDirectory(world, (text) => text.replace(guid.subarray(1).toString('base64'), guid.toString('base64')));
    await world.planAndMerge();
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
  });

  test('comes back or is made again under an address: nothing is deleted, and people decide', async () => {
    const world = await base.fork();
    await world.configure((text) => `${text}functional: { missing: delete }\n`);
    await world.writeDirectory(changePeople(people, [4], () => ({ disabled: true })));
    await world.planAndMerge();
    expectEnd(await world.apply(), 0);
    const back = { ...at(4), guid: buildPeople(1, 9)[0]!.guid };
    const remade = { ...team, guid: buildPeople(1, 8)[0]!.guid };
    await world.writeDirectory([...people.filter((one) => one !== at(4)), back], [remade]);
    const { told, left } = await planAndTell(world);
    expect([told, left]).toEqual([
      [],
      [
        ['remade', team.address, true],
        ['remade', at(4).address, false],
      ],
    ]);
    const handovers = [[at(4), back] as const, [team, remade] as const].map(
      ([from, to]) => `{ from: ${keyOf(from)}, to: ${keyOf(to)}, reason: "the same" }`,
    );
    await world.configure((text) => `${text}handovers: [${handovers.join(', ')}]\n`);
    expect((await planAndTell(world)).told).toEqual([
      ['update', team.address, 'handed-over'],
      ['reactivate', at(4).address, 'handed-over'],
    ]);
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
  });

  test('waits by a hold, or alone takes part', async () => {
    const world = await base.fork();
    await world.writeDirectory(changePeople(people, [5, 6, 7], () => ({ disabled: true })));
    const until = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString().slice(0, 10);
    expectEnd(await world.call(['hold', at(5).address, '--until', until, '--reason', 'long leave'], {}), 0);
    const { told, left } = await planAndTell(world, '--only', at(5).address, at(6).address);
    expect([told, left]).toEqual([[['suspend', at(6).address, 'disabled']], [['on-hold', at(5).address, true]]]);
    expectEnd(await world.apply(), 0);
    expect((await planAndTell(world)).told).toEqual([['suspend', at(7).address, 'disabled']]);
    expectEnd(await world.apply(), 0);
    const end = await world.plan('--detailed-exitcode');
    expectEnd(end, 2);
    expect(end.stdout).toContain('No changes, but 1 account is open');
  });

  test('keeps the account, whoever empties a desired file or writes the former key of somebody who left', async () => {
    const world = await base.fork();
    const file = `desired/head-office/functional/${team.address}.yaml`;
    await world.edit(file, (text) => text.replace(/members:\n(  - .*\n)+/, 'members: []\n'));
    await world.git.commitAll('Empty the team');
    await world.git.push();
    const drift = await world.call(['drift'], world.planSecrets());
    expectEnd(drift, 50, 'DRIFT_FOUND');
    expect(drift.stdout).toContain('Without a record');
    expect((await planAndTell(world)).told).toEqual([]);
    expect(await world.read(file)).toContain(`members:\n  - "${at(0).address}"`);
    expectEnd(await world.apply(), 0);

    const thief = { ...buildPeople(1, 5)[0]!, name: 'Thief' };
    await world.writeDirectory([...people.filter((one) => one !== at(4)), thief]);
    await editDirectory(world, (text) =>
      [...people, thief].reduce((left, person) => {
        const { guid } = person === thief ? at(4) : person;
        const login = `sAMAccountName: ${person.address.split('@')[0]}`;
        return left.replace(login, `${login}\nemployeeID: ${formatGuid(guid.toString('base64'))}`);
      }, text),
    );
    await world.configure((text) =>
      text
        .replace(
          'phoneRegion: NL',
          'phoneRegion: NL\n    mapping: { accountKey: sAMAccountName, formerAccountKey: employeeID }',
        )
        .replace('keyFormat: base64', 'keyFormat: base64, key: objectGUID'),
    );
    const { told, left } = await planAndTell(world);
    expect([told, left]).toEqual([[], [['another-person', at(4).address, true]]]);
    expectEnd(await world.apply(), 0);
    expect(world.writes()).toEqual([]);
    expectEnd(await world.plan('--detailed-exitcode'), 2);
  });

  test('has an account that Zivver sends in a form that nobody can read: it alone stays as it is', async () => {
    const world = await base.fork();
    const port = Number(new URL(world.sandbox.url).port);
    await world.startSandbox({ port: 0 });
    const relay = await startAnswerRelay(
      world.sandbox.url,
      ({ path: asked }, answer) => (asked === '/Users' ? MALFORMED_ACCOUNTS['no aliases']!(answer) : null),
      port,
    );
    onTestFinished(() => relay.close());
    await world.writeDirectory(changePeople(people, [0, 1], () => ({ mobile: '+31612999999' })));
    const { told, left } = await planAndTell(world);
    expect([told, left]).toEqual([[['update', at(1).address, 'attributes']], [['malformed', at(0).address, false]]]);
    expectEnd(await world.apply(), 0);
    const again = await world.plan('--detailed-exitcode');
    expectEnd(again, 2);
    expect(again.stdout).toContain('Zivver sends it in a form that');
    const drift = await world.call(['drift'], world.planSecrets());
    expectEnd(drift, 0);
    expect(drift.stdout).toContain('What Zivver sends of it cannot be read');
  });
});

const SHARED = `shared@${DOMAIN}`;
const SHARED_MAILBOX = `dn: CN=Shared,OU=Staff,DC=company,DC=org
objectClass: top
objectClass: person
objectClass: organizationalPerson
objectClass: user
objectGUID:: ${buildPeople(1, 7)[0]!.guid.toString('base64')}
name: Shared
sAMAccountName: shared
userAccountControl: 514
accountExpires: 0
msExchRecipientTypeDetails: 4
mail: ${SHARED}
proxyAddresses: SMTP:${SHARED}

`;
