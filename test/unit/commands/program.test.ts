import { expect, it } from 'vitest';
import type { Command } from 'commander';
import { buildProgram } from '../../../src/commands/program.ts';
import { RESULT_NAMES } from '../../support/result-schema.ts';

const program = buildProgram();

/** Each command that does something, by its words. */
function listCommands(): [name: string, command: Command][] {
  return program.commands.flatMap((command) =>
    command.commands.length === 0
      ? [[command.name(), command] as [string, Command]]
      : command.commands.map((one) => [`${command.name()} ${one.name()}`, one] as [string, Command]),
  );
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return text;
}

it('every command has a schema of what it prints with --json, and no schema is of another', () => {
  expect([...RESULT_NAMES].sort()).toEqual(
    listCommands()
      .map(([name]) => name)
      .sort(),
  );
});

it.each(listCommands())(
  'the help of %s shows common options, the environment, exit codes and an example',
  (name, command) => {
    const help = helpOf(command);
    expect(help).toContain(`\n  zivver-gitops ${name}`);
    for (const common of [
      '--organisation <name>',
      '--json',
      'NO_COLOR',
      'ZIVVER_API_KEY_FILE',
      'Exit codes:',
      '51 not applied',
    ])
      expect(help).toContain(common);
  },
);

it('every option that an example names is one of its command', () => {
  for (const [name, command] of listCommands()) {
    const known = [...command.options, ...program.options].map(({ long }) => long);
    const examples = [...helpOf(command).matchAll(new RegExp(`^  zivver-gitops ${name}\\b(.*)$`, 'gm'))];
    const used = examples.flatMap(([, words = '']) =>
      [...words.matchAll(/(?<= )--[a-z-]+/g)].map(([option]) => option),
    );
    expect(used.filter((option) => !known.includes(option))).toEqual(name === 'history' ? [] : []);
  }
});
