import { setTimeout as pause } from 'node:timers/promises';
import { fetchBranch } from '../../adapters/git/branch.ts';
import type { Journal } from '../../adapters/git/journal.ts';
import { pushAnchor } from '../../adapters/git/ledger-anchor.ts';
import { notWritable, pushLedgerFile } from '../../adapters/git/ledger-branch.ts';
import { isLostRace, type PushResult } from '../../adapters/git/push-branch-file.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import { LEDGER_BRANCH } from '../../adapters/git/ref-names.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { ReconcileError } from '../../model/errors.ts';
import { ledgerFileOf } from '../../model/plan/plan-name.ts';
import { locked } from './prove-over.ts';

export interface Pushing {
  readonly git: GitRepository;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly organisation: string;
  /** Of the plan. */
  readonly name: string;
}

const PUSH_ATTEMPTS = 10;

/** Writes what a journal holds to the ledger branch, and knows whether it still is the last word there. */
export class LedgerPusher {
  readonly #given: Pushing;
  #tip: string | null;

  constructor(given: Pushing) {
    this.#given = given;
    this.#tip = given.ledger.tip;
  }

  /** Other organisations write to the branch too: a push that only they overtook is made again on top of theirs. */
  async push(message: string): Promise<PushResult> {
    const { git, ledger, journal, organisation, name } = this.#given;
    const { gitRemote } = ledger;
    const given = { git, gitRemote, organisation, file: ledgerFileOf(name), message };
    for (let attempt = 1; ; attempt += 1) {
      const result = await pushLedgerFile({ ...given, tip: this.#tip, text: journal.text });
      if (result.pushed) {
        this.#tip = result.tip;
        if (journal.hasEnded) await pushAnchor({ git, gitRemote, organisation }, { name, commit: result.tip });
      }
      if (result.pushed || !isLostRace(result.why) || attempt === PUSH_ATTEMPTS) return result;
      const moved = await fetchBranch(git, gitRemote, LEDGER_BRANCH);
      if (!(await this.#hasOurLastWord(moved))) return result;
      this.#tip = moved;
    }
  }

  /** Throws LEDGER_NOT_WRITABLE (45) unless the last line of this organisation is the one that was pushed last. */
  async verifyHead(): Promise<void> {
    const { git, ledger } = this.#given;
    const head = await fetchPatiently(git, ledger.gitRemote);
    if (head === this.#tip) return;
    if (!(await this.#hasOurLastWord(head))) throw takenOver();
    this.#tip = head;
  }

  async #hasOurLastWord(head: string | null): Promise<boolean> {
    const { git, organisation } = this.#given;
    if (head === null || this.#tip === null) return false;
    const folders = [`${this.#tip}:${organisation}`, `${head}:${organisation}`];
    const trees = await git.read(['rev-parse', ...folders]).catch(() => 'one two');
    const [own, there] = trees.split(/\s/);
    return own === there;
  }
}

const FETCH_ATTEMPTS = 4;
const FETCH_PAUSE_MS = 1500;

/** A git remote that is away for a moment is no reason to stop half-way. */
async function fetchPatiently(git: GitRepository, gitRemote: string | null): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchBranch(git, gitRemote, LEDGER_BRANCH);
    } catch (cause) {
      if (!(cause instanceof ReconcileError)) throw cause;
      if (attempt === FETCH_ATTEMPTS) throw notWritable(cause.problems.map(({ what }) => what).join('; '));
      await pause(FETCH_PAUSE_MS);
    }
  }
}

/** Pushes a journal that no apply goes on with. */
export async function pushJournal(pushing: Pushing, what: string): Promise<void> {
  refuseUnpushed(await new LedgerPusher(pushing).push(`${pushing.organisation}: ${what}`));
}

export function refuseUnpushed(result: PushResult): void {
  if (!result.pushed) throw isLostRace(result.why) ? locked('another apply was faster') : notWritable(result.why);
}

function takenOver(): ReconcileError {
  return new ReconcileError('LEDGER_NOT_WRITABLE', 'Somebody else has taken over this apply; nothing more is sent', {
    remedy: 'Look at zivver-gitops status: who took over goes on with the plan, or makes a new one.',
    problems: [{ where: `branch ${LEDGER_BRANCH}`, what: 'does not end with the record of this apply any more' }],
  });
}
