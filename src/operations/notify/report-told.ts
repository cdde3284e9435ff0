import { escapeTerminal } from '../../model/text/escape.ts';
import type { Output } from '../output.ts';
import type { Told } from './tell.ts';

/** Prints whom it reached and whom not. Never throws: what was to be told has happened, whoever knows of it. */
export function reportTold(told: Told, { isConfigured }: { readonly isConfigured: boolean }, output: Output): void {
  const { sent, failed, unrecorded } = told;
  if (!isConfigured) output.print('organisation.yaml has no notify: nobody is told.');
  else if (sent.length + failed.length === 0) output.print('There is nothing new to tell.');
  else output.print(`${sent.length === 1 ? 'One message was' : `${sent.length} messages were`} taken${listOf(sent)}.`);
  for (const { to, why } of failed) output.print(`NOT told: ${escapeTerminal(to)}: ${escapeTerminal(why)}`);
  if (unrecorded !== null) output.print(`Not recorded, so that it may be told again: ${escapeTerminal(unrecorded)}`);
  output.printJson('notify', told);
}

function listOf(sent: readonly string[]): string {
  return sent.length === 0 ? '' : `: ${[...new Set(sent)].map(escapeTerminal).join(', ')}`;
}
