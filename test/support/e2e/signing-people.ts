import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { signWithOpenssh, generateKeyFile } from '../openssh.ts';
import { readPlan } from './edit-plan.ts';
import { quote } from './fixture-git.ts';
import { ORGANISATION, type World } from './world.ts';
import {
  APPROVAL_NAMESPACE,
  formatSignedStatement,
  formatStatement,
  statementPath,
  subjectOf,
  type Statement,
} from '../../../src/model/approval/statement.ts';
import { parsePublicKeyLine } from '../../../src/model/approval/ssh-public-key.ts';

/** Somebody with a name in git and an SSH key. */
export interface SigningPerson {
  readonly name: string;
  readonly address: string;
  readonly keyFile: string;
}

/** The key lies beside the repository. */
export function createPerson(world: World, name: string): SigningPerson {
  const [first = ''] = name.toLowerCase().split(' ');
  return { name, address: `${first}@company.org`, keyFile: generateKeyFile(world.folder, `key-${first}`) };
}

export async function callGitAs(world: World, { name, address }: SigningPerson, ...args: string[]): Promise<string> {
  return world.git.call('-c', `user.name=${name}`, '-c', `user.email=${address}`, ...args);
}

/** signers.yaml with these people, in the branch. */
export async function listSigners(
  world: World,
  people: readonly (SigningPerson & { readonly more?: string })[],
): Promise<void> {
  const entries = people.map(
    ({ name, address, keyFile, more }) =>
      `  - name: ${name}\n    address: ${address}\n${more === undefined ? '' : `    ${more}\n`}    keys:\n      - key: ${readFileSync(`${keyFile}.pub`, 'utf8').trim()}\n`,
  );
  await writeFile(path.join(world.repository, `desired/${ORGANISATION}/signers.yaml`), `signers:\n${entries.join('')}`);
  await world.git.publish('List who may sign');
}

/** The plan that lies in the work tree, as a branch `proposal` by this person, checked out. */
export async function proposeAs(world: World, author: SigningPerson): Promise<void> {
  await world.git.script(`git switch --quiet --create proposal\n${commitScript(author, 'Propose a plan')}`);
}

export async function commitAs(world: World, person: SigningPerson, message: string): Promise<void> {
  await world.git.script(commitScript(person, message));
}

function commitScript(person: SigningPerson, message: string): string {
  return `git add --all\ngit ${namedAs(person)} commit --quiet --message ${quote(message)}`;
}

function namedAs({ name, address }: SigningPerson): string {
  return `-c ${quote(`user.name=${name}`)} -c ${quote(`user.email=${address}`)}`;
}

/** The branch is moved to the head of `proposal`, as a forge does that merges by fast-forward only. */
export async function fastForward(world: World): Promise<void> {
  await world.git.script(`git switch --quiet main
git merge --quiet --ff-only proposal
git branch --quiet --delete proposal
git push --quiet origin main`);
}

/** The branch `proposal` merged by this person, and main checked out and pushed. */
export async function mergeAs(world: World, person: SigningPerson): Promise<void> {
  await world.git.script(`git switch --quiet main
git ${namedAs(person)} merge --quiet --no-ff --message 'Merge the proposal' proposal
git branch --quiet --delete proposal
git push --quiet origin main`);
}

/** A statement that was made without the program, whoever may: as ssh-keygen signs it. */
export async function forgeStatement(
  world: World,
  { keyFile }: SigningPerson,
  change: Partial<Statement> = {},
): Promise<void> {
  const name = await world.newestPlan();
  const folder = `plans/${ORGANISATION}/${name}`;
  const plan = await readPlan(world);
  const subject = subjectOf(plan, await world.read(`${folder}/plan.md`));
  const at = new Date().toISOString();
  const words = { schema: 'zivver-gitops.statement/1', decision: 'approve', remark: '' } as const;
  const statement: Statement = { ...words, ...subject, at, ...change };
  const signature = signWithOpenssh(keyFile, formatStatement(statement), APPROVAL_NAMESPACE);
  const { fingerprint } = parsePublicKeyLine(readFileSync(`${keyFile}.pub`, 'utf8'));
  const text = formatSignedStatement({ schema: 'zivver-gitops.approval/1', statement, signature });
  await world.git.call('update-index', '--refresh');
  await writeStatementFile(world, `${folder}/${statementPath(fingerprint)}`, text);
}

async function writeStatementFile(world: World, file: string, text: string): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(path.dirname(path.join(world.repository, file)), { recursive: true });
  await writeFile(path.join(world.repository, file), text);
}
