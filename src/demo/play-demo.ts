import { ReconcileError } from '../model/errors.ts';
import { playFirstApply, playFirstPlan, playSetUp } from './chapter-first.ts';
import { playEveryday, playNothingToDo, playReview } from './chapter-monday.ts';
import { playFarewell, playRefusals } from './chapter-refusals.ts';
import { playSigning } from './chapter-signing.ts';
import type { Narrator } from './narrator.ts';
import { Player, type Program } from './player.ts';
import { openStage } from './stage.ts';

export interface DemoOptions {
  /** Folder to play in; must be empty. Default: a new temporary one. */
  readonly folder: string | undefined;
  readonly narrator: Narrator;
  readonly program: Program;
}

export interface PlayedDemo {
  readonly folder: string;
  readonly chapters: number;
}

const CHAPTERS: readonly (readonly [title: string, play: (player: Player) => Promise<void>])[] = [
  ['An organisation in git, and a Zivver', playSetUp],
  ['Friday: the first plan', playFirstPlan],
  ['A pull request, a merge, an apply', playFirstApply],
  ['Monday: people came, left and married', playEveryday],
  ['Reviewed, merged, applied', playReview],
  ['Nothing to do', playNothingToDo],
  ['What it refuses', playRefusals],
  ['A second pair of eyes, proved', playSigning],
  ['Where everything lies', playFarewell],
];

/**
 * Plays the whole story with the real program; gives where everything lies. @throws ReconcileError DEMO_FAILED naming the step
 * that failed.
 */
export async function playDemo({ folder, narrator, program }: DemoOptions): Promise<PlayedDemo> {
  const stage = await openStage(folder);
  const player = new Player(stage, narrator, program);
  narrator.say(
    'zivver-gitops brings the accounts of Active Directory to Zivver, and nothing happens that nobody reviewed. ' +
      'This is the whole way, with the real program, for an invented hospital. Everything is in one folder and on ' +
      'this machine; no real account is touched.',
  );
  narrator.list([['folder', stage.folder]]);
  try {
    for (const [index, [title, play]] of CHAPTERS.entries()) {
      const name = `${index + 1}/${CHAPTERS.length} · ${title}`;
      narrator.heading(name);
      await play(player).catch((cause: unknown) => {
        throw nameStep(name, cause);
      });
    }
    return { folder: stage.folder, chapters: CHAPTERS.length };
  } finally {
    await stage.sandbox.close();
  }
}

function nameStep(name: string, cause: unknown): unknown {
  if (!(cause instanceof ReconcileError)) return new Error(`the demo failed in step ${name}`, { cause });
  const { code, message, remedy, problems } = cause;
  return new ReconcileError(code, `the demo failed in step ${name}: ${message}`, { remedy, problems, cause });
}
