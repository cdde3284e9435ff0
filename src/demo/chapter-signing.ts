import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { countWriteRequests, proveNoWrite } from './chapter-refusals.ts';
import { DOMAIN } from './hospital.ts';
import type { Player } from './player.ts';
import { firstLines } from './shorten.ts';
import { ORGANISATION } from './stage.ts';

const VERA = { name: 'Vera Jacobs', email: `v.jacobs@${DOMAIN}` };

/** 8: four eyes that can be proved: who made a plan alone is refused, who reviewed it signs it. */
export async function playSigning(player: Player): Promise<void> {
  const { narrator, stage } = player;
  const key = path.join(stage.folder, 'vera-key');
  const comment = ['-q', '-t', 'ed25519', '-N', '', '-C', VERA.name];
  const made = await execa('ssh-keygen', [...comment, '-f', key], { reject: false });
  if (made.exitCode !== 0) return narrator.say('OpenSSH is not installed here, so nobody can sign: left out.');
  await askForSignatures(player, (await readFile(`${key}.pub`, 'utf8')).trim());

  narrator.say('Wouter Bos makes the plan of Tuesday again, and merges it himself, alone:');
  await player.play(['plan'], { shorten: firstLines(8, 'zivver-gitops show') });
  await player.git('add', 'desired', 'plans');
  await player.git('commit', '--quiet', '-m', `${ORGANISATION}: a plan nobody else has seen`);
  await player.git('push', '--quiet', 'origin', 'main');
  const before = await countWriteRequests(stage.requestLog);
  await player.play(['apply'], { hasIdentity: true, exitCode: 30 });
  await proveNoWrite(player, before);

  narrator.say('Vera Jacobs reads it and signs with her SSH key. Here she is not asked; in a terminal she is:');
  await player.play(['approve', '--yes', '--key', key, '--remark', 'Daan left on Friday']);
  await player.git('add', 'plans');
  await player.gitAs(VERA, 'commit', '--quiet', '-m', 'Approve the plan');
  await player.git('push', '--quiet', 'origin', 'main');
  await player.play(['apply'], { hasIdentity: true });
  narrator.say('The statement and its signature are in the ledger, and can be proved again in ten years:');
  await player.play(['ledger', 'verify']);
}

/** signers.yaml and the rule, on the branch before any plan that needs them. What was tampered with goes. */
async function askForSignatures(player: Player, publicKey: string): Promise<void> {
  const { narrator, stage } = player;
  await player.quietGit(stage.clone, 'checkout', '--quiet', '--', `desired/${ORGANISATION}/users`);
  await player.quietGit(stage.clone, 'clean', '--quiet', '--force', '-d', 'plans');
  const folder = path.join(stage.clone, 'desired', ORGANISATION);
  const settings = path.join(folder, 'organisation.yaml');
  const text = await readFile(settings, 'utf8');
  await writeFile(settings, text.replace('approval: { branch: main }', SIGNATURES));
  const signer = `signers:\n  - name: ${VERA.name}\n    address: ${VERA.email}\n    keys:\n      - key: ${publicKey}\n`;
  await writeFile(path.join(folder, 'signers.yaml'), signer);
  narrator.say(
    'The hospital wants proof that two people looked. It lists who may sign, and asks for one signature a plan:',
  );
  narrator.output(`${SIGNATURES}\n\n${signer}`);
  await player.git('add', `desired/${ORGANISATION}`);
  await player.git('commit', '--quiet', '-m', `${ORGANISATION}: plans need a signature`);
  await player.git('push', '--quiet', 'origin', 'main');
}

const SIGNATURES = 'approval: { branch: main, signatures: { minimum: 1 } }';
