import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { AnswerParser, type GitObject } from './object-answers.ts';
import { startGit } from './run-git.ts';

/** An idle git is ended, so that nothing holds on to the repository. */
const IDLE_MS = 1000;

interface Question {
  readonly names: readonly string[];
  readonly found: (GitObject | undefined)[];
  readonly answer: (found: (GitObject | undefined)[]) => void;
  readonly fail: (why: Error) => void;
}

/**
 * Objects and what refs stand for, all from one git that stays: to start one takes longer than what it answers. Refs are looked up
 * anew with every question.
 */
export class ObjectReader {
  readonly #cwd: string;
  #running: RunningReader | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** In the order of the names, as git knows them (an id, `COMMIT:PATH`, `REF^{commit}`), without line ends; undefined: there is none. */
  async read(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    if (names.length === 0) return [];
    if (names.some((name) => /[\r\n]/.test(name))) throw new Error('a name with a line end is no question');
    if (this.#running === undefined || this.#running.hasEnded) this.#running = new RunningReader(this.#cwd);
    return this.#running.ask(names);
  }
}

class RunningReader {
  readonly #child: ChildProcess;
  readonly #questions: Question[] = [];
  readonly #parser = new AnswerParser();
  #stderr = '';
  #idle: NodeJS.Timeout | undefined;
  hasEnded = false;

  constructor(cwd: string) {
    this.#child = startGit(cwd, ['cat-file', '--batch']);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString('utf8')));
    // Ends early if git does; why, says its end.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.once('error', (error) => this.#end(error.message)).once('close', () => this.#end(this.#stderr.trim()));
  }

  ask(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    return new Promise((answer, fail) => {
      this.#questions.push({ names, found: [], answer, fail });
      this.#keepAwake(true);
      this.#child.stdin?.write(`${names.join('\n')}\n`);
    });
  }

  #take(chunk: Buffer): void {
    for (const object of this.#parser.parse(chunk)) {
      const [question] = this.#questions;
      question?.found.push(object);
      if (question === undefined || question.found.length < question.names.length) continue;
      this.#questions.shift();
      question.answer(question.found);
    }
    if (this.#questions.length === 0) this.#keepAwake(false);
  }

  /** Only a question keeps the program running. */
  #keepAwake(isAsked: boolean): void {
    clearTimeout(this.#idle);
    for (const one of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr] as (Socket | null)[])
      if (isAsked) one?.ref();
      else one?.unref();
    if (!isAsked) this.#idle = setTimeout(() => this.#close(), IDLE_MS).unref();
  }

  #close(): void {
    this.hasEnded = true;
    this.#child.stdin?.end();
  }

  #end(why: string): void {
    this.hasEnded = true;
    clearTimeout(this.#idle);
    for (const { fail } of this.#questions.splice(0)) fail(new Error(why));
  }
}
