import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { commitAs, forgeStatement, mergeAs, proposeAs, type SigningPerson } from '../support/e2e/signing-people.ts';
import { createSigningWorld } from '../support/e2e/signing-world.ts';
import { API_KEY, type World } from '../support/e2e/world.ts';
import { FORGE_STORIES, type Story } from '../support/forge/review-stories.ts';
import { close, listen } from '../support/loopback-server.ts';
import { HAS_OPENSSH, NO_OPENSSH } from '../support/openssh.ts';

const VERIFIER = path.resolve(import.meta.dirname, '../../.github/docs/verify-proof.mjs');
const [gitlab] = FORGE_STORIES as [(typeof FORGE_STORIES)[number]];

if (!HAS_OPENSSH) console.warn(NO_OPENSSH);

/** A GitLab on loopback, where Rita approves whatever there is; and two people with SSH keys, either of whom must sign. */
describe.skipIf(!HAS_OPENSSH)('an organisation that asks for reviews and signatures', () => {
  let base: World;
  let rita: SigningPerson;
  let koen: SigningPerson;
  let story: Story = new Map();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const found = story.get(pathname);
    const shown = Array.isArray(found) && Number(searchParams.get('page') ?? 1) > 1 ? [] : found;
    response.writeHead(shown === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(shown ?? { message: 'Not Found' }));
  });

  beforeAll(async () => {
    const url = `http://127.0.0.1:${await listen(server)}${gitlab.api}`;
    const reviews = `{ forge: gitlab, repository: ${gitlab.repository}, apiUrl: "${url}" }`;
    const created = await createSigningWorld({
      signers: [['Rita Roos'], ['Koen Kok']],
      settings: () => `approval: { reviews: ${reviews}, signatures: { minimum: 1 } }`,
    });
    ({ base } = created);
    [rita, koen] = created.people as [SigningPerson, SigningPerson];
  });
  afterAll(async () => {
    await base.close();
    await close(server);
  });

  /** Merged by Koen; GitLab says of it that Rita approved the head. */
  async function merge(world: World): Promise<void> {
    const head = (await world.git.call('rev-parse', 'proposal')).trim();
    await world.git.call('push', '--quiet', 'origin', `proposal:${gitlab.headRef}`);
    await mergeAs(world, koen);
    story = gitlab.tell({ head, commits: [head], merge: (await world.git.call('rev-parse', 'HEAD')).trim() });
  }

  function apply(world: World) {
    const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
    return world.call(['apply'], { ...secrets, ZIVVER_GITOPS_FORGE_TOKEN: 'canary-token' });
  }

  test('applies a plan of Koen that Rita signed and approved, and proves it in an empty folder without a network', async () => {
    const world = await base.fork();
    await proposeAs(world, koen);
    expectEnd(await world.call(['approve', '--yes', '--key', rita.keyFile], {}), 0);
    await commitAs(world, rita, 'Approve the plan');
    await merge(world);
    const applied = await apply(world);
    expectEnd(applied, 0);
    expect(world.writes()).toHaveLength(2);
    expect(applied.stdout).toContain('Approval: signed by people who did not make it (Rita Roos).');
    const empty = path.join(world.folder, 'auditor');
    await mkdir(empty);
    expectEnd(await world.call(['ledger', 'export', path.join(empty, 'proof.json')], {}), 0);
    await copyFile(VERIFIER, path.join(empty, 'verify-proof.mjs'));
    const proved = runWithoutNetwork(empty, 'verify-proof.mjs', 'proof.json');
    expect(proved.stdout).toMatch(/signed by rita@company\.org at .*\nAll of it holds\. Head of the ledger: sha256:/);
    expect(proved.status).toBe(0);
  });

  test('refuses a plan of Rita that Rita signed and approved herself', async () => {
    const world = await base.fork();
    await proposeAs(world, rita);
    expectEnd(await world.call(['approve', '--yes', '--key', rita.keyFile], {}), 30, 'APPROVAL_MISSING');
    await forgeStatement(world, rita);
    await commitAs(world, rita, 'Approve it myself');
    await merge(world);
    const refusal = { exitCode: 30, code: 'APPROVAL_MISSING' } as const;
    const { stderr } = await expectRefusal(world, refusal, () => apply(world));
    expect(stderr).toContain('was given by an author or committer of the pull request');
    expect(stderr).not.toContain('canary');
  });
});

/** In a network of its own with nothing in it, where the system allows that. */
function runWithoutNetwork(cwd: string, ...args: string[]) {
  const options = { cwd, encoding: 'utf8' } as const;
  const isolated = spawnSync('unshare', ['--map-root-user', '--net', 'true'], options).status === 0;
  const command = [...(isolated ? ['unshare', '--map-root-user', '--net'] : []), process.execPath, ...args];
  return spawnSync(command[0] ?? '', command.slice(1), options);
}
