import { Command } from 'commander';
import { registerAccess } from './access.ts';
import { registerApply } from './apply.ts';
import { registerApprove } from './approve.ts';
import { registerAttributes } from './attributes.ts';
import { readVersion } from '../operations/version.ts';
import { registerCompletion } from './completion.ts';
import { registerDoctor } from './doctor.ts';
import { registerInit } from './init.ts';
import { registerIssue } from './issue.ts';
import { registerPlan } from './plan.ts';
import { registerPreview } from './preview.ts';
import { addCommonHelp } from './console/command-help.ts';
import { registerPullRequest } from './pull-request.ts';
import { registerReport } from './report.ts';
import { registerRestore } from './restore.ts';
import { registerSandbox } from './sandbox.ts';
import { registerShow } from './show.ts';
import { registerVerify } from './verify.ts';
import { registerDemo } from './demo.ts';
import { registerDrift } from './drift.ts';
import { registerHistory } from './history.ts';
import { registerCertify } from './certify.ts';
import { registerHold } from './hold.ts';
import { registerInvert } from './invert.ts';
import { registerKey } from './key.ts';
import { registerLedger } from './ledger.ts';
import { registerSigners } from './signers.ts';
import { registerNotify } from './notify.ts';
import { registerPrune } from './prune.ts';
import { registerSite } from './site.ts';
import { registerStatus } from './status.ts';

/** Every command with its options; nothing of what they need is loaded yet. */
export function buildProgram(): Command {
  const program = new Command('zivver-gitops')
    .description('Reviewed account changes from Active Directory to Zivver: plan, pull request, apply.')
    .version(readVersion())
    .option('--organisation <name>', 'folder under desired/; not needed if there is only one')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();

  registerInit(program);
  registerDoctor(program);
  registerAttributes(program);
  registerPreview(program);
  registerPlan(program);
  registerShow(program);
  registerVerify(program);
  registerApprove(program);
  registerApply(program);
  registerStatus(program);
  registerDrift(program);
  registerHistory(program);
  registerAccess(program);
  registerReport(program);
  registerSite(program);
  registerCertify(program);
  registerHold(program);
  registerInvert(program);
  registerRestore(program);
  registerLedger(program);
  registerSigners(program);
  registerKey(program);
  registerPrune(program);
  registerPullRequest(program);
  registerIssue(program);
  registerNotify(program);
  registerSandbox(program);
  registerDemo(program);
  registerCompletion(program);
  for (const command of program.commands) for (const one of [command, ...command.commands]) one.exitOverride();
  addCommonHelp(program);
  return program;
}
