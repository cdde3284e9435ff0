import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { findLeaks, readAllObjects, ssoKeyForms } from '../support/e2e/canaries.ts';
import type { CliResult, Environment } from '../support/e2e/cli.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { createMixedWorld } from '../support/e2e/mixed-plan.ts';
import { API_KEY, ORGANISATION, type World } from '../support/e2e/world.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';

const SECRETS = { LDAP_PASSWORD: 'canary-of-the-directory-71', GITHUB_TOKEN: 'ghs_canaryOfGithub5512' };

const COMMANDS: readonly (readonly string[])[] = [
  ['plan'],
  ['plan', '--json'],
  ['apply'],
  ['apply', '--json'],
  ['drift'],
  ['doctor'],
  ['attributes'],
  ['preview'],
  ['preview', '--json'],
  ['show', '--json'],
  ['verify', '--json'],
  ['status'],
  ['history', '--json'],
  ['ledger', 'verify'],
  ['invert', 'PLAN'],
  ['prune'],
  ['init', ORGANISATION],
];

interface Condition {
  readonly environment?: (secrets: Environment) => Environment;
  readonly faults?: string;
}

const CONDITIONS: Readonly<Record<string, Condition>> = {
  'all is well': {},
  'Zivver refuses the key': { faults: '401#1+' },
  'a page comes instead of an answer': { faults: 'html#2+' },
  'Zivver is out of order': { faults: '5xx@GET#2+' },
  'writes are lost': { faults: 'lost-reply@POST#1+,half-body@PUT#1+' },
  'the key has a blank': { environment: (secrets) => ({ ...secrets, ZIVVER_API_KEY: `${API_KEY} ${API_KEY}` }) },
  'the identity is another secret': { environment: (secrets) => ({ ...secrets, ZIVVER_GITOPS_IDENTITY: API_KEY }) },
};

let base: World;
let plan: string;

beforeAll(async () => {
  base = await createMixedWorld();
  plan = await base.newestPlan();
});

afterAll(() => base.close());

test('no secret gets out, whatever is called and whatever fails', { timeout: TRIALS_TIMEOUT_MS }, async () => {
  const cells = COMMANDS.flatMap((args) =>
    Object.entries(CONDITIONS).map(([name, condition]) => ({
      where: `${args.join(' ')} while ${name}`,
      args,
      condition,
    })),
  );
  const canaries = listCanaries();
  expect(findLeaks(Buffer.from(encodeURIComponent(`x${Object.values(SECRETS)[1]}`)), canaries)).toEqual([
    'GITHUB_TOKEN',
  ]);
  const limits = { id: 'R18', unit: 'calls', goal: cells.length, normal: 7, minutes: 4 } as const;
  await tryTimes(limits, async ({ number, count }) => {
    const { where, args, condition } = cells[(number * 17) % cells.length]!;
    const { environment = (secrets) => secrets, faults } = condition;
    const world = await base.copy(faults === undefined ? {} : { faults: parseFaultPlan(faults) });
    try {
      const secrets = { ...SECRETS, ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
      const called = args.map((arg) => (arg === 'PLAN' ? plan : arg));
      const result = await world.call(called, environment(secrets));
      expect(result.exitCode, `${where}\n${result.stderr}`).not.toBe(1);
      const leaks = findLeaks(await readEverything(world, result), canaries);
      count('leaks', leaks.length);
      expect(leaks, where).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

/** Each secret in every form in which it could get out. */
function listCanaries(): Map<string, Buffer[]> {
  const identity = base.identity.replace('AGE-SECRET-KEY-', '');
  const texts = { ...SECRETS, 'API key': API_KEY, 'age identity': identity };
  const canaries = new Map(Object.entries(texts).map(([name, text]) => [name, formsOf(text)]));
  for (const person of base.people) canaries.set(person.address, ssoKeyForms(person));
  return canaries;
}

/** As it is, as base64 wherever it begins, in hexadecimal, and percent-encoded. */
function formsOf(secret: string): Buffer[] {
  const hex = Buffer.from(secret).toString('hex');
  const base64 = ['', 'x', 'xx'].map((before) => {
    const whole = Buffer.from(`${before}${secret}`).toString('base64').replace(/=+$/, '');
    return whole.slice(before.length === 0 ? 0 : 4, -1);
  });
  const texts = [secret, ...base64, hex, hex.toUpperCase(), encodeURIComponent(secret), secret.toLowerCase()];
  return texts.map((text) => Buffer.from(text));
}

/** Git objects here and at the git remote, the files of both, what was printed, and what Zivver logged. */
async function readEverything(world: World, result: CliResult): Promise<Buffer> {
  const parts = [await readAllObjects(world.git), await readAllObjects(new FixtureGit(world.gitRemote))];
  parts.push(Buffer.from(result.stdout + result.stderr));
  parts.push(await readFile(path.join(world.folder, 'requests.jsonl')).catch(() => Buffer.alloc(0)));
  for (const entry of await readdir(world.repository, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.parentPath.includes(`${path.sep}objects`))
      parts.push(await readFile(path.join(entry.parentPath, entry.name)));
  return Buffer.concat(parts);
}
