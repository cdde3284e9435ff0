import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startClient } from './sandbox-fixture.ts';
import { TOKEN } from './sandbox-token.ts';

const CHILD = fileURLToPath(new URL('./sandbox-child.ts', import.meta.url));

async function startChild(stateFile: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, stateFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: chunk.toString().trim() };
}

test('whatever was answered before SIGKILL is there after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stateFile = join(folder, 'state.jsonl');
  const { child, url } = await startChild(stateFile);
  const answered: string[] = [];
  const createUntilKilled = async (writer: number): Promise<void> => {
    for (let count = 0; ; count += 1) {
      const reply = await fetch(`${url}/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ userName: `p${writer}-${count}@a.org` }),
      });
      answered.push(((await reply.json()) as { userName: string }).userName);
      if (answered.length === 150) child.kill('SIGKILL');
    }
  };
  const ends = await Promise.allSettled([createUntilKilled(1), createUntilKilled(2), createUntilKilled(3)]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  const { sandbox } = await startClient({ stateFile });
  const addresses = sandbox.accounts().map(({ address }) => address);
  expect(addresses).toEqual(expect.arrayContaining(answered));
  expect(answered.length).toBeGreaterThanOrEqual(150);
  // Each writer may have had one write under way that was committed and never answered.
  expect(addresses.length - answered.length).toBeLessThanOrEqual(3);
}, 30_000);
