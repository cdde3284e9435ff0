import { ReconcileError } from '../../../model/errors.ts';
import type { CommandContext } from '../../context.ts';
import type { Output } from '../../output.ts';
import type { Audit } from '../read-audit.ts';
import { findHeld } from './find-held.ts';
import { renderHeld } from './render-held.ts';

/** Prints where the repository holds something about a person. Throws CLI_USAGE if nobody is named. */
export async function reportHeld(
  { git, configuration: { organisation } }: Pick<CommandContext, 'git' | 'configuration'>,
  audit: Audit,
  { wanted, output }: { readonly wanted: string; readonly output: Output },
): Promise<void> {
  if (wanted.trim() === '')
    throw new ReconcileError('CLI_USAGE', '--held names nobody', {
      remedy: 'Name an address, an alias, a key or a name.',
    });
  const held = await findHeld({ git, organisation }, audit, wanted);
  output.print(renderHeld(wanted.trim(), held, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('history', held);
}
