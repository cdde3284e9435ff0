import { expect, test } from 'vitest';
import { Narrator } from '../../../src/demo/narrator.ts';

function listen(options: { isTerminal?: boolean; hasColor?: boolean } = {}): {
  narrator: Narrator;
  told: () => string;
} {
  let told = '';
  const write = (text: string): void => void (told += text);
  const narrator = new Narrator({ write, width: 40, hasColor: false, isTerminal: false, ...options });
  return { narrator, told: () => told };
}

test('a command and what it printed stand together, apart from the paragraph before', () => {
  const { narrator, told } = listen();
  narrator.say('Now:');
  narrator.command('git status');
  narrator.output('clean\n\n');
  expect(told()).toBe('\nNow:\n\n$ git status\nclean\n');
});

test('a long command goes on after a backslash, and a long line of output between words', () => {
  const { narrator, told } = listen();
  narrator.command(`plan ${'--option '.repeat(5).trim()}`);
  narrator.output(`  ${'word '.repeat(9).trim()}`);
  expect(told()).toBe(
    '\n$ plan --option --option --option \\\n    --option --option\n' +
      '  word word word word word word word\n      word word\n',
  );
});

test('the latest line of a running command is shown in a terminal only, without its colours', () => {
  const pipe = listen();
  pipe.narrator.live('[1/2] one');
  expect(pipe.told()).toBe('');
  const terminal = listen({ isTerminal: true });
  terminal.narrator.live(`\u001b[32m${'x'.repeat(50)}\u001b[39m`);
  expect(terminal.told()).toBe(`\r\u001b[2K${'x'.repeat(40)}`);
});

test('lines for the reader to copy are never broken', () => {
  const { narrator, told } = listen();
  const line = `export NAME=/${'long/'.repeat(12)}file`;
  narrator.typed([line]);
  expect(told()).toBe(`\n  ${line}\n`);
});
