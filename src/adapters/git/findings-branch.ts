import { setTimeout as pause } from 'node:timers/promises';
import { formatFindings, parseFindings, type Finding } from '../../model/notify/finding.ts';
import { fetchBranch } from './branch.ts';
import { isLostRace, pushBranchFile } from './push-branch-file.ts';
import { FINDINGS_BRANCH, headRef, trackingRef } from './ref-names.ts';
import type { GitRepository } from './repository.ts';

export interface FindingsPlace {
  /** Null: the branches of this clone decide. */
  readonly gitRemote: string | null;
  readonly organisation: string;
}

const FILE = 'findings.jsonl';

/** Of the branch as the git remote has it now; [] if there is none. Throws GIT_UNUSABLE. */
export async function readFindings(git: GitRepository, place: FindingsPlace): Promise<readonly Finding[]> {
  return (await readBranchFile(git, place, await fetchBranch(git, place.gitRemote, FINDINGS_BRANCH))).findings;
}

/** As this clone has it; nothing is asked of the git remote. */
export async function readKnownFindings(git: GitRepository, place: FindingsPlace): Promise<readonly Finding[]> {
  const { gitRemote } = place;
  const ref = gitRemote === null ? headRef(FINDINGS_BRANCH) : trackingRef(gitRemote, FINDINGS_BRANCH);
  return (await readBranchFile(git, place, (await git.resolve(ref)) ?? null)).findings;
}

const ATTEMPTS = 6;
const PAUSE_MS = 300;

/** Adds lines; others may add theirs meanwhile. Null: written; else why not. */
export async function appendFindings(
  git: GitRepository,
  place: FindingsPlace,
  findings: readonly Finding[],
): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const tip = await fetchBranch(git, place.gitRemote, FINDINGS_BRANCH);
    const { text } = await readBranchFile(git, place, tip);
    const pushed = await pushBranchFile({
      git,
      ...place,
      branch: FINDINGS_BRANCH,
      tip,
      file: FILE,
      text: `${text}${formatFindings(findings)}`,
      message: `${place.organisation}: ${findings.length === 1 ? 'one finding' : `${findings.length} findings`}`,
    });
    if (pushed.pushed) return null;
    if (!isLostRace(pushed.why) || attempt === ATTEMPTS) return pushed.why;
    await pause(PAUSE_MS * attempt);
  }
}

async function readBranchFile(git: GitRepository, { organisation }: FindingsPlace, tip: string | null) {
  const bytes = tip === null ? undefined : await git.readFileAt(tip, `${organisation}/${FILE}`);
  const text = bytes?.toString('utf8') ?? '';
  return { text: text === '' || text.endsWith('\n') ? text : `${text}\n`, findings: parseFindings(text) };
}
