import { findNewestPlan } from '../../adapters/git/plan-folder.ts';
import { findBringingCommit } from '../../adapters/git/bringing-commit.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import { readBranches } from '../../adapters/git/branch.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { renderApplyReport } from './apply-report.ts';
import { openForge } from '../../adapters/forge/open-forge.ts';
import { markOf, writeMarkedComment } from './marked-comment.ts';
import type { CommandContext } from '../context.ts';
import { runUrlOf } from '../../model/forge/forges.ts';

/** Comments what became of the newest merged plan on the pull request that brought it. What was done, for people. */
export async function reportPullRequest(
  { git, configuration, version }: CommandContext,
  environment: NodeJS.ProcessEnv,
  named: string | undefined,
): Promise<string> {
  const { organisation, approval } = configuration;
  const name = await findNewestPlan(git.root, organisation);
  const branches = await readBranches(git, approval, organisation);
  const ledger = await readLedger(git, { organisation, branches });
  const entry = ledger.entries.find((one) => one.name === name) ?? null;
  const file = `${planFolder(organisation, name)}/plan.json`;
  const commit = (await findBringingCommit(git, 'HEAD', file))?.commit ?? '';
  const forge = await openForge(named, environment, version);
  const number = commit === '' ? null : await forge.findMerged(commit);
  if (number === null) return `No merged pull request brought plan ${name}.`;
  const text = renderApplyReport(name, entry, runUrlOf(environment));
  await writeMarkedComment(forge, number, { mark: markOf('apply', name), text });
  return `Pull request #${number} tells what became of plan ${name}.`;
}
