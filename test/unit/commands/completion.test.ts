import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { renderCompletion } from '../../../src/commands/completion.ts';

const program = new Command('zivver-gitops').option('--json');
program.command('plan').option('--bootstrap');
program.command('ledger').command('verify');

/** What bash offers for the words typed so far, the last one being completed. */
function complete(...typed: string[]): string[] {
  const words = ['zivver-gitops', ...typed].map((word) => `'${word}'`).join(' ');
  const script = `${renderCompletion(program, 'bash')}
COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _zivver_gitops; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

it.skipIf(process.platform === 'win32')('bash completes commands, their options and what stands below them', () => {
  expect(complete('pl')).toEqual(['plan']);
  expect(complete('plan', '--')).toEqual(['--bootstrap', '--json']);
  expect(complete('ledger', 'v')).toEqual(['verify']);
});

it('zsh and PowerShell have a script with the same words, another shell is a usage error', () => {
  expect(renderCompletion(program, 'zsh')).toContain(`'plan') words='--bootstrap --json'`);
  expect(renderCompletion(program, 'powershell')).toContain(`'plan' = '--bootstrap --json'`);
  expect(() => renderCompletion(program, 'fish')).toThrow('There is no completion for fish');
});
