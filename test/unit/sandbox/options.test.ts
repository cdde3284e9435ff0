import { expect, test } from 'vitest';
import { parseSandboxOptions } from '../../../src/sandbox/options.ts';

test('every text becomes its option', () => {
  const options = parseSandboxOptions({
    port: '8080',
    host: '::1',
    token: 't',
    domains: 'A.org, b.org',
    divisions: 'Care Unit,/x',
    guests: 'G@a.org',
    freeAccounts: 'f@a.org',
    state: 's',
    importUsers: 'u',
    importGroups: 'g',
    rateLimit: '20/2.5:retry-after',
    latency: '50-400',
    faults: 'seed=7,5xx=2%',
    log: 'l',
  });
  expect(options).toEqual({
    port: 8080,
    host: '::1',
    token: 't',
    domains: ['a.org', 'b.org'],
    divisions: ['Care Unit', '/x'],
    guests: ['g@a.org'],
    freeAccounts: ['f@a.org'],
    stateFile: 's',
    importUsers: 'u',
    importGroups: 'g',
    rateLimit: { requests: 20, windowMs: 2500, retryAfter: true },
    latencyMs: { minMs: 50, maxMs: 400 },
    faults: { seed: 7, rules: [expect.objectContaining({ kind: '5xx' })] },
    requestLog: 'l',
  });
});

test('an option that is not given is absent, so that the sandbox takes its default', () => {
  expect(Object.keys(parseSandboxOptions({ token: 't' }))).toEqual(['port', 'token', 'domains']);
});

test('off means no rate limit, and one number one latency', () => {
  const { rateLimit, latencyMs } = parseSandboxOptions({ rateLimit: 'off', latency: '200' });
  expect([rateLimit, latencyMs]).toEqual([null, { minMs: 200, maxMs: 200 }]);
});

test('the token comes from the flag, else from the environment, else it is made up', () => {
  expect(parseSandboxOptions({ token: 'flag' }, 'environment').token).toBe('flag');
  expect(parseSandboxOptions({}, 'environment').token).toBe('environment');
  const madeUp = parseSandboxOptions({}, '').token;
  expect(madeUp).toMatch(/^sandbox-[0-9a-f]{24}$/);
  expect(parseSandboxOptions({}).token).not.toBe(madeUp);
});

test('all nonsense is told at once', () => {
  const texts = {
    port: '70000',
    token: 'a b',
    domains: 'a.org,nowhere',
    divisions: 'x,,y',
    guests: 'nobody',
    freeAccounts: '@',
    rateLimit: '0/10',
    latency: '9-3',
    faults: 'boom=1%,hang',
  };
  let problems: string[] = [];
  try {
    parseSandboxOptions(texts);
  } catch (error) {
    expect(error).toMatchObject({ code: 'SANDBOX_OPTIONS' });
    problems = (error as { problems: { where: string }[] }).problems.map(({ where }) => where);
  }
  expect(problems).toEqual([
    '--port',
    '--token',
    '--domains',
    '--divisions',
    '--guests',
    '--free-accounts',
    '--rate-limit',
    '--latency',
    '--faults fault "boom=1%"',
    '--faults fault "hang"',
  ]);
});

test.each(['50', '50/', '50/0', 'x/10', '50/10:later', '-1/10', 'none', ''])(
  'the rate limit "%s" is refused',
  (rateLimit) => {
    expect(() => parseSandboxOptions({ rateLimit })).toThrow(expect.objectContaining({ code: 'SANDBOX_OPTIONS' }));
  },
);
