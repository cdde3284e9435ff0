import { spawn } from 'node:child_process';

export interface Pager {
  readonly isTerminal: boolean;
  /** Lines the terminal shows. */
  readonly rows: number;
  /** Program and its arguments, separated by blanks; a word `cat` or nothing = no pager. */
  readonly command: string;
  /** Writes the text itself. */
  readonly print: (text: string) => void;
}

/** The pager of this terminal: $PAGER, else `less -R`. */
export function findPager(print: (text: string) => void): Pager {
  const { stdout, env } = process;
  return { isTerminal: stdout.isTTY === true, rows: stdout.rows || 24, command: env['PAGER'] ?? 'less -R', print };
}

/** Shows a text through the pager if it is longer than the terminal; prints it if it is not, or if there is no pager. */
export async function pageText(text: string, { isTerminal, rows, command, print }: Pager): Promise<void> {
  const [program, ...args] = command.trim().split(/\s+/);
  const isShort = text.split('\n').length < rows;
  if (!isTerminal || isShort || program === undefined || program === '' || program === 'cat') {
    print(text);
    return;
  }
  if (!(await runPager(program, args, text))) print(text);
}

/** False if the program cannot be started. */
function runPager(program: string, args: readonly string[], text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(true));
    // Whoever leaves the pager early closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${text}\n`);
  });
}
