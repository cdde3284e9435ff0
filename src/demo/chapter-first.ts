import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderDirectoryLdif } from './directory-ldif.ts';
import { buildFriday } from './friday.ts';
import { DOMAIN, type Hospital } from './hospital.ts';
import { mergePlan } from './merge-plan.ts';
import { renderOrganisationExample } from './organisation-file.ts';
import type { Player } from './player.ts';
import { fewerSteps, firstLines } from './shorten.ts';
import { ORGANISATION } from './stage.ts';

const FOLDER = `desired/${ORGANISATION}`;

/** 1: repository, organisation, key pair, ledger, sandbox. */
export async function playSetUp(player: Player): Promise<void> {
  const { narrator, stage } = player;
  const { users, suspended, functional } = stage.sandbox.status();
  narrator.say(
    `A local Zivver listens on ${stage.sandbox.url}. It has ${users} users (${suspended} suspended) and ` +
      `${functional} functional accounts that somebody made by hand over the years. The git remote is a folder too; ` +
      'yours is at GitHub, GitLab or in your own network.',
  );
  await makeRepository(player);
  await player.play(['init', ORGANISATION, '--url', stage.sandbox.url, '--domains', DOMAIN]);
  narrator.say(
    'Now the file is edited: which people (three OUs, one group left out), which attributes, single sign-on, and who ' +
      'may never be suspended. Active Directory itself is an LDIF export here, as ldapsearch writes it; with the ldap: ' +
      'settings the same is read live. The export holds the keys of single sign-on, so git ignores it.',
  );
  await writeOrganisation(player);
  await writeDirectory(player, buildFriday());
  await writeFile(path.join(stage.clone, '.gitignore'), `${FOLDER}/*.ldif\n`);
  await player.git('add', '.');
  await player.git('commit', '--quiet', '-m', 'Start with zivver-gitops');
  await player.git('push', '--quiet', 'origin', 'main');
}

/** 2: what is there is adopted, what is missing is created; nobody is suspended. */
export async function playFirstPlan(player: Player): Promise<void> {
  player.narrator.say(
    'plan reads Active Directory and Zivver and writes two things: how every account should be (a small file each) and ' +
      'a plan. It can only read Zivver. The first plan creates and adopts; it suspends nobody.',
  );
  await player.play(['plan', '--bootstrap'], { shorten: firstLines(48, 'zivver-gitops show, or plan.md') });
}

/** 3: the approval is the merge; apply replays exactly what was merged. */
export async function playFirstApply(player: Player): Promise<void> {
  const { narrator, stage } = player;
  await mergePlan(player, 1);
  narrator.say(
    'In CI, after the merge: apply proves that the merged plan is whole, approved, current and within the limits, takes ' +
      `a lock, and replays it. It never reads Active Directory. Only here the age identity is needed, from ${path.basename(stage.identityFile)}.`,
  );
  await player.play(['apply'], { hasIdentity: true, shorten: fewerSteps });
}

/** The next export of Active Directory. */
export async function writeDirectory({ stage }: Player, hospital: Hospital): Promise<void> {
  await writeFile(path.join(stage.clone, FOLDER, 'active-directory.ldif'), renderDirectoryLdif(hospital));
}

async function makeRepository(player: Player): Promise<void> {
  const { stage } = player;
  await player.quietGit(stage.folder, 'init', '--quiet', '--bare', '--initial-branch=main', stage.gitRemote);
  await mkdir(stage.clone);
  await player.quietGit(stage.clone, 'init', '--quiet', '--initial-branch=main');
  await player.quietGit(stage.clone, 'remote', 'add', 'origin', stage.gitRemote);
  const settings = [
    ['user.name', 'Wouter Bos'],
    ['user.email', `w.bos@${DOMAIN}`],
    ['commit.gpgSign', 'false'],
    ['core.autocrlf', 'false'],
    ['advice.detachedHead', 'false'],
  ] as const;
  for (const [name, value] of settings) await player.quietGit(stage.clone, 'config', name, value);
}

/** The example's settings with the key pair that init made. */
async function writeOrganisation({ stage }: Player): Promise<void> {
  const file = path.join(stage.clone, FOLDER, 'organisation.yaml');
  const recipient = /age1[a-z0-9]{58}/.exec(await readFile(file, 'utf8'))?.[0] ?? '';
  await writeFile(file, renderOrganisationExample({ url: stage.sandbox.url, recipient }));
}
