import path from 'node:path';
import { execa } from 'execa';
import { ReconcileError } from '../model/errors.ts';
import type { Narrator } from './narrator.ts';
import { API_KEY, type Stage } from './stage.ts';

/** How to start this very program again, as a user would. */
export interface Program {
  readonly node: string;
  /** Arguments of node, then the script. */
  readonly args: readonly string[];
}

interface Person {
  readonly name: string;
  readonly email: string;
}

export interface CommandOptions {
  /** Exit code the command must have. Default 0. */
  readonly exitCode?: number;
  /** Only the apply job has the age identity. */
  readonly hasIdentity?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Cuts what the command printed for the reader. */
  readonly shorten?: (text: string) => string;
}

/** Runs the real commands in the clone and shows them with what they print. */
export class Player {
  readonly stage: Stage;
  readonly narrator: Narrator;
  readonly #program: Program;

  constructor(stage: Stage, narrator: Narrator, program: Program) {
    this.stage = stage;
    this.narrator = narrator;
    this.#program = program;
  }

  /** One `zivver-gitops` command. Throws DEMO_FAILED if it ends otherwise than it should; returns what it printed. */
  async play(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    this.narrator.command(`zivver-gitops ${args.map(quote).join(' ')}`);
    const { node, args: before } = this.#program;
    const text = await this.#start([node, ...before, ...args], options);
    this.narrator.output((options.shorten ?? ((all) => all))(text));
    if (options.exitCode !== undefined) this.narrator.aside(`(exit code ${options.exitCode})`);
    return text;
  }

  /** One git command, shown as it runs. */
  async git(...args: readonly string[]): Promise<string> {
    this.narrator.command(`git ${args.map(quote).join(' ')}`);
    const text = await this.#start(['git', ...args], {});
    this.narrator.output(text);
    return text;
  }

  /** The same, by somebody else than the administrator whose clone it is. */
  async gitAs({ name, email }: Person, ...args: readonly string[]): Promise<void> {
    this.narrator.command(`git ${args.map(quote).join(' ')}`);
    const environment = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
    this.narrator.output(await this.#start(['git', ...args], { environment }));
  }

  /** git behind the scenes. */
  async quietGit(cwd: string, ...args: readonly string[]): Promise<string> {
    return this.#start(['git', ...args], {}, cwd);
  }

  /** The real words behind `zivver-gitops`. */
  get programText(): string {
    return [path.basename(this.#program.node), ...this.#program.args].join(' ');
  }

  async #start(
    [file = '', ...args]: readonly string[],
    { exitCode = 0, hasIdentity = false, environment = {} }: CommandOptions,
    cwd = this.stage.clone,
  ): Promise<string> {
    const running = execa(file, args, {
      cwd,
      env: {
        ...this.#environment(),
        ...(hasIdentity ? { ZIVVER_GITOPS_IDENTITY_FILE: this.stage.identityFile } : {}),
        ...environment,
      },
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      stripFinalNewline: false,
    });
    running.all.on('data', (chunk: Buffer) => this.narrator.live(chunk.toString().trimEnd().split('\n').at(-1) ?? ''));
    const result = await running;
    this.narrator.live('');
    const text = result.all ?? '';
    if (result.exitCode === exitCode) return text;
    const end = result.exitCode === undefined ? 'could not be run to its end' : `ended with ${result.exitCode}`;
    throw new ReconcileError('DEMO_FAILED', `${[path.basename(file), ...args].join(' ')} ${end}`, {
      remedy: `Look at what it said and at ${this.stage.folder}, which is left as it is.`,
      problems: [{ where: 'it said', what: text.trim().slice(-2000) || (result.message ?? 'nothing') }],
      cause: result,
    });
  }

  /** Nothing of the surroundings: no secrets, no git settings, no width or colour of somebody else's terminal. */
  #environment(): NodeJS.ProcessEnv {
    const strange = /^(ZIVVER_|LDAP_|GIT_|GITHUB_|CI_|NO_COLOR$|FORCE_COLOR$|COLUMNS$)/i;
    const inherited = Object.entries(process.env).filter(([name]) => !strange.test(name));
    return {
      ...Object.fromEntries(inherited),
      GIT_CONFIG_GLOBAL: path.join(this.stage.folder, 'gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      ZIVVER_API_KEY: API_KEY,
      ...(this.narrator.hasColor ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    };
  }
}

function quote(argument: string): string {
  return /^[\w@%+=:,./<>-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '\\"')}"`;
}
