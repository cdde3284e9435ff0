import { LEDGER_BRANCH, headRef } from '../../adapters/git/ref-names.ts';
import { ReconcileError } from '../../model/errors.ts';
import { readBranches } from '../../adapters/git/branch.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { listRefs } from '../../adapters/git/remote-refs.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('git');
const LEDGER_STEPS = ['ledger.branch', 'ledger.genesis', 'ledger.target'] as const;

/** Git remote, branch and ledger. Fetches, and changes nothing else. */
export async function checkGit(question: DoctorQuestion): Promise<readonly Check[]> {
  const { git, configuration } = question;
  const { gitRemote, branch } = configuration.approval;
  if (gitRemote === null) {
    const diagnosis = buildDiagnosis(
      { code: 'REMOTE_NONE', error: 'GIT_UNUSABLE' },
      'Name a git remote with approval.gitRemote.',
    );
    const check = write.warned('git.remote', 'none: the branches of this clone decide, for a trial only', diagnosis);
    const commit = await git.resolve(headRef(branch));
    return [check, judgeBranch(commit !== undefined, branch), ...(await checkLedger(question))];
  }
  if (!(await git.hasRemote(gitRemote))) {
    const fix = `Add it with: git remote add ${gitRemote} URL`;
    const diagnosis = buildDiagnosis({ code: 'REMOTE_MISSING', error: 'GIT_UNUSABLE' }, fix);
    return [write.failed('git.remote', `there is no git remote "${gitRemote}"`, diagnosis), ...skipBehindRemote()];
  }
  const listing = await git.attempt(['ls-remote', '--heads', gitRemote]);
  if (!listing.ok) return [refuseRemote(gitRemote, listing.why), ...skipBehindRemote()];
  const heads = await listRefs(git, gitRemote, [headRef(branch)]);
  return [
    write.passed('git.remote', `${gitRemote} answers`),
    judgeBranch(heads.size > 0, branch),
    ...(await checkLedger(question)),
  ];
}

function refuseRemote(gitRemote: string, why: string): Check {
  const fix = `Check the address and the rights with: git ls-remote ${gitRemote}`;
  const details = why.split('\n').filter((line) => line.trim() !== '');
  const diagnosis = buildDiagnosis(
    { code: 'REMOTE_UNREACHABLE', error: 'GIT_UNUSABLE' },
    fix,
    details.map(hideCredentials).slice(0, 4),
  );
  return write.failed('git.remote', `${gitRemote} cannot be read`, diagnosis);
}

function skipBehindRemote(): readonly Check[] {
  return (['git.branch', ...LEDGER_STEPS] as const).map((id) => write.skipped(id, 'needs the git remote'));
}

function judgeBranch(exists: boolean, branch: string): Check {
  if (exists) return write.passed('git.branch', `${branch} exists`);
  const fix = `Push the branch ${branch}, or correct approval.branch.`;
  const diagnosis = buildDiagnosis({ code: 'BRANCH_MISSING', error: 'GIT_UNUSABLE' }, fix);
  return write.failed('git.branch', `${branch}, on which plans count as approved, does not exist`, diagnosis);
}

async function checkLedger({ git, configuration }: DoctorQuestion): Promise<readonly Check[]> {
  const { organisation, approval, target } = configuration;
  const start = `Start it once with: zivver-gitops init ${organisation}`;
  try {
    const branches = await readBranches(git, approval, organisation);
    const { tip, genesis, entries } = await readLedger(git, { organisation, branches });
    if (tip === null) {
      const diagnosis = buildDiagnosis({ code: 'LEDGER_MISSING', error: 'LEDGER_INVALID' }, start);
      const check = write.failed('ledger.branch', `there is no branch ${LEDGER_BRANCH}`, diagnosis);
      return [check, ...LEDGER_STEPS.slice(1).map((id) => write.skipped(id, 'needs the ledger branch'))];
    }
    const branch = write.passed('ledger.branch', `whole, ${entries.length} plans applied`);
    if (genesis === null) {
      const diagnosis = buildDiagnosis({ code: 'GENESIS_MISSING', error: 'LEDGER_INVALID' }, start);
      const check = write.failed('ledger.genesis', `it holds nothing of ${organisation}`, diagnosis);
      return [branch, check, write.skipped('ledger.target', 'needs the genesis record')];
    }
    const started = write.passed('ledger.genesis', `started ${genesis.at.slice(0, 10)}, lineage ${genesis.lineage}`);
    if (genesis.target === target.url) {
      return [branch, started, write.passed('ledger.target', 'the same Zivver as in zivver.url')];
    }
    const fix = 'Correct zivver.url; for another Zivver organisation make another folder with: zivver-gitops init';
    const diagnosis = buildDiagnosis({ code: 'LEDGER_OTHER_TARGET', error: 'PLAN_WRONG_TARGET' }, fix);
    return [branch, started, write.failed('ledger.target', `the ledger is for ${genesis.target}`, diagnosis)];
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    const check = write.failed('ledger.branch', error.message, diagnoseRefusal(error));
    return [check, ...LEDGER_STEPS.slice(1).map((id) => write.skipped(id, 'needs a ledger that is whole'))];
  }
}

/** Git repeats the address it was given, and with it perhaps a token. */
function hideCredentials(line: string): string {
  return line.replace(/(\w+:\/\/)[^\s/@]+@/g, '$1⋯@');
}
