import type { Command } from 'commander';

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('the whole story on a sandbox and an example organisation, in a temporary git repository');
}
