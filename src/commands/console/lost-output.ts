import { EXIT_CODES } from '../../model/errors.ts';

/** Whoever read what is printed has gone: `apply | head -1`, or a terminal that was closed. */
const READER_IS_GONE = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * A command goes on to its end when what it prints cannot be written any more: an apply must not die half-way because of
 * that. A reader who left is no fault; a result that a full disk swallowed is told, and is the exit code of whoever has no
 * other.
 */
export function outliveLostOutput(): void {
  process.stderr.on('error', () => undefined);
  let isTold = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const why = error.code ?? error.message;
    if (isTold || READER_IS_GONE.has(why)) return;
    isTold = true;
    process.exitCode ??= EXIT_CODES.CLI_OUTPUT;
    process.stderr.write(
      `error CLI_OUTPUT: What the command did stands, but its result could not be printed (${why})\n`,
    );
    process.stderr.write('fix: Make room where the output goes, or let it go elsewhere.\n');
  });
}
