#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { registerAccess } from './commands/access.ts';
import { registerApply } from './commands/apply.ts';
import { registerApprove } from './commands/approve.ts';
import { registerAttributes } from './commands/attributes.ts';
import { beginDocument } from './operations/output.ts';
import { readVersion } from './operations/version.ts';
import { registerCompletion } from './commands/completion.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerInit } from './commands/init.ts';
import { registerIssue } from './commands/issue.ts';
import { registerPlan } from './commands/plan.ts';
import { registerPreview } from './commands/preview.ts';
import { addCommonHelp } from './commands/console/command-help.ts';
import { outliveLostOutput } from './commands/console/lost-output.ts';
import { usageError } from './commands/console/usage-error.ts';
import { printError } from './commands/console/print-error.ts';
import { registerPullRequest } from './commands/pull-request.ts';
import { registerReport } from './commands/report.ts';
import { registerRestore } from './commands/restore.ts';
import { registerSandbox } from './commands/sandbox.ts';
import { registerShow } from './commands/show.ts';
import { registerVerify } from './commands/verify.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDrift } from './commands/drift.ts';
import { registerHistory } from './commands/history.ts';
import { registerHold } from './commands/hold.ts';
import { registerInvert } from './commands/invert.ts';
import { registerKey } from './commands/key.ts';
import { registerLedger } from './commands/ledger.ts';
import { registerSigners } from './commands/signers.ts';
import { registerPrune } from './commands/prune.ts';
import { registerSite } from './commands/site.ts';
import { registerStatus } from './commands/status.ts';

outliveLostOutput();
beginDocument();

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
registerHold(program);
registerInvert(program);
registerRestore(program);
registerLedger(program);
registerSigners(program);
registerKey(program);
registerPrune(program);
registerPullRequest(program);
registerIssue(program);
registerSandbox(program);
registerDemo(program);
registerCompletion(program);
for (const command of program.commands) for (const one of [command, ...command.commands]) one.exitOverride();
addCommonHelp(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? endUsage(error) : printError(error);
}

/** Help and version are fine; whoever gives no command sees the help; everything else commander finds is a usage error. */
function endUsage({ exitCode, code, message }: CommanderError): number {
  if (exitCode === 0) return 0;
  return code === 'commander.help' ? 3 : printError(usageError(message));
}
