import { writeDirectory } from './chapter-first.ts';
import { mergePlan } from './merge-plan.ts';
import { buildMonday } from './monday.ts';
import type { Player } from './player.ts';
import { fewerSteps } from './shorten.ts';

/** 4: the everyday plan, its review in full. */
export async function playEveryday(player: Player): Promise<void> {
  player.narrator.say(
    'The export of Monday morning replaces the one of Friday. Somebody was disabled, somebody moved to another OU, ' +
      'somebody is not there at all any more, and a new colleague has a display name that would like to approve itself. ' +
      'The review in full, as people read it before they approve:',
  );
  await writeDirectory(player, buildMonday());
  await player.play(['plan']);
}

/** 5: merged by a colleague, applied by CI. */
export async function playReview(player: Player): Promise<void> {
  await mergePlan(player, 2);
  await player.play(['apply'], { hasIdentity: true, shorten: fewerSteps });
}

/** 6: the proof that everything arrived. */
export async function playNothingToDo(player: Player): Promise<void> {
  player.narrator.say('Zivver is now as Active Directory wants it. A plan made now has nothing to say:');
  await player.play(['plan']);
}
