import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerSandbox } from '../../src/commands/sandbox.ts';

const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  vi.stubEnv('ZIVVER_SANDBOX_TOKEN', '');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function runSandbox(...flags: string[]): Promise<Command> {
  const program = new Command();
  registerSandbox(program);
  return program.parseAsync(['sandbox', ...flags], { from: 'user' });
}

async function readGreeting(): Promise<string> {
  while (written.length === 0) await new Promise((resolve) => void setImmediate(resolve));
  return written.join('');
}

test.each(['SIGINT', 'SIGTERM'] as const)('sandbox listens until %s and then ends without an error', async (signal) => {
  vi.stubEnv('ZIVVER_SANDBOX_TOKEN', 'canary-token');
  const ended = runSandbox('--domains', 'a.org,b.org', '--rate-limit', 'off');
  const greeting = await readGreeting();
  const url = /^Zivver sandbox listening on (http:\/\/127\.0\.0\.1:\d+\/api\/scim\/v2)\n/.exec(greeting)?.[1] ?? '';
  expect(greeting).not.toContain('canary-token');
  expect(greeting).toContain('a.org, b.org');
  const headers = { authorization: 'Bearer canary-token' };
  expect(await (await fetch(`${url}/Users`, { headers })).json()).toEqual({ Resources: [], totalResults: 0 });
  process.emit(signal);
  await ended;
  await expect(fetch(`${url}/Users`, { headers })).rejects.toThrow();
});

test('without a token one is made up and shown', async () => {
  const ended = runSandbox();
  const greeting = await readGreeting();
  const token = /sandbox-[0-9a-f]{24}/.exec(greeting)?.[0] ?? '';
  const url = /http:\S+\/api\/scim\/v2/.exec(greeting)?.[0] ?? '';
  expect((await fetch(`${url}/Groups`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  process.emit('SIGTERM');
  await ended;
});

test('options that cannot be used are told before anything listens', async () => {
  await expect(runSandbox('--port', 'http', '--latency', 'slow')).rejects.toMatchObject({
    code: 'SANDBOX_OPTIONS',
    problems: [{ where: '--port' }, { where: '--latency' }],
  });
  expect(written).toEqual([]);
});
