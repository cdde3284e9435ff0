import { LiveIndex } from '../../model/account/existing-index.ts';
import type { MobileSeal } from '../../adapters/secrets/mobile-seal.ts';
import { connectReader } from '../../adapters/zivver/connect-reader.ts';
import type { CommandContext } from '../context.ts';
import { targetOptions } from './open-target.ts';
import type { Output } from '../output.ts';

/** Everything in Zivver now; only read. `seal` hides mobile numbers. */
export async function readExisting(
  context: CommandContext,
  output: Output,
  seal: MobileSeal | null,
): Promise<LiveIndex> {
  const connection = connectReader(targetOptions(context));
  try {
    output.progress('Reading Zivver …');
    const accounts = await connection.reader.readAccounts();
    return new LiveIndex(seal ? seal.sealAccounts(accounts) : accounts);
  } finally {
    await connection.close();
    output.endProgress();
  }
}
