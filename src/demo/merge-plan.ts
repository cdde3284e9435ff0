import { DOMAIN } from './hospital.ts';
import type { Player } from './player.ts';
import { ORGANISATION } from './stage.ts';

/** What people do between plan and apply; in your organisation the last three lines are a click in a pull request. */
export async function mergePlan(player: Player, number: number): Promise<void> {
  const { narrator } = player;
  const branch = `plan-${number}`;
  narrator.say('The plan becomes a pull request; in CI, verify proves that its review is what will be applied.');
  await player.git('switch', '--quiet', '--create', branch);
  await player.git('add', 'desired', 'plans');
  await player.git('commit', '--quiet', '-m', `${ORGANISATION}: plan ${number}`);
  await player.git('push', '--quiet', 'origin', branch);
  await player.play(['verify']);
  narrator.say('Vera Jacobs, a colleague, reads plan.md in the pull request, approves and merges.');
  await player.git('switch', '--quiet', 'main');
  const reviewer = { name: 'Vera Jacobs', email: `v.jacobs@${DOMAIN}` };
  await player.gitAs(reviewer, 'merge', '--quiet', '--no-ff', '-m', `Merge pull request #${number}`, branch);
  await player.git('push', '--quiet', 'origin', 'main');
}
