import pc from 'picocolors';
import { translateDiskFailure } from '../../model/text/disk-failure.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { ErrorDocument } from '../../model/schema/generated/error.ts';
import { nameSchemas } from './name-schemas.ts';
import { asCalled } from '../../operations/as-called.ts';
import { printDocument } from '../../operations/output.ts';

/**
 * Prints an error on stderr and returns the exit code: `error <CODE>: …`, the faults, `fix: …`. With --json it stands on stdout
 * too, as schemas/error.schema.json says, unless the command printed its result.
 */
export function printError(thrown: unknown): number {
  const error = translateDiskFailure(thrown) ?? thrown;
  const { NO_COLOR } = process.env;
  const colors = pc.createColors(process.stderr.isTTY === true && (NO_COLOR === undefined || NO_COLOR === ''));
  if (!(error instanceof ReconcileError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${colors.red('error')} this is a bug in zivver-gitops, please report it\n${stack}\n`);
    return 1;
  }
  if (process.argv.includes('--json')) printDocument(toJson(error));
  process.stderr.write(`${colors.red(`error ${error.code}`)}: ${show(error.message)}\n`);
  for (const { where, what } of error.problems) process.stderr.write(`  ${show(where)}: ${show(what)}\n`);
  process.stderr.write(`${colors.cyan('fix')}: ${show(remedyOf(error))}\n`);
  return error.exitCode;
}

function remedyOf({ remedy }: ReconcileError): string {
  return nameSchemas(asCalled(remedy));
}

function toJson(error: ReconcileError): ErrorDocument {
  const { code, exitCode: exit, message, problems } = error;
  return {
    error: {
      code,
      exit,
      message,
      remedy: remedyOf(error),
      problems: problems.map(({ where, what }) => ({ where, what })),
    },
  };
}

/** Names from AD and answers of servers must steer neither the terminal nor the log of a pipeline. */
function show(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?<=:):(?=[a-z-]+(?: |::))|(?<=#)#(?=(?:vso)?\[)/giu, (character) =>
    character === '\n'
      ? '\n    '
      : `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`,
  );
}
