import { LiveIndex } from '../account/existing-index.ts';
import { connectReader } from '../zivver/connect-reader.ts';
import type { CommandContext } from './context.ts';
import { targetOptions } from './open-target.ts';
import type { Output } from './output.ts';

/** Everything in Zivver now; only read. */
export async function readExisting(context: CommandContext, output: Output): Promise<LiveIndex> {
  const connection = connectReader(targetOptions(context));
  try {
    output.progress('Reading Zivver …');
    return new LiveIndex(await connection.reader.readAccounts());
  } finally {
    await connection.close();
    output.endProgress();
  }
}
