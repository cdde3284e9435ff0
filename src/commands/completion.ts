import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import { openOutput } from '../operations/output.ts';

/** Words of the command line: what may follow each command. */
interface Words {
  readonly command: string;
  readonly words: readonly string[];
}

const SHELLS: Readonly<Record<string, (words: readonly Words[]) => string>> = {
  bash: renderBash,
  zsh: (words) => `autoload -U +X bashcompinit && bashcompinit\n${renderBash(words)}`,
  powershell: renderPowerShell,
};

export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .argument('<shell>', Object.keys(SHELLS).join(', '))
    .description('print what makes the shell complete commands and options')
    .action((shell: string, _options: unknown, command: Command) => {
      const script = renderCompletion(program, shell);
      const output = openOutput(command.optsWithGlobals());
      output.print(script.trimEnd());
      output.printJson('completion', { shell, script });
    });
}

/** The script for a shell. Throws CLI_USAGE (3) for one that is not known. */
export function renderCompletion(program: Command, shell: string): string {
  const render = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (render === undefined)
    throw new ReconcileError('CLI_USAGE', `There is no completion for ${shell}`, {
      remedy: `Choose one of ${Object.keys(SHELLS).join(', ')}.`,
    });
  const common = optionsOf(program);
  return render([
    { command: '', words: [...program.commands.map((command) => command.name()), ...common] },
    ...program.commands.map((command) => ({
      command: command.name(),
      words: [...command.commands.map((one) => one.name()), ...optionsOf(command), ...common],
    })),
  ]);
}

function optionsOf({ options }: Command): string[] {
  return options.flatMap(({ long }) => long ?? []);
}

function renderBash(words: readonly Words[]): string {
  const cases = words.map(({ command, words: list }) => `    '${command}') words='${list.join(' ')}' ;;`);
  return `_zivver_gitops() {
  local words='' command=''
  [ "$COMP_CWORD" -gt 1 ] && command="\${COMP_WORDS[1]}"
  case "$command" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _zivver_gitops zivver-gitops
`;
}

function renderPowerShell(words: readonly Words[]): string {
  const cases = words.map(({ command, words: list }) => `    '${command}' = '${list.join(' ')}'`);
  return `Register-ArgumentCompleter -Native -CommandName zivver-gitops -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${cases.join('\n')}
  }
  $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $command = ''
  if ($typed.Count -gt 2 -or ($typed.Count -eq 2 -and $wordToComplete -eq '')) { $command = $typed[1] }
  "$($words[$command])".Split(' ') | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}
