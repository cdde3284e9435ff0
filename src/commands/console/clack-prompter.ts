import { isCancel, select, text } from '@clack/prompts';
import { ReconcileError } from '../../model/errors.ts';
import type { Prompter } from '../../operations/setup/ask-init.ts';

/** Questions in the terminal, with arrow keys and answers checked at once. */
export const clackPrompter: Prompter = {
  askText: async ({ message, example, initial, fault }) => {
    // Shown in grey: what is typed takes its place, and does not go behind it.
    const shown = { message, placeholder: initial === '' ? example : initial, defaultValue: initial };
    return refuseCancel(await text({ ...shown, validate: (answer) => fault(answer || initial) }));
  },
  choose: async ({ message, options }) => refuseCancel(await select<string>({ message, options: [...options] })),
};

function refuseCancel(answer: string | symbol): string {
  if (!isCancel(answer)) return String(answer);
  throw new ReconcileError('CLI_USAGE', 'Cancelled: nothing was written', {
    remedy: 'Run it again; every answer can be given as a flag too, see: zivver-gitops init --help',
  });
}
