import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RequestLine } from '../../../src/sandbox/request-log.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox-options.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { connectWriter } from '../../../src/adapters/zivver/connect-writer.ts';
import type { Timeouts } from '../../../src/adapters/zivver/connect.ts';
import { readRequestLines } from '../e2e/request-lines.ts';
import { SimulatedTime } from '../simulated-time.ts';
import { CLAIMED_DOMAINS } from '../world/organisation.ts';

const TOKEN = 'wire.KeyOfTheSandbox-9a31';

/** A sandbox behind HTTP, and a client of it whose waits cost no time. */
export interface Wire {
  readonly sandbox: Sandbox;
  readonly time: SimulatedTime;
  /** Every request since the start, refused ones too. */
  requests(): RequestLine[];
  /** The journal of the sandbox. */
  readState(): string;
  connect(url?: string, timeouts?: Partial<Timeouts>): ReturnType<typeof connectWriter>;
  close(): Promise<void>;
}

export interface WireOptions extends Partial<SandboxOptions> {
  readonly state?: string;
}

/** To be closed. The client and the rate limit of the sandbox have the same clock. */
export async function startWire({ state, ...options }: WireOptions = {}): Promise<Wire> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-wire-'));
  const stateFile = path.join(folder, 'zivver.jsonl');
  const requestLog = path.join(folder, 'requests.jsonl');
  if (state !== undefined) writeFileSync(stateFile, state);
  const time = new SimulatedTime();
  const common = { port: 0, token: TOKEN, domains: CLAIMED_DOMAINS, stateFile, requestLog };
  const sandbox = await startSandbox({ ...common, clock: time.wallNow, ...options });
  const opened: { close(): Promise<void> }[] = [];
  return {
    sandbox,
    time,
    requests: () => readRequestLines(requestLog),
    readState: () => readFileSync(stateFile, 'utf8'),
    connect: (url = sandbox.url, timeouts) => {
      const connection = connectWriter({
        url,
        apiKey: TOKEN,
        userAgent: 'zivver-gitops/0.0.0',
        timing: time,
        timeouts,
      });
      opened.push(connection);
      return connection;
    },
    close: async () => {
      await sandbox.close();
      await Promise.all(opened.map((connection) => connection.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
