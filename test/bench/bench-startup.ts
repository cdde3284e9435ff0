import path from 'node:path';
import { measureAlternating } from './measure.ts';
import { seconds, type Row } from './row.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'dist/cli.js');

export function benchStartup(): Row[] {
  const times = measureAlternating(
    {
      node: { args: ['-e', '0'] },
      help: { args: [CLI, '--help'] },
      verify: { args: [CLI, 'verify', '--organisation', 'example', '--quiet'], cwd: ROOT },
    },
    11,
  );
  const { node = Number.NaN, help = Number.NaN, verify = Number.NaN } = times;
  const against = `${seconds(node)} node -e 0`;
  return [
    { name: 'start-up: --help', measured: seconds(help), against, ratio: help / node, goal: 1.4 },
    { name: 'start-up: verify of the example', measured: seconds(verify), against, ratio: verify / node, goal: 3 },
  ];
}
