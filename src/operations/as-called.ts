import { nameCommands } from '../model/text/command-name.ts';

/** A text with the commands in it as this one was called: `npx zivver-gitops plan` where npx called it. */
export function asCalled(text: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { npm_command, npm_lifecycle_script } = environment;
  return nameCommands(text, npm_command === 'exec' && npm_lifecycle_script?.includes('zivver-gitops') === true);
}
