#!/usr/bin/env node
import { CommanderError } from 'commander';
import { outliveLostOutput } from './commands/console/lost-output.ts';
import { printError } from './commands/console/print-error.ts';
import { usageError } from './commands/console/usage-error.ts';
import { buildProgram } from './commands/program.ts';
import { beginDocument } from './operations/output.ts';

outliveLostOutput();
beginDocument();

try {
  await buildProgram().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? endUsage(error) : printError(error);
}

/** Help and version are fine; whoever gives no command sees the help; everything else commander finds is a usage error. */
function endUsage({ exitCode, code, message }: CommanderError): number {
  if (exitCode === 0) return 0;
  return code === 'commander.help' ? 3 : printError(usageError(message));
}
