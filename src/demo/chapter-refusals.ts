import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ReconcileError } from '../model/errors.ts';
import { writeDirectory } from './chapter-first.ts';
import { buildTuesday } from './monday.ts';
import type { Player } from './player.ts';
import { firstLines } from './shorten.ts';
import { API_KEY, ORGANISATION } from './stage.ts';

/** 7: replayed, not approved, tampered with; and the proof that none of it reached Zivver. */
export async function playRefusals(player: Player): Promise<void> {
  const { narrator, stage } = player;
  const before = await countWriteRequests(stage.requestLog);
  narrator.say('Somebody applies the same plan a second time:');
  await player.play(['apply'], { hasIdentity: true, exitCode: 25 });

  narrator.say('On Tuesday Daan Bakker is disabled. Somebody applies the new plan without a review:');
  await writeDirectory(player, buildTuesday());
  await player.play(['plan'], { shorten: firstLines(8, 'zivver-gitops show') });
  await player.play(['apply'], { hasIdentity: true, exitCode: 30 });

  narrator.say('Somebody edits that plan so that it suspends the administrator instead:');
  await tamper(player);
  await player.play(['apply'], { hasIdentity: true, exitCode: 22 });
  await proveNoWrite(player, before);
}

/** 9: what is left to look at, and how to go on. */
export async function playFarewell(player: Player): Promise<void> {
  const { narrator, stage } = player;
  const log = await player.quietGit(stage.clone, 'log', '--oneline', '--no-decorate', '--max-count=3', 'main');
  narrator.list([
    [stage.folder, ''],
    ['lindenhof/', 'the clone: desired/example/ (settings, one file an account), plans/example/ (plan.md, plan.json)'],
    ['lindenhof.git/', 'the git remote, with the branches main and ledger'],
    ['example.age-identity', 'the key that opens sealed single sign-on keys; a CI secret in real life'],
    ['zivver.jsonl', 'the accounts of the local Zivver'],
    ['requests.jsonl', 'every request it got'],
  ]);
  narrator.command('git log --oneline -3 main');
  narrator.output(log);
  narrator.say('Who approved what, and what came of it, is on the branch ledger, each line chained to the one before:');
  await player.git('ls-tree', '-r', '--name-only', 'origin/ledger');
  narrator.say('To go on playing, start the local Zivver again in one terminal:');
  const port = new URL(stage.sandbox.url).port;
  narrator.typed([
    `cd ${stage.folder}`,
    `zivver-gitops sandbox --port ${port} --token ${API_KEY} --state zivver.jsonl`,
  ]);
  narrator.say('and in another one change desired/example/active-directory.ldif, then:');
  narrator.typed([
    `cd ${stage.clone}`,
    `export ZIVVER_API_KEY=${API_KEY}`,
    `export ZIVVER_GITOPS_IDENTITY_FILE=${stage.identityFile}`,
    'zivver-gitops plan',
  ]);
  narrator.say(
    `Here zivver-gitops stands for: ${player.programText}. Your own organisation starts with: zivver-gitops init NAME`,
  );
}

/** Changes the address in plan.json, as an editor would. */
async function tamper(player: Player): Promise<void> {
  const plans = path.join(player.stage.clone, 'plans', ORGANISATION);
  const newest = (await readdir(plans)).sort().at(-1) ?? '';
  const file = path.join(plans, newest, 'plan.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('d.bakker@', 'w.bos@'));
}

/** Not even tried: no request but GET is in the log of the local Zivver. */
export async function proveNoWrite({ narrator, stage }: Player, before: number): Promise<void> {
  const after = await countWriteRequests(stage.requestLog);
  if (after !== before)
    throw new ReconcileError('DEMO_FAILED', `a refused plan wrote: ${before} write requests before, ${after} after`, {
      remedy: `Report this with ${stage.requestLog}.`,
    });
  narrator.say(
    `The local Zivver logs every request. Requests other than GET: ${before} before these attempts, ${after} after ` +
      'them. Nothing was written, nothing was even tried.',
  );
}

export async function countWriteRequests(requestLog: string): Promise<number> {
  const lines = (await readFile(requestLog, 'utf8')).trim().split('\n');
  return lines.filter((line) => (JSON.parse(line) as { method: string }).method !== 'GET').length;
}
