import { ReconcileError } from '../../model/errors.ts';

/** What commander says about options and arguments, in our form: `error: unknown option '--jsn'\n(Did you mean --json?)`. */
export function usageError(message: string): ReconcileError {
  const [sentence = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const meant = /^\(Did you mean (.+)\?\)$/.exec(suggestion ?? '')?.[1];
  const help = 'zivver-gitops --help lists the commands, zivver-gitops COMMAND --help the options of one.';
  return new ReconcileError('CLI_USAGE', sentence.charAt(0).toUpperCase() + sentence.slice(1), {
    remedy: meant === undefined ? help : `Did you mean ${meant}? ${help}`,
  });
}
